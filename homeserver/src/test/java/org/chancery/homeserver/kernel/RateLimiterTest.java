package org.chancery.homeserver.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final RateLimiter.Rate RATE = new RateLimiter.Rate(3, Duration.ofSeconds(10));

    private Instant now = Instant.EPOCH;
    private final RateLimiter limiter = new RateLimiter(RATE, 2, () -> now);

    private void takeThree(String key) {
        for (int i = 0; i < 3; i++) {
            assertEquals(Optional.empty(), limiter.take(key));
        }
    }

    @Test
    void a_burst_goes_through_and_then_says_how_long_to_wait() {
        takeThree("alice");

        assertEquals(Optional.of(Duration.ofSeconds(10)), limiter.take("alice"));
    }

    @Test
    void each_interval_lets_one_more_through() {
        takeThree("alice");

        now = now.plusSeconds(10);

        assertEquals(Optional.empty(), limiter.take("alice"));
        assertEquals(Optional.of(Duration.ofSeconds(10)), limiter.take("alice"));
    }

    @Test
    void a_refusal_takes_nothing() {
        takeThree("alice");
        limiter.take("alice");
        limiter.take("alice");

        now = now.plusSeconds(4);

        assertEquals(Optional.of(Duration.ofSeconds(6)), limiter.take("alice"));
    }

    @Test
    void a_long_rest_gives_no_more_than_a_burst() {
        takeThree("alice");

        now = now.plusSeconds(10_000);

        takeThree("alice");
        assertTrue(limiter.take("alice").isPresent());
    }

    @Test
    void keys_do_not_share() {
        takeThree("alice");

        takeThree("bob");

        assertTrue(limiter.take("alice").isPresent());
    }

    @Test
    void the_key_longest_unused_is_forgotten_first() {
        takeThree("alice");
        takeThree("bob");

        limiter.take("carol");

        assertTrue(limiter.take("bob").isPresent());
        assertEquals(Optional.empty(), limiter.take("alice"));
    }

    @Test
    void a_rate_must_let_something_through() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new RateLimiter.Rate(0, Duration.ofSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> new RateLimiter.Rate(1, Duration.ZERO));
    }
}
