package org.chancery.homeserver.kernel;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.chancery.protocol.id.RoomId;

/// A room is written by one thread at a time. Never hold two rooms at once.
public final class RoomLocks {
    private static final int STRIPES = 1_024; // Rooms may share a lock; so locks never leak.

    private final ReentrantLock[] stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

    /// Runs `action` while no other thread writes the room.
    public <T> T holding(RoomId room, Supplier<T> action) {
        ReentrantLock lock = stripes[Math.floorMod(room.hashCode(), STRIPES)];
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
