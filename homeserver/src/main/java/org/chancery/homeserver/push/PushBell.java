package org.chancery.homeserver.push;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.chancery.protocol.id.UserId;

/// Calls the one who tells pushers: there is something to be told, or a user has read something, so
/// that the number on the user's devices is too high.
public final class PushBell {
    private static final int READERS_MAX = 10_000;

    private final Semaphore rings = new Semaphore(0);
    private final Set<UserId> readers = ConcurrentHashMap.newKeySet();

    /// There may be something to be told.
    public void ring() {
        rings.release();
    }

    /// The user has read something. Of too many at once some are forgotten: the next event brings
    /// the right number anyway.
    public void read(UserId user) {
        if (readers.size() < READERS_MAX && readers.add(user)) {
            rings.release();
        }
    }

    /// Waits until it rings or the time is over.
    ///
    /// @return whether it rang
    boolean await(Duration atMost) throws InterruptedException {
        boolean rang = rings.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
        rings.drainPermits();
        return rang;
    }

    /// Who has read something since this was last asked.
    Set<UserId> readers() {
        Set<UserId> taken = new HashSet<>(readers);
        readers.removeAll(taken);
        return taken;
    }
}
