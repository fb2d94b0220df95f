package org.chancery.homeserver.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;

/// A token bucket per key: a burst at once, then one more each interval.
///
/// Only so many keys are remembered; the one longest unused goes first. Whoever owns so many
/// addresses that he can push keys out gains a fresh burst by it, no more than the fresh address
/// gave him.
public final class RateLimiter {
    /// How much is allowed.
    ///
    /// @param burst how many at once
    /// @param interval how long until one more is
    public record Rate(int burst, Duration interval) {
        public Rate {
            if (burst < 1 || interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException("a rate lets something through");
            }
        }
    }

    private final Rate rate;
    private final int keysMax;
    private final InstantSource clock;

    /// Per key the moment at which its bucket is full again. Guarded by itself.
    private final LinkedHashMap<String, Instant> fullAt = new LinkedHashMap<>(16, 0.75f, true);

    public RateLimiter(Rate rate, int keysMax, InstantSource clock) {
        this.rate = rate;
        this.keysMax = keysMax;
        this.clock = clock;
    }

    /// Takes one token. Empty when there was one, else how long to wait; nothing is taken then.
    public Optional<Duration> take(String key) {
        var now = clock.instant();
        synchronized (fullAt) {
            var full = fullAt.getOrDefault(key, now);
            var fullThen = (full.isBefore(now) ? now : full).plus(rate.interval());
            var depth = rate.interval().multipliedBy(rate.burst());
            var wait = Duration.between(now.plus(depth), fullThen);
            if (wait.isPositive()) {
                return Optional.of(wait);
            }
            fullAt.put(key, fullThen);
            if (fullAt.size() > keysMax) {
                fullAt.pollFirstEntry();
            }
            return Optional.empty();
        }
    }
}
