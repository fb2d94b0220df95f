package org.chancery.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that moves when it is told to.
public final class ManualClock implements InstantSource {
    private volatile Instant now;

    public ManualClock(Instant start) {
        this.now = start;
    }

    /// A clock at some day in 2026.
    public static ManualClock standing() {
        return new ManualClock(Instant.parse("2026-11-01T12:00:00Z"));
    }

    @Override
    public Instant instant() {
        return now;
    }

    /// Lets time pass.
    public void pass(Duration duration) {
        now = now.plus(duration);
    }
}
