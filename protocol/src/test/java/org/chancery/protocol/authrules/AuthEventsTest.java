package org.chancery.protocol.authrules;

import static org.chancery.protocol.TestRoom.ALICE;
import static org.chancery.protocol.TestRoom.BOB;
import static org.chancery.protocol.TestRoom.CAROL;
import static org.chancery.protocol.TestRoom.json;
import static org.chancery.protocol.event.StateKey.CREATE;
import static org.chancery.protocol.event.StateKey.JOIN_RULES;
import static org.chancery.protocol.event.StateKey.POWER_LEVELS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.chancery.protocol.TestRoom;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AuthEventsTest {
    private static final StateKey SENDER = StateKey.member(ALICE);
    private static final StateKey TARGET = StateKey.member(BOB);

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_create_event_cites_nothing(RoomVersion version) {
        assertEquals(List.of(), AuthEvents.select(version, ALICE, "m.room.create", "", json("{}")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_message_cites_levels_and_the_senders_membership(RoomVersion version) {
        var selection = AuthEvents.select(version, ALICE, "m.room.message", null, json("{}"));

        assertEquals(with(version, POWER_LEVELS, SENDER), selection);
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void other_state_cites_no_more_even_if_its_content_looks_like_a_join(RoomVersion version) {
        var content = json("{'membership':'join'}");

        var selection = AuthEvents.select(version, ALICE, "m.room.topic", "@bob:b", content);
        var keyless = AuthEvents.select(version, ALICE, "m.room.member", null, content);

        assertEquals(with(version, POWER_LEVELS, SENDER), selection);
        assertEquals(with(version, POWER_LEVELS, SENDER), keyless);
    }

    @ParameterizedTest
    @CsvSource({"join, true", "invite, true", "knock, true", "leave, false", "ban, false"})
    void a_member_event_cites_the_target_and_perhaps_the_join_rules(
            String membership, boolean joinRules) {
        var selection = member(RoomVersion.V12, "{'membership':'" + membership + "'}");

        assertEquals(
                joinRules
                        ? List.of(POWER_LEVELS, SENDER, TARGET, JOIN_RULES)
                        : List.of(POWER_LEVELS, SENDER, TARGET),
                selection);
    }

    @Test
    void the_sender_that_is_the_target_is_cited_once() {
        var selection =
                AuthEvents.select(
                        RoomVersion.V11,
                        ALICE,
                        "m.room.member",
                        "@alice:a",
                        json("{'membership':'join'}"));

        assertEquals(List.of(CREATE, POWER_LEVELS, SENDER, JOIN_RULES), selection);
    }

    @Test
    void an_invite_cites_the_third_party_invite_it_takes_up() {
        var signed = "'third_party_invite':{'signed':{'token':'t'}}";

        assertEquals(
                List.of(
                        POWER_LEVELS,
                        SENDER,
                        TARGET,
                        JOIN_RULES,
                        new StateKey("m.room.third_party_invite", "t")),
                member(RoomVersion.V12, "{'membership':'invite'," + signed + "}"));
        assertEquals(
                List.of(POWER_LEVELS, SENDER, TARGET, JOIN_RULES),
                member(RoomVersion.V12, "{'membership':'join'," + signed + "}"));
        assertEquals(
                List.of(POWER_LEVELS, SENDER, TARGET, JOIN_RULES),
                member(RoomVersion.V12, "{'membership':'invite','third_party_invite':{}}"));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_join_cites_who_lets_the_user_in_since_version_8(RoomVersion version) {
        var selection =
                member(
                        version,
                        "{'membership':'join','join_authorised_via_users_server':'@carol:c'}");

        var expected = with(version, POWER_LEVELS, SENDER, TARGET, JOIN_RULES);
        if (version.restrictedJoins()) {
            expected.add(StateKey.member(CAROL));
        }
        assertEquals(expected, selection);
    }

    @Test
    void only_a_join_cites_who_lets_the_user_in() {
        var content = "{'membership':'invite','join_authorised_via_users_server':'@carol:c'}";

        assertEquals(
                List.of(POWER_LEVELS, SENDER, TARGET, JOIN_RULES),
                member(RoomVersion.V12, content));
    }

    @Test
    void of_the_selection_the_room_gives_what_it_has() {
        var room = TestRoom.created(RoomVersion.V11, "{}").joined(ALICE);
        var message = room.message(ALICE);

        var events = AuthEvents.in(room.authState(), AuthEvents.select(message));

        assertEquals(List.of(room.at(CREATE), room.at(SENDER)), events);
    }

    private static List<StateKey> member(RoomVersion version, String content) {
        return AuthEvents.select(version, ALICE, "m.room.member", "@bob:b", json(content));
    }

    private static List<StateKey> with(RoomVersion version, StateKey... keys) {
        var all = new ArrayList<StateKey>();
        if (version != RoomVersion.V12) {
            all.add(CREATE);
        }
        all.addAll(List.of(keys));
        return all;
    }
}
