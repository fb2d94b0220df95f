package org.chancery.protocol.stateres;

import static org.chancery.protocol.TestRoom.ALICE;
import static org.chancery.protocol.TestRoom.BOB;
import static org.chancery.protocol.TestRoom.CAROL;
import static org.chancery.protocol.TestRoom.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chancery.protocol.TestRoom;
import org.chancery.protocol.authrules.AuthRules;
import org.chancery.protocol.authrules.JudgedPdu;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonInteger;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;

class VersionOneTest {
    private static final StateKey TOPIC = new StateKey("m.room.topic", "");
    private static final String BOB_MODERATES = "{'users':{'@alice:a':100,'@bob:b':60}}";

    private final TestRoom room =
            TestRoom.of(RoomVersion.V1).joinRule("public").levels(BOB_MODERATES).joined(BOB);

    @Test
    void what_does_not_conflict_is_taken_over() {
        var left = room.branch();
        left.joined(CAROL);
        var right = room.branch();
        var topic = put(right, "t", BOB, "m.room.topic", "", 9, "{}");

        var resolved = resolve(left, right);

        assertEquals(topic.eventId(), resolved.get(TOPIC));
        assertEquals(
                left.stateIds().get(StateKey.member(CAROL)), resolved.get(StateKey.member(CAROL)));
    }

    @Test
    void of_other_events_the_deepest_stays() {
        var left = room.branch();
        put(left, "b", ALICE, "m.room.topic", "", 20, "{}");
        var right = room.branch();
        var deep = put(right, "a", BOB, "m.room.topic", "", 21, "{}");

        assertEquals(deep.eventId(), resolve(left, right).get(TOPIC));
        assertEquals(deep.eventId(), resolve(right, left).get(TOPIC));
    }

    @Test
    void of_equal_depth_the_one_whose_id_hashes_lower_stays() {
        // SHA-1 of $b:a begins with 77, of $c:a with 7c.
        var left = room.branch();
        put(left, "c", ALICE, "m.room.topic", "", 20, "{}");
        var right = room.branch();
        var lower = put(right, "b", BOB, "m.room.topic", "", 20, "{}");

        assertEquals(lower.eventId(), resolve(left, right).get(TOPIC));
    }

    @Test
    void power_levels_of_equal_depth_follow_the_falling_hashes_of_their_ids() {
        var first = levels("c", ALICE, 20, "'@bob:b':70");
        var second = levels("b", ALICE, 20, "'@bob:b':60");

        assertEquals(id(second), resolve(first, second).get(StateKey.POWER_LEVELS));
        assertEquals(id(second), resolve(second, first).get(StateKey.POWER_LEVELS));
    }

    @Test
    void an_event_that_is_not_allowed_is_passed_over() {
        var left = room.branch();
        var allowed = put(left, "a", ALICE, "m.room.topic", "", 20, "{}");
        var right = room.branch();
        put(right, "b", CAROL, "m.room.topic", "", 30, "{}");

        assertEquals(allowed.eventId(), resolve(left, right).get(TOPIC));
    }

    @Test
    void if_none_is_allowed_the_one_of_least_depth_stays() {
        var left = room.branch();
        var first = put(left, "a", CAROL, "m.room.topic", "", 20, "{}");
        var right = room.branch();
        put(right, "b", CAROL, "m.room.topic", "", 30, "{}");

        assertEquals(first.eventId(), resolve(left, right).get(TOPIC));
    }

    @Test
    void power_levels_follow_each_other_while_they_are_allowed() {
        var first = levels("p1", ALICE, 20, "'@bob:b':70");
        var second = levels("p2", BOB, 21, "'@bob:b':70,'@carol:c':70");
        var third = levels("p3", CAROL, 22, "'@bob:b':70,'@carol:c':71");
        var fourth = levels("p4", ALICE, 23, "'@bob:b':1");

        assertEquals(id(fourth), resolve(fourth, second, first).get(StateKey.POWER_LEVELS));
        assertEquals(id(second), resolve(third, second, first).get(StateKey.POWER_LEVELS));
        assertEquals(id(second), resolve(fourth, third, second, first).get(StateKey.POWER_LEVELS));
    }

