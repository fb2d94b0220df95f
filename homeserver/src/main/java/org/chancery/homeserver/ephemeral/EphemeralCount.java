package org.chancery.homeserver.ephemeral;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// The count of changes that live in memory only: the second number of a sync token. It begins with
/// the time of the start in milliseconds, so that a token from before a restart lies behind.
public final class EphemeralCount {
    private final AtomicLong last;

    public EphemeralCount(InstantSource clock) {
        this.last = new AtomicLong(clock.millis());
    }

    /// The count of the latest change.
    public long last() {
        return last.get();
    }

    long next() {
        return last.incrementAndGet();
    }
}
