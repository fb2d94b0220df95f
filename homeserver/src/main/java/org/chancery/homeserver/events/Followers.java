package org.chancery.homeserver.events;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.homeserver.events.Follower.Derived;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.protocol.error.MatrixException;
import org.jspecify.annotations.Nullable;

/// Runs the followers of the log, each on a thread of its own, so that none waits for another.
///
/// # Life of a batch
/// A follower's thread sleeps until the durable position is beyond its cursor. It reads a batch of
/// bounded size, leaves out the rooms outside the scope, lets the follower derive what is to be
/// written, and hands that to the journal as one change that also moves the cursor: after a kill
/// nothing is skipped and nothing is done twice. Where nothing was derived, the cursor goes on in
/// memory and is written only now and then, so that following a talk costs no disk.
///
/// A fault is logged and the batch tried again, after a pause that grows, and smaller each time, so
/// that everything before a bad event is done. The bad event itself is never skipped.
public final class Followers implements AutoCloseable {
    private static final long UNSAVED_POSITIONS_MAX = 10_000;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
    private static final Duration STOP_MAX = Duration.ofSeconds(2);
    private static final int DOUBLINGS_MAX = 20;
    private static final Logger LOG = System.getLogger(Followers.class.getName());

    private final FollowerStore store;
    private final Journal journal;
    private final Wakeups wakeups;
    private final InstantSource clock;
    private final ThreadFactory threads;
    private final Pace pace;
    private final List<Following<?>> followings = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ReentrantLock movedLock = new ReentrantLock();
    private final Condition moved = movedLock.newCondition();
    private final Condition hurried = movedLock.newCondition();

    /// Runs nobody yet; see [#follow] and [#start].
    public Followers(
            FollowerStore store,
            Journal journal,
            Wakeups wakeups,
            InstantSource clock,
            ThreadFactory threads,
            Pace pace) {
        this.store = store;
        this.journal = journal;
        this.wakeups = wakeups;
        this.clock = clock;
        this.threads = threads;
        this.pace = pace;
    }

    /// How fast to follow.
    ///
    /// @param gap the rest after having caught up, in which news gather to one batch, unless
    ///     somebody waits for it ([#awaitPresent])
    /// @param batch how many positions it does at a time
    /// @param firstPause the pause after a first fault; each further one doubles it
    /// @param longestPause the pause that never grows
    public record Pace(Duration gap, int batch, Duration firstPause, Duration longestPause) {
        /// Soon enough for a list of rooms, and at most ten reads a second.
        public static final Pace USUAL =
                new Pace(Duration.ofMillis(100), 500, Duration.ofSeconds(1), Duration.ofMinutes(1));

        /// For who writes to many places for each event: the more come together, the fewer pages
        /// of an index are written for each.
        public static final Pace GATHERING =
                new Pace(
                        Duration.ofMillis(250),
                        2_000,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1));