    @Test
    void power_levels_are_resolved_before_members_and_those_before_the_rest() {
        var left = room.branch();
        put(left, "p1", ALICE, "m.room.power_levels", "", 20, BOB_MODERATES);
        put(left, "m1", ALICE, "m.room.member", "@carol:c", 21, "{'membership':'invite'}");
        put(left, "t1", ALICE, "m.room.topic", "", 22, "{}");
        var right = room.branch();
        var demotion =
                put(
                        right,
                        "p2",
                        ALICE,
                        "m.room.power_levels",
                        "",
                        30,
                        "{'users':{'@alice:a':100}}");
        put(right, "m2", BOB, "m.room.member", "@carol:c", 31, "{'membership':'ban'}");
        put(right, "t2", BOB, "m.room.topic", "", 32, "{}");

        var resolved = resolve(left, right);

        assertEquals(demotion.eventId(), resolved.get(StateKey.POWER_LEVELS));
        assertEquals(
                left.stateIds().get(StateKey.member(CAROL)), resolved.get(StateKey.member(CAROL)));
        assertEquals(left.stateIds().get(TOPIC), resolved.get(TOPIC));
    }

    @Test
    void conflicting_members_are_no_part_of_the_state_that_join_rules_are_tried_in() {
        var left = room.branch();
        var first = put(left, "j1", ALICE, "m.room.join_rules", "", 20, "{'join_rule':'public'}");
        put(left, "m1", BOB, "m.room.member", "@bob:b", 21, "{'membership':'join','a':1}");
        var right = room.branch();
        put(right, "j2", BOB, "m.room.join_rules", "", 30, "{'join_rule':'invite'}");
        put(right, "m2", BOB, "m.room.member", "@bob:b", 31, "{'membership':'join','a':2}");

        assertEquals(first.eventId(), resolve(left, right).get(StateKey.JOIN_RULES));
    }

    @Test
    void join_rules_are_resolved_before_members() {
        var left = room.branch();
        put(left, "j1", ALICE, "m.room.join_rules", "", 20, "{'join_rule':'public'}");
        var leave =
                put(left, "m1", ALICE, "m.room.member", "@carol:c", 21, "{'membership':'leave'}");
        var right = room.branch();
        put(right, "j2", ALICE, "m.room.join_rules", "", 30, "{'join_rule':'invite'}");
        put(right, "m2", CAROL, "m.room.member", "@carol:c", 31, "{'membership':'join'}");

        assertEquals(leave.eventId(), resolve(left, right).get(StateKey.member(CAROL)));
    }

    @Test
    void events_that_are_not_known_are_left_out() {
        var left = room.stateIds();
        left.put(TOPIC, room.id("lost"));
        var right = room.branch();
        var topic = put(right, "t", BOB, "m.room.topic", "", 9, "{}");

        assertEquals(topic.eventId(), resolve(List.of(left, right.stateIds())).get(TOPIC));
        var other = new HashMap<>(left);
        other.put(TOPIC, room.id("lost-too"));
        other.put(StateKey.JOIN_RULES, room.id("gone"));
        left.put(StateKey.JOIN_RULES, room.id("away"));
        var resolved = resolve(List.of(left, other));
        assertEquals(room.stateIds().size() - 1, resolved.size());
    }

    private TestRoom levels(String name, UserId sender, long depth, String users) {
        var branch = room.branch();
        put(
                branch,
                name,
                sender,
                "m.room.power_levels",
                "",
                depth,
                "{'users':{'@alice:a':100," + users + "}}");
        return branch;
    }

    private static Pdu put(
            TestRoom branch,
            String name,
            UserId sender,
            String type,
            String key,
            long depth,
            String content) {
        var event =
                branch.event(name, sender, type, key, json(content))
                        .with("depth", new JsonInteger(depth))
                        .build();
        branch.add(event);
        return event;
    }

    private static EventId id(TestRoom branch) {
        return branch.at(StateKey.POWER_LEVELS).eventId();
    }

    private Map<StateKey, EventId> resolve(TestRoom... branches) {
        return resolve(Arrays.stream(branches).map(TestRoom::stateIds).toList());
    }

    private Map<StateKey, EventId> resolve(List<Map<StateKey, EventId>> states) {
        EventSource source =
                id -> {
                    var event = room.events().get(id);
                    return event == null ? null : new JudgedPdu.Accepted(event);
                };
        return new StateResolution(new AuthRules((_, _, _) -> false))
                .resolve(RoomVersion.V1, states, source, new WalkedAuthChains(source));
    }
}
