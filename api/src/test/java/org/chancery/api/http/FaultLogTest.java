package org.chancery.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.chancery.testkit.ManualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultLogTest {
    private static final Endpoint SEND = Endpoint.put("/send/{room}");
    private static final Endpoint JOIN = Endpoint.post("/join/{room}");

    private final Logger logger = Logger.getLogger(FaultLog.class.getName());
    private final List<String> lines = new ArrayList<>();
    private final ManualClock clock = ManualClock.standing();
    private final FaultLog log = new FaultLog(clock);
    private final StreamHandler listener =
            new StreamHandler() {
                @Override
                public synchronized void publish(LogRecord line) {
                    lines.add(line.getMessage());
                }
            };

    @BeforeEach
    void listen() {
        logger.addHandler(listener);
    }

    @AfterEach
    void unlisten() {
        logger.removeHandler(listener);
    }

    @Test
    void a_fault_that_repeats_is_told_once_and_then_counted() {
        var full = new IllegalStateException("disk full");

        var first = log.log(SEND, full);
        for (int i = 0; i < 500; i++) {
            assertEquals(first, log.log(i % 2 == 0 ? SEND : JOIN, full));
        }

        assertEquals(1, lines.size());
        assertTrue(lines.getFirst().startsWith("F1 PUT /send/{room} failed: "), lines.getFirst());
        clock.pass(FaultLog.INTERVAL);
        log.log(SEND, full);
        assertEquals(List.of("F1 happened 500 times more in 60 s"), lines.subList(1, lines.size()));
    }

    @Test
    void a_fault_that_stayed_away_for_an_interval_is_told_in_full_again() {
        log.log(SEND, new IllegalStateException("a"));
        clock.pass(FaultLog.INTERVAL);

        for (int i = 0; i < 2; i++) {
            log.log(SEND, faultOfOnePlace());
        }

        assertEquals(2, lines.size());
        assertTrue(lines.getLast().startsWith("F2 PUT"), lines.getLast());
    }

    @Test
    void faults_of_two_places_are_two_faults() {
        log.log(SEND, new IllegalStateException("a", faultOfOnePlace()));
        log.log(SEND, faultOfOnePlace());

        assertEquals(2, lines.size());
    }

    @Test
    void only_so_many_kinds_are_remembered_and_none_of_their_counts_is_lost() {
        for (int i = 0; i < 150; i++) {
            var fault = new IllegalStateException("a");
            fault.setStackTrace(
                    new StackTraceElement[] {new StackTraceElement("A", "a", "A.java", i)});
            log.log(SEND, fault);
            log.log(SEND, fault);
        }
        log.settle();

        assertEquals(150, lines.stream().filter(line -> line.contains(" failed: ")).count());
        assertEquals(
                150, lines.stream().filter(line -> line.endsWith("1 times more in 0 s")).count());
    }

    @Test
    void what_was_counted_is_told_before_a_stop() {
        var fault = faultOfOnePlace();
        log.log(SEND, fault);
        log.log(SEND, fault);
        clock.pass(Duration.ofSeconds(7));

        log.settle();
        log.settle();

        assertEquals("F1 happened 1 times more in 7 s", lines.getLast());
        assertEquals(2, lines.size());
    }

    private static RuntimeException faultOfOnePlace() {
        return new IllegalStateException("b");
    }
}
