package org.chancery.homeserver.push;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import org.chancery.homeserver.ephemeral.OwnReceipts;
import org.chancery.homeserver.ephemeral.Receipt;
import org.chancery.homeserver.ephemeral.Threads;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.StoreFailure;
import org.chancery.homeserver.push.PushGateway.Outcome;
import org.chancery.homeserver.push.Pusher.Kind;
import org.chancery.homeserver.push.PusherStore.Due;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// Tells pushers what they are to be told.
///
/// # Life of a notice
/// [PushFollower] notes it durably and rings. One thread looks which pushers are due and gives each
/// to a thread of its own, of which there are only so many; nobody who sends a message ever waits
/// here. A pusher is told its notices in order. What has been read or redacted since, or is a day
/// old, is left out. When a pusher cannot be reached it is tried again after a pause that grows
/// from half a minute to an hour, and that outlives a restart; a pusher that is gone is forgotten.
///
/// After a kill a notice may be told twice; clients know it by its event.
public final class PushSender implements AutoCloseable {
    private static final Logger LOG = System.getLogger(PushSender.class.getName());
    private static final int AT_WORK_MAX = 32;
    private static final int NOTICES_MAX = PushFollower.NOTICES_MAX;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
    private static final Duration FRESH = Duration.ofDays(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int DOUBLINGS_MAX = 7;
    private static final Duration STOP_MAX = Duration.ofSeconds(2);

    private final PusherStore store;
    private final Map<Kind, PushGateway> gateways;
    private final PushPayloads payloads;
    private final Reading reading;
    private final PushBell bell;
    private final Journal journal;
    private final Running running;
    private final Semaphore slots = new Semaphore(AT_WORK_MAX);
    private final Set<String> atWork = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;
    private @Nullable Thread looker;

    /// What the users have read.
    public record Reading(EventStore events, OwnReceipts receipts) {}

    /// @param looking makes the thread that looks for who is due
    /// @param telling makes a thread for each pusher that is told something
    public record Running(ThreadFactory looking, ThreadFactory telling, InstantSource clock) {}

    public PushSender(
            PusherStore store,
            Map<Kind, PushGateway> gateways,
            PushPayloads payloads,
            Reading reading,
            PushBell bell,
            Journal journal,
            Running running) {
        this.store = store;
        this.gateways = Map.copyOf(gateways);
        this.payloads = payloads;
        this.reading = reading;
        this.bell = bell;
        this.journal = journal;
        this.running = running;
    }

    /// Begins.
    public synchronized void start() {
        Thread thread = running.looking.newThread(this::look);
        looker = thread;
        thread.start();
    }

    /// Stops. What is being told is told within the bounds of a request, or anew after the next
    /// start.
    @Override
    public synchronized void close() {
        closing = true;
        Thread thread = looker;
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            boolean _ = thread.join(STOP_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            boolean rang = false;
            while (!closing && journal.running()) {
                Duration pause = step(rang);
                rang = bell.await(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Told to stop, and does.
        }
    }

    /// @return how long there is nothing to do if it does not ring
    private Duration step(boolean rang) throws InterruptedException {
        try {
            if (rang) { // What rang may be in a batch that is being written: behind this it was.
                journal.commit(Changes.of(_ -> true));
            }
            for (Due due : store.due(running.clock.millis(), AT_WORK_MAX)) {
                work(due.pusher().id(), () -> tell(due));
            }
            for (UserId reader : bell.readers()) {
                for (Pusher pusher : store.of(reader)) {
                    if (pusher.kind() == Kind.HTTP) {
                        work(pusher.id(), () -> tellCounts(pusher));
                    }
                }
            }
            return pause();
        } catch (StoreFailure | MatrixException fault) {
            LOG.log(Level.ERROR, "pushers could not be looked for: " + fault.getMessage());
            return LOOK_EVERY;
        }
    }

    private Duration pause() {
        long now = running.clock.millis();
        long next = store.nextTry(now).orElse(Long.MAX_VALUE);
        return next - now < LOOK_EVERY.toMillis()
                ? Duration.ofMillis(Math.max(1, next - now))
                : LOOK_EVERY;
    }

    /// Has it done on a thread of its own, unless something is being done for that pusher.
    private void work(String pusher, Runnable task) throws InterruptedException {
        if (!atWork.add(pusher)) {
            return;
        }
        slots.acquire();
        running.telling
                .newThread(
                        () -> {
                            try {
                                task.run();
                            } catch (StoreFailure
                                    | MatrixException fault) { // Told anew after the next start.
                                LOG.log(closing ? Level.DEBUG : Level.ERROR, "not told", fault);
                            } finally {
                                atWork.remove(pusher);
                                slots.release();
                                bell.ring(); // Something may have come in the meantime.
                            }
                        })
                .start();
    }

    private void tell(Due due) {
        Pusher pusher = due.pusher();
        for (Notice notice : store.notices(pusher.id(), NOTICES_MAX)) {
            if (closing) {
                return;
            }
            Outcome outcome = tried(pusher, notice);
            settle(due, notice, outcome);
            if (outcome != Outcome.TOLD) {
                return;
            }
        }
    }

    /// A fault of ours counts as a failure, so that the pusher waits before it meets it again.
    private Outcome tried(Pusher pusher, Notice notice) {
        try {
            return tell(pusher, notice);
        } catch (IllegalStateException | IllegalArgumentException fault) {
            LOG.log(Level.ERROR, "a pusher could not be told", fault);
            return Outcome.FAILED;
        }
    }

    private Outcome tell(Pusher pusher, Notice notice) {
        PushGateway gateway = gateways.get(pusher.kind());
        if (gateway == null || isOld(notice)) {
            return Outcome.TOLD; // This way is closed now, or it is news no more.
        }
        if (notice.isValidation()) {
            return gateway.tell(pusher, notice.tweaks(), true);
        }
        Optional<StoredEvent> event =
                reading.events.events(List.of(notice.position())).stream()
                        .findFirst()
                        .filter(it -> it.redactedBy().isEmpty() && !isRead(pusher.user(), it));
        return event.map(
                        it ->
                                gateway.tell(
                                        pusher,
                                        payloads.ofEvent(pusher, it, notice),
                                        PushPayloads.isUrgent(it, notice)))
                .orElse(Outcome.TOLD);
    }

    private boolean isOld(Notice notice) {
        return notice.createdTs() + FRESH.toMillis() < running.clock.millis();
    }

    private boolean isRead(UserId user, StoredEvent event) {
        String thread = new Threads(reading.events).of(event);
        for (Receipt receipt : reading.receipts.of(event.room(), user)) {
            if (receipt.eventOrdinal() >= event.ordinal()
                    && receipt.thread().orElse(thread).equals(thread)) {
                return true;
            }
        }
        return false;
    }

    private void settle(Due due, Notice notice, Outcome outcome) {
        String id = due.pusher().id();
        int failures = due.failures() + 1;
        journal.commit(
                Changes.of(
                        tx -> {
                            switch (outcome) {
                                case TOLD -> {
                                    store.told(tx, notice);
                                    store.tried(tx, id, 0, 0);
                                }
                                case GONE -> store.delete(tx, id);
                                case FAILED ->
                                        store.tried(
                                                tx,
                                                id,
                                                failures,
                                                running.clock.millis()
                                                        + pause(failures).toMillis());
                            }
                            return true;
                        }));
    }

    static Duration pause(int failures) {
        Duration grown = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_MAX));
        return grown.compareTo(LONGEST_PAUSE) < 0 ? grown : LONGEST_PAUSE;
    }

    /// The number on a device is lower now. If it cannot be told, the next event brings it.
    private void tellCounts(Pusher pusher) {
        PushGateway gateway = gateways.get(pusher.kind());
        if (gateway == null) {
            return;
        }
        JsonObject payload = payloads.ofCounts(pusher, payloads.unread(pusher.user()));
        if (gateway.tell(pusher, payload, false) == Outcome.GONE) {
            journal.commit(
                    Changes.of(
                            tx -> {
                                store.delete(tx, pusher.id());
                                return true;
                            }));
        }
    }
}
