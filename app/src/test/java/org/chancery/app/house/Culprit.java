package org.chancery.app.house;

import java.time.Instant;
import java.util.function.Supplier;

/// Does what the house forbids, once by a call and once by a method reference, so that the bans can
/// be seen to bite.
final class Culprit {
    private Culprit() {}

    static long call() {
        return System.currentTimeMillis();
    }

    static Supplier<Instant> reference() {
        return Instant::now;
    }
}
