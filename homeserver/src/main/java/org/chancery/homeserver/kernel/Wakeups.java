package org.chancery.homeserver.kernel;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Who has news since when, and who sleeps until there are any.
///
/// For each user who has synced lately it holds, per ingredient of `/sync` and per room, the last
/// position that touched it. So an idle user costs nothing, and an incremental sync looks only at
/// what changed. The index knows nothing of the time before it first saw a user: then [#since] is
/// empty and the reader asks the store.
public final class Wakeups {
    static final int USERS_MAX = 200_000;
    private static final int ROOMS_PER_USER_MAX = 10_000;

    private final ConcurrentHashMap<UserId, Index> users = new ConcurrentHashMap<>();
    private final ReentrantLock publishedLock = new ReentrantLock();
    private final Condition publishedMore = publishedLock.newCondition();
    private volatile long publishing;
    private long published;

    /// What one user's index says of the time after some position.
    public interface Changes {
        /// Whether the ingredient was touched.
        boolean touched(Stream stream);

        /// The rooms in which the ingredient was touched.
        Set<RoomId> rooms(Stream stream);
    }

    /// A sleeper's bell. Made *before* reading, so that no news falls between reading and sleeping.
    public interface Bell extends AutoCloseable {
        /// Sleeps until there is news after this bell was made or last rung, or the time is over.
        ///
        /// @return whether there is news
        boolean await(Duration atMost) throws InterruptedException;

        @Override
        void close();
    }

    /// Makes a bell for a user's long-poll.
    public Bell bell(UserId user) {
        Optional<Bell> bell = index(user).newBell();
        while (bell.isEmpty()) { // The index was retired just now; the next one is new.
            bell = index(user).newBell();
        }
        return bell.get();
    }

    /// What touched the user after `since`; empty when the index does not reach back so far.
    public Optional<Changes> since(UserId user, long since) {
        return index(user).since(since);
    }

    /// Wakes users: for what was touched and is durable now, or for what never is (typing,
    /// presence).
    public void wake(Collection<UserId> touched) {
        for (UserId user : touched) {
            Index index = users.get(user);
            if (index != null) {
                index.ring();
            }
        }
    }

    /// Wakes everybody, as when the server stops.
    public void wakeAll() {
        users.values().forEach(Index::ring);
    }

    /// A batch that ends at `position` is about to be touched: an index made from now on cannot
    /// know anything at or before it.
    void publishing(long position) {
        publishing = position;
    }

    /// Sleeps until a position beyond `position` is durable, whoever it touches, or the time is
    /// over.
    ///
    /// @return whether there is one
    public boolean awaitBeyond(long position, Duration atMost) throws InterruptedException {
        long nanos = TimeUnit.NANOSECONDS.convert(atMost);
        publishedLock.lockInterruptibly();
        try {
            while (published <= position) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = publishedMore.awaitNanos(nanos);
            }
            return true;
        } finally {
            publishedLock.unlock();
        }
    }

    /// Everything up to `position` has been touched; before the first batch, the position at start.
    void publish(long position) {
        publishing = Math.max(publishing, position);
        publishedLock.lock();
        try {
            published = position;
            publishedMore.signalAll();
        } finally {
            publishedLock.unlock();
        }
        if (users.size() > USERS_MAX) {
            users.values().removeIf(Index::retire);
        }
    }

    /// Notes what a batch touched, before its position is published; [#wake] comes after that.
    void touch(Touch touch, long position) {
        for (UserId user : touch.users()) {
            Index index = users.get(user);
            if (index != null) {
                index.touch(touch, position);
            }
        }
    }

    private Index index(UserId user) {
        return users.computeIfAbsent(user, _ -> new Index());
    }

    private final class Index {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition news = lock.newCondition();
        private final EnumMap<Stream, Long> lastByStream = new EnumMap<>(Stream.class);
        private final EnumMap<Stream, Map<RoomId, Long>> lastByRoom = new EnumMap<>(Stream.class);
        private long knownAfter = publishing;
        private long rings;
        private int bells;
        private boolean retired;

        void touch(Touch touch, long position) {
            lock.lock();
            try {
                lastByStream.put(touch.stream(), position);
                if (touch.room() != null) {
                    Map<RoomId, Long> rooms =
                            lastByRoom.computeIfAbsent(touch.stream(), _ -> new HashMap<>());
                    rooms.put(touch.room(), position);
                    if (rooms.size() > ROOMS_PER_USER_MAX) {
                        forget(position);
                    }
                }
            } finally {
                lock.unlock();
            }
        }

        private void forget(long position) {
            lastByRoom.clear();
            lastByStream.clear();
            knownAfter = position;
        }

        void ring() {
            lock.lock();
            try {
                rings++;
                news.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /// Whether nobody sleeps here; then nobody ever will.
        boolean retire() {
            lock.lock();
            try {
                retired = bells == 0;
                return retired;
            } finally {
                lock.unlock();
            }
        }

        Optional<Changes> since(long since) {
            lock.lock();
            try {
                if (since < knownAfter) {
                    return Optional.empty();
                }
                EnumMap<Stream, Set<RoomId>> rooms = new EnumMap<>(Stream.class);
                lastByStream.forEach(
                        (stream, last) -> {
                            if (last > since) {
                                rooms.put(stream, roomsAfter(stream, since));
                            }
                        });
                return Optional.of(new Snapshot(rooms));
            } finally {
                lock.unlock();
            }
        }

        private Set<RoomId> roomsAfter(Stream stream, long since) {
            Set<RoomId> after = new HashSet<>();
            lastByRoom
                    .getOrDefault(stream, Map.of())
                    .forEach(
                            (room, last) -> {
                                if (last > since) {
                                    after.add(room);
                                }
                            });
            return after;
        }

        Optional<Bell> newBell() {
            lock.lock();
            try {
                if (retired) {
                    return Optional.empty();
                }
                bells++;
                return Optional.of(new IndexBell(this, rings));
            } finally {
                lock.unlock();
            }
        }
    }

    private record Snapshot(EnumMap<Stream, Set<RoomId>> byStream) implements Changes {
        @Override
        public boolean touched(Stream stream) {
            return byStream.containsKey(stream);
        }

        @Override
        public Set<RoomId> rooms(Stream stream) {
            return byStream.getOrDefault(stream, Set.of());
        }
    }

    private static final class IndexBell implements Bell {
        private final Index index;
        private long heard;

        IndexBell(Index index, long heard) {
            this.index = index;
            this.heard = heard;
        }

        @Override
        public boolean await(Duration atMost) throws InterruptedException {
            long nanos = TimeUnit.NANOSECONDS.convert(atMost);
            index.lock.lockInterruptibly();
            try {
                while (index.rings == heard) {
                    if (nanos <= 0) {
                        return false;
                    }
                    nanos = index.news.awaitNanos(nanos);
                }
                heard = index.rings;
                return true;
            } finally {
                index.lock.unlock();
            }
        }

        @Override
        public void close() {
            index.lock.lock();
            try {
                index.bells--;
            } finally {
                index.lock.unlock();
            }
        }
    }
}
