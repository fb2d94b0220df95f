package org.chancery.protocol.stateres;

import static org.chancery.protocol.TestRoom.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.protocol.TestRoom;
import org.chancery.protocol.authrules.JudgedPdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;

class WalkedAuthChainsTest {
    private final TestRoom room = TestRoom.empty(RoomVersion.V11);
    private final Map<EventId, JudgedPdu> events = new HashMap<>();
    private final WalkedAuthChains chains = new WalkedAuthChains(events::get);

    @Test
    void no_state_has_no_difference() {
        assertEquals(Set.of(), chains.difference(List.of()));
    }

    @Test
    void equal_states_have_no_difference() {
        event("a");
        event("b", "a");

        assertEquals(Set.of(), chains.difference(List.of(ids("b"), ids("b"))));
    }

    @Test
    void what_only_some_chains_hold_is_the_difference() {
        event("root");
        event("left", "root");
        event("right", "root");
        event("l", "left");
        event("r", "right");

        assertEquals(ids("left", "right"), chains.difference(List.of(ids("l"), ids("r"))));
    }

    @Test
    void an_event_of_a_state_counts_where_another_rests_on_it() {
        event("root");
        event("a", "root");
        event("b", "a");

        assertEquals(ids("a"), chains.difference(List.of(ids("a"), ids("b"))));
        assertEquals(Set.of(), chains.difference(List.of(ids("b", "a"), ids("b"))));
    }

    @Test
    void what_the_shared_state_rests_on_is_in_every_chain() {
        event("root");
        event("old", "root");
        event("shared", "old");
        event("l", "old");
        event("r", "root");

        var difference = chains.difference(List.of(ids("shared", "l"), ids("shared", "r")));

        assertEquals(Set.of(), difference);
    }

    @Test
    void with_three_states_an_event_must_be_in_all_chains() {
        event("root");
        event("a", "root");
        event("x", "a");
        event("y", "a");
        event("z", "root");

        assertEquals(ids("a"), chains.difference(List.of(ids("x"), ids("y"), ids("z"))));
    }

    @Test
    void events_that_are_not_known_end_the_walk() {
        event("a", "lost");
        event("b");

        assertEquals(ids("lost"), chains.difference(List.of(ids("a"), ids("b"))));
    }

    @Test
    void the_subgraph_lies_between_conflicted_events() {
        event("root");
        event("one", "root");
        event("between", "one");
        event("two", "between");
        event("aside", "one");
        event("three", "root");

        assertEquals(ids("one", "between", "two"), chains.subgraph(ids("one", "two")));
        assertEquals(ids("two", "three"), chains.subgraph(ids("two", "three")));
        assertEquals(Set.of(), chains.subgraph(Set.of()));
    }

    @Test
    void the_subgraph_has_all_paths() {
        event("a");
        event("left", "a");
        event("right", "a");
        event("right2", "right");
        event("b", "left", "right2");

        assertEquals(ids("a", "left", "right", "right2", "b"), chains.subgraph(ids("a", "b")));
    }

    @Test
    void circles_end() {
        event("a", "b");
        event("b", "a");
        event("c", "b");

        assertEquals(ids("a", "b"), chains.difference(List.of(ids("c"), ids())));
        assertEquals(ids("a", "b", "c"), chains.subgraph(ids("a", "c")));
    }

    @Test
    void long_chains_need_no_stack() {
        int length = 20_000;
        event("0");
        for (int i = 1; i < length; i++) {
            event(Integer.toString(i), Integer.toString(i - 1));
        }

        var last = Integer.toString(length - 1);

        assertEquals(length - 1, chains.difference(List.of(ids(last), ids("0"))).size());
        assertEquals(length, chains.subgraph(ids("0", last)).size());
    }

    private void event(String name, String... auth) {
        var ids = Arrays.stream(auth).map(room::id).toArray(EventId[]::new);
        var event =
                room.event(name, ALICE, "m.room.topic", name, TestRoom.json("{}"))
                        .auth(ids)
                        .build();
        events.put(event.eventId(), new JudgedPdu.Accepted(event));
    }

    private Set<EventId> ids(String... names) {
        var ids = new HashSet<EventId>();
        for (var name : names) {
            ids.add(room.id(name));
        }
        return ids;
    }
}