        private Duration pause(int faults) {
            Duration grown = firstPause.multipliedBy(1L << Math.min(faults - 1, DOUBLINGS_MAX));
            return grown.compareTo(longestPause) < 0 ? grown : longestPause;
        }
    }

    /// How far a follower has come.
    ///
    /// @param lag how many positions it is behind
    /// @param faults how often it has failed since it last got on
    /// @param failingSince when the first of them was
    public record Progress(String name, long lag, int faults, Optional<Instant> failingSince) {}

    /// Adds a follower, before the start, at the usual pace.
    ///
    /// @param scope the rooms it is handed
    public <T extends Logged> void follow(LogFeed<T> feed, RoomScope scope, Follower<T> follower) {
        follow(feed, scope, follower, pace);
    }

    /// Adds a follower with a pace of its own, before the start.
    ///
    /// @param scope the rooms it is handed
    public <T extends Logged> void follow(
            LogFeed<T> feed, RoomScope scope, Follower<T> follower, Pace pace) {
        if (followings.stream().anyMatch(it -> it.follower.name().equals(follower.name()))) {
            throw new IllegalArgumentException("two followers are named " + follower.name());
        }
        followings.add(new Following<>(feed, scope, follower, pace));
    }

    /// Starts them.
    public void start() {
        followings.forEach(following -> following.thread.start());
    }

    /// How far each has come.
    public List<Progress> progress() {
        long durable = journal.durable();
        return followings.stream().map(following -> following.progress(durable)).toList();
    }

    /// Waits until followers have come to what is durable at this call; they take no rest before.
    ///
    /// @param names whom to wait for; a name that nobody has is not waited for
    /// @return whether they have come; otherwise one is stuck, or the server stops
    public boolean awaitPresent(Collection<String> names, Duration atMost)
            throws InterruptedException {
        long present = journal.durable();
        List<Following<?>> awaited =
                followings.stream().filter(it -> names.contains(it.follower.name())).toList();
        long left = atMost.toNanos();
        movedLock.lockInterruptibly();
        try {
            awaited.forEach(it -> it.awaitedTo = Math.max(it.awaitedTo, present));
            hurried.signalAll();
            while (awaited.stream().anyMatch(it -> it.position < present)) {
                if (left <= 0 || stopped.getCount() == 0) {
                    return false;
                }
                left = moved.awaitNanos(left);
            }
            return true;
        } finally {
            movedLock.unlock();
        }
    }

    private void tellMoved() {
        movedLock.lock();
        try {
            moved.signalAll();
            hurried.signalAll(); // Who rests looks whether it is to stop.
        } finally {
            movedLock.unlock();
        }
    }

    /// Stops those that were started. A batch that the journal has taken is waited for, within
    /// bounds; another is left
    /// for the next start.
    @Override
    public void close() {
        stopped.countDown();
        tellMoved();
        List<Following<?>> started =
                followings.stream().filter(it -> it.thread.getState() != Thread.State.NEW).toList();
        started.forEach(following -> following.thread.interrupt());
        long end = clock.millis() + STOP_MAX.toMillis();
        try {
            for (Following<?> following : started) {
                if (!following.thread.join(Duration.ofMillis(Math.max(1, end - clock.millis())))) {
                    LOG.log(Level.WARNING, "{0} does not stop", following.follower.name());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean pause(Duration length) throws InterruptedException {
        return stopped.await(length.toNanos(), TimeUnit.NANOSECONDS);
    }

    private record Faults(int count, Instant since) {}

    private final class Following<T extends Logged> {
        private final LogFeed<T> feed;
        private final RoomScope scope;
        private final Follower<T> follower;
        private final Pace pace;
        private final Thread thread;
        private int batchMax;
        private long saved = -1;
        private volatile long position;
        private long awaitedTo; // Under the lock.
        private volatile @Nullable Faults faults;

        Following(LogFeed<T> feed, RoomScope scope, Follower<T> follower, Pace pace) {
            this.feed = feed;
            this.scope = scope;
            this.follower = follower;
            this.pace = pace;
            this.batchMax = pace.batch;
            this.thread = threads.newThread(this::run);
        }

        Progress progress(long durable) {
            Faults now = faults;
            return new Progress(
                    follower.name(),
                    Math.max(0, durable - position),
                    now == null ? 0 : now.count,
                    Optional.ofNullable(now).map(Faults::since));
        }

        private void run() {
            try {
                boolean stop = false;
                while (!stop && journal.running()) {
                    stop = step();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // Told to stop, and does.
            }
        }

        /// @return whether it has been told to stop
        private boolean step() throws InterruptedException {
            try {
                boolean more = advance();
                faults = null;
                batchMax = Math.min(batchMax * 2, pace.batch);
                if (more) {
                    return pause(Duration.ZERO);
                }
            } catch (RuntimeException fault) {
                return pause(Duration.ZERO) || !journal.running() || failed(fault);
            }
            boolean stop = rest();
            if (!stop) {
                wakeups.awaitBeyond(position, LOOK_EVERY);
            }
            return stop;
        }

        /// Lets news gather.
        ///
        /// @return whether it has been told to stop
        private boolean rest() throws InterruptedException {
            long left = pace.gap.toNanos();
            movedLock.lockInterruptibly();
            try {
                while (left > 0 && awaitedTo <= position && stopped.getCount() > 0) {
                    left = hurried.awaitNanos(left);
                }
            } finally {
                movedLock.unlock();
            }
            return stopped.getCount() == 0;
        }

        private boolean failed(RuntimeException fault) throws InterruptedException {
            Faults before = faults;
            Faults now =
                    before == null
                            ? new Faults(1, clock.instant())
                            : new Faults(before.count + 1, before.since);
            faults = now;
            batchMax = Math.max(1, batchMax / 2);
            saved = -1; // The cursor is read again, as somebody else may have moved it.
            Duration pause = pace.pause(now.count);
            LOG.log(
                    Level.ERROR,
                    "follower "
                            + follower.name()
                            + " failed behind position "
                            + position
                            + "; it tries again in "
                            + pause,
                    fault);
            return pause(pause);
        }

        /// Does one batch.
        ///
        /// @return whether there is more to read
        private boolean advance() {
            if (saved < 0) {
                saved = store.cursor(follower.name());
                position = saved;
                tellMoved();
            }
            long durable = journal.durable();
            if (durable <= position) {
                return false;
            }
            LogFeed.Portion<T> read = feed.read(position, durable, batchMax);
            long upTo = read.upTo();
            List<T> handed =
                    read.entries().stream().filter(it -> scope.contains(it.room())).toList();
            Optional<Derived> derived =
                    handed.isEmpty() ? Optional.empty() : follower.follow(handed);
            if (derived.isPresent() || upTo - saved >= UNSAVED_POSITIONS_MAX) {
                long from = saved;
                journal.commit(Changes.of(tx -> write(tx, from, upTo, derived)));
                saved = upTo;
            }
            position = upTo;
            tellMoved();
            return upTo < durable;
        }

        /// A refusal must roll back the moved cursor too, so it leaves as a fault.
        private boolean write(Tx tx, long from, long upTo, Optional<Derived> derived) {
            if (!store.move(tx, follower.name(), from, upTo)) {
                throw new IllegalStateException(follower.name() + " runs twice");
            }
            try {
                derived.ifPresent(it -> it.write(tx));
            } catch (MatrixException refusal) {
                throw new IllegalStateException("a follower cannot refuse", refusal);
            }
            return true;
        }
    }
}
