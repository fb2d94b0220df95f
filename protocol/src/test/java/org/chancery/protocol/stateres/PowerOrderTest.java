package org.chancery.protocol.stateres;

import static org.chancery.protocol.TestRoom.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chancery.protocol.TestRoom;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;

class PowerOrderTest {
    private final TestRoom room = TestRoom.empty(RoomVersion.V11);
    private final Map<EventId, Pdu> events = new LinkedHashMap<>();
    private final Map<EventId, Long> levels = new HashMap<>();

    @Test
    void reasons_come_before_what_they_allow() {
        event("c", 100, 1, "b");
        event("b", 50, 2, "a");
        event("a", 0, 3);

        assertEquals(List.of("$a", "$b", "$c"), sorted());
    }

    @Test
    void the_more_powerful_come_first() {
        event("a", 0, 1);
        event("b", 100, 2);
        event("c", 50, 3);

        assertEquals(List.of("$b", "$c", "$a"), sorted());
    }

    @Test
    void among_equals_the_older_come_first_and_then_the_smaller_ids() {
        event("c", 50, 7);
        event("b", 50, 7);
        event("a", 50, 8);

        assertEquals(List.of("$b", "$c", "$a"), sorted());
    }

    @Test
    void an_event_waits_for_all_its_reasons() {
        event("last", 100, 1, "slow", "quick");
        event("slow", 1, 2, "quick");
        event("quick", 50, 3);
        event("other", 20, 4);

        assertEquals(List.of("$quick", "$other", "$slow", "$last"), sorted());
    }

    @Test
    void reasons_outside_the_set_do_not_hold_up() {
        event("a", 50, 1, "elsewhere");

        assertEquals(List.of("$a"), sorted());
    }

    @Test
    void events_on_a_circle_are_left_out() {
        event("a", 50, 1, "b");
        event("b", 50, 1, "a");
        event("c", 50, 1);

        assertEquals(List.of("$c"), sorted());
    }

    private void event(String name, long level, long time, String... auth) {
        var ids = Arrays.stream(auth).map(room::id).toArray(EventId[]::new);
        var event =
                room.event(name, ALICE, "m.room.topic", "", TestRoom.json("{}"))
                        .auth(ids)
                        .at(time)
                        .build();
        events.put(event.eventId(), event);
        levels.put(event.eventId(), level);
    }

    private List<String> sorted() {
        return PowerOrder.sort(events, event -> levels.getOrDefault(event.eventId(), 0L)).stream()
                .map(event -> event.eventId().value())
                .toList();
    }
}
