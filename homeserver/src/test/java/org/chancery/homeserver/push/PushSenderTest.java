package org.chancery.homeserver.push;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PushSenderTest {
    @Test
    void the_pause_after_a_failure_grows_from_half_a_minute_to_an_hour() {
        assertEquals(Duration.ofSeconds(30), PushSender.pause(1));
        assertEquals(Duration.ofMinutes(1), PushSender.pause(2));
        assertEquals(Duration.ofMinutes(32), PushSender.pause(7));
        assertEquals(Duration.ofHours(1), PushSender.pause(8));
        assertEquals(Duration.ofHours(1), PushSender.pause(1_000_000));
    }
}
