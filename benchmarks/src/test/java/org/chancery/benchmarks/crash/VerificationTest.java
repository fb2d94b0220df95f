package org.chancery.benchmarks.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.chancery.benchmarks.crash.Findings.Kind;
import org.junit.jupiter.api.Test;

/// The crash runs are worth what their verification finds: each kind of damage is planted here.
class VerificationTest {
    private static final String ROOM = "!room";
    private static final Message FIRST = new Message("$a", "c0.1.0");
    private static final Message SECOND = new Message("$b", "c0.1.1");
    private static final Message OF_ANOTHER = new Message("$c", "c0.2.0");
    private static final Map<String, String> PROMISED = Map.of("c0.1.0", "$a", "c0.1.1", "$b");

    private final Findings findings = new Findings();
    private final Verification verification = new Verification(findings);

    @Test
    void nothing_is_found_where_all_is_well() {
        List<Message> shown = List.of(FIRST, OF_ANOTHER, SECOND);

        verification.history(ROOM, shown, PROMISED);
        verification.sync(ROOM, shown, shown);

        assertTrue(findings.isEmpty(), findings.toString());
    }

    @Test
    void an_acknowledged_event_that_is_gone_is_found() {
        verification.history(ROOM, List.of(FIRST), PROMISED);

        assertEquals(1, findings.count(Kind.LOST));
    }

    @Test
    void an_event_that_came_back_with_another_id_is_lost() {
        verification.history(ROOM, List.of(FIRST, new Message("$x", "c0.1.1")), PROMISED);

        assertEquals(1, findings.count(Kind.LOST));
    }

    @Test
    void a_transaction_that_became_two_events_is_found() {
        verification.history(ROOM, List.of(FIRST, SECOND, new Message("$x", "c0.1.1")), PROMISED);

        assertEquals(1, findings.count(Kind.DUPLICATE));
    }

    @Test
    void an_event_that_is_shown_twice_is_found() {
        verification.history(ROOM, List.of(FIRST, SECOND, SECOND), PROMISED);

        assertEquals(1, findings.count(Kind.DUPLICATE));
    }

    @Test
    void messages_of_a_sender_in_another_order_are_found() {
        verification.history(ROOM, List.of(SECOND, FIRST), PROMISED);

        assertEquals(1, findings.count(Kind.REORDERED));
    }

    @Test
    void what_another_user_saw_before_the_kill_counts_as_promised() {
        verification.sync(ROOM, List.of(FIRST), List.of(FIRST, SECOND));

        assertEquals(1, findings.count(Kind.LOST));
    }

    @Test
    void a_gap_in_a_resumed_sync_is_found() {
        verification.sync(ROOM, List.of(FIRST, OF_ANOTHER, SECOND), List.of(FIRST, SECOND));

        assertEquals(1, findings.count(Kind.SYNC));
    }

    @Test
    void a_resumed_sync_that_shows_an_event_again_is_found() {
        verification.sync(ROOM, List.of(FIRST, SECOND), List.of(FIRST, SECOND, SECOND));

        assertEquals(1, findings.count(Kind.SYNC));
    }

    @Test
    void a_resumed_sync_in_another_order_is_found() {
        verification.sync(ROOM, List.of(FIRST, OF_ANOTHER), List.of(OF_ANOTHER, FIRST));

        assertEquals(1, findings.count(Kind.SYNC));
    }
}
