package org.chancery.protocol.authrules;

import static org.chancery.protocol.TestRoom.ALICE;
import static org.chancery.protocol.TestRoom.BOB;
import static org.chancery.protocol.TestRoom.CAROL;
import static org.chancery.protocol.TestRoom.DAVE;
import static org.chancery.protocol.authrules.Verdicts.assertAllowed;
import static org.chancery.protocol.authrules.Verdicts.assertDenied;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.chancery.protocol.TestRoom;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthRulesTest {
    private final AuthRules rules = new AuthRules((_, _, _) -> false);

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_joined_user_sends_a_message(RoomVersion version) {
        var room = TestRoom.of(version).joined(BOB);

        assertAllowed(judge(room, room.message(BOB)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void there_is_no_room_without_its_create_event(RoomVersion version) {
        var room = TestRoom.of(version);
        var message = room.message(ALICE);

        var verdict = rules.judge(message, _ -> null);

        assertDenied(version == RoomVersion.V12 ? "2" : "2.4", verdict);
    }

    @Test
    void the_room_id_is_that_of_the_create_event() {
        var room = TestRoom.of(RoomVersion.V12);
        var message = room.next(ALICE, "m.room.message", null).with("room_id", "!other").build();

        assertDenied("2", judge(room, message));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_room_that_does_not_federate_is_for_its_own_server(RoomVersion version) {
        var room = TestRoom.created(version, "{'m.federate':false}").joined(ALICE);
        room.joinRule("public").joined(DAVE).joined(BOB);

        assertDenied(number(version, 4), judge(room, room.message(BOB)));
        assertDenied(number(version, 4), judge(room, room.member(BOB, BOB, "join")));
        assertAllowed(judge(room, room.message(DAVE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'m.federate':true}", "{'m.federate':'false'}", "{}"})
    void a_room_federates_unless_it_says_false(String content) {
        var room = TestRoom.created(RoomVersion.V11, content).joined(ALICE).joined(BOB);

        assertAllowed(judge(room, room.message(BOB)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void who_is_not_joined_sends_nothing(RoomVersion version) {
        var room = TestRoom.of(version).membership(CAROL, "invite");
        room.add(room.member(BOB, BOB, "leave"));

        assertDenied(number(version, 6), judge(room, room.message(BOB)));
        assertDenied(number(version, 6), judge(room, room.message(CAROL)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_third_party_invite_takes_the_invite_level_and_no_other(RoomVersion version) {
        var room = TestRoom.of(version).joined(BOB);
        var users = version == RoomVersion.V12 ? "" : "'@alice:a':100,";
        room.levels("{'invite':30,'state_default':90,'users':{" + users + "'@bob:b':30}}");
        assertAllowed(judge(room, invite(room)));

        room.levels("{'invite':31,'state_default':0,'users':{" + users + "'@bob:b':30}}");

        assertDenied(number(version, 7) + ".1", judge(room, invite(room)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void an_event_takes_the_level_of_its_type(RoomVersion version) {
        var room = TestRoom.of(version).joined(BOB);
        var users = version == RoomVersion.V12 ? "" : "'@alice:a':100,";
        room.levels("{'events':{'m.room.message':31},'users':{" + users + "'@bob:b':30}}");
        assertDenied(number(version, 8), judge(room, room.message(BOB)));
        assertDenied(number(version, 8), judge(room, topic(room)));

        room.levels(
                "{'events':{'m.room.message':30},'state_default':30,'users':{"
                        + users
                        + "'@bob:b':30}}");

        assertAllowed(judge(room, room.message(BOB)));
        assertAllowed(judge(room, topic(room)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void state_under_a_users_name_is_that_users(RoomVersion version) {
        var room = TestRoom.of(version);

        assertDenied(number(version, 9), judge(room, room.stateEvent(ALICE, "x", "@bob:b", "{}")));
        assertDenied(number(version, 9), judge(room, room.stateEvent(ALICE, "x", "@", "{}")));
        assertAllowed(judge(room, room.stateEvent(ALICE, "x", "@alice:a", "{}")));
        assertAllowed(judge(room, room.stateEvent(ALICE, "x", "bob", "{}")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void aliases_stand_under_the_senders_server_up_to_version_5(RoomVersion version) {
        var room = TestRoom.of(version);
        var keyless = room.next(BOB, "m.room.aliases", null).build();
        var foreign = room.stateEvent(BOB, "m.room.aliases", "a", "{}");
        var own = room.stateEvent(BOB, "m.room.aliases", "b", "{}");

        if (version.compareTo(RoomVersion.V5) <= 0) {
            assertDenied("4.1", judge(room, keyless));
            assertDenied("4.2", judge(room, foreign));
            assertAllowed(judge(room, own)); // Bob need not even be joined.
        } else {
            assertDenied(number(version, 6), judge(room, keyless));
            assertDenied(number(version, 6), judge(room, foreign));
            assertDenied(number(version, 6), judge(room, own));
        }
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void redactions_are_judged_in_versions_1_and_2_only(RoomVersion version) {
        var room = TestRoom.of(version).joined(BOB);
        var redaction = redaction(room, "$event:a", "$redaction:b");

        var verdict = judge(room, redaction);

        if (version.compareTo(RoomVersion.V2) <= 0) {
            assertDenied("11.3", verdict);
        } else {
            assertAllowed(verdict);
        }
    }

    @Test
    void event_ids_without_a_server_are_of_no_common_one() {
        var room = TestRoom.of(RoomVersion.V2).joined(BOB);

        assertDenied("11.3", judge(room, redaction(room, "$event", "$redaction")));
        assertDenied("11.3", judge(room, redaction(room, "event", "$redaction")));
        assertDenied("11.3", judge(room, redaction(room, "$event", "$redaction:b")));
    }

    @Test
    void a_server_redacts_events_of_its_own() {
        var room = TestRoom.of(RoomVersion.V1).joined(BOB);

        assertAllowed(judge(room, redaction(room, "$event:b", "$redaction:b")));
        assertDenied("11.3", judge(room, redaction(room, "$event", "$redaction:b")));
        assertDenied("11.3", judge(room, redaction(room, "event", "$redaction:b")));
    }

    @Test
    void a_moderator_redacts_events_of_every_server() {
        var room = TestRoom.of(RoomVersion.V2).joined(BOB);
        room.levels("{'redact':30,'users':{'@bob:b':30}}");
        assertAllowed(judge(room, redaction(room, "$event:a", "$redaction:b")));

        room.levels("{'redact':31,'users':{'@bob:b':30}}");

        assertDenied("11.3", judge(room, redaction(room, "$event:a", "$redaction:b")));
    }

    @Test
    void a_redaction_takes_effect_for_moderators_and_for_the_server_of_the_target() {
        var room = TestRoom.of(RoomVersion.V11).joined(BOB).joined(DAVE).joined(CAROL);
        var target = room.message(ALICE);
        room.levels("{'users':{'@bob:b':50,'@carol:c':49}}");
        var state = room.authState();

        assertTrue(RedactionRules.applies(redacting(room, BOB), target, state));
        assertTrue(RedactionRules.applies(redacting(room, DAVE), target, state));
        assertFalse(RedactionRules.applies(redacting(room, CAROL), target, state));
        assertTrue(RedactionRules.mayRedact(BOB, target, state));
        assertTrue(RedactionRules.mayRedact(ALICE, target, state));
        assertFalse(RedactionRules.mayRedact(DAVE, target, state));
        assertFalse(RedactionRules.mayRedact(CAROL, target, state));
    }

    @Test
    void a_redaction_takes_no_effect_in_another_room() {
        var room = TestRoom.of(RoomVersion.V11).joined(BOB);
        var foreign = room.next(ALICE, "m.room.message", null).with("room_id", "!other:a").build();

        assertFalse(RedactionRules.applies(redacting(room, ALICE), foreign, room.authState()));
    }

    @Test
    void in_versions_1_and_2_an_accepted_redaction_takes_effect() {
        var room = TestRoom.of(RoomVersion.V2).joined(BOB);
        var target = room.message(ALICE);

        assertTrue(RedactionRules.applies(redacting(room, BOB), target, room.authState()));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void an_event_that_passes_everywhere_is_accepted(RoomVersion version) {
        var room = TestRoom.of(version).joined(BOB);
        var message = room.message(BOB);

        var judged = receive(room, message, room, room);

        assertEquals(new JudgedPdu.Accepted(message), judged);
        assertFalse(judged.rejected());
    }

    @Test
    void an_event_with_wrong_auth_events_is_rejected() {
        var room = TestRoom.of(RoomVersion.V11).joined(BOB);
        var message = room.message(BOB);

        var judged =
                rules.receive(
                        message,
                        List.of(),
                        room.at(StateKey.CREATE),
                        room.authState(),
                        room.authState());

        assertEquals("2.4", assertInstanceOf(JudgedPdu.Rejected.class, judged).why().rule());
        assertTrue(judged.rejected());
        assertEquals(message, judged.pdu());
    }

    @Test
    void an_event_that_its_auth_events_do_not_allow_is_rejected() {
        var citing = TestRoom.of(RoomVersion.V12).membership(BOB, "ban");
        var room = TestRoom.of(RoomVersion.V12).joined(BOB);

        var judged = receive(citing, citing.message(BOB), room, room);

        assertEquals("6", assertInstanceOf(JudgedPdu.Rejected.class, judged).why().rule());
    }

    @Test
    void an_event_that_the_state_before_it_does_not_allow_is_rejected() {
        var citing = TestRoom.of(RoomVersion.V12).joined(BOB);
        var banned = TestRoom.of(RoomVersion.V12).membership(BOB, "ban");

        var judged = receive(citing, citing.message(BOB), banned, citing);

        assertEquals("6", assertInstanceOf(JudgedPdu.Rejected.class, judged).why().rule());
    }

    @Test
    void an_event_that_only_the_current_state_forbids_soft_fails() {
        var citing = TestRoom.of(RoomVersion.V12).joined(BOB);
        var banned = TestRoom.of(RoomVersion.V12).membership(BOB, "ban");

        var judged = receive(citing, citing.message(BOB), citing, banned);

        assertEquals("6", assertInstanceOf(JudgedPdu.SoftFailed.class, judged).why().rule());
        assertFalse(judged.rejected());
    }

    private JudgedPdu receive(TestRoom citing, Pdu event, TestRoom before, TestRoom current) {
        var authEvents =
                AuthEvents.in(citing.authState(), AuthEvents.select(event)).stream()
                        .map(JudgedPdu.Accepted::new)
                        .toList();
        return rules.receive(
                event,
                authEvents,
                citing.at(StateKey.CREATE),
                before.authState(),
                current.authState());
    }

    private Verdict judge(TestRoom room, Pdu event) {
        return rules.judge(event, room.authState());
    }

    private static Pdu invite(TestRoom room) {
        return room.stateEvent(BOB, "m.room.third_party_invite", "token", "{}");
    }

    private static Pdu topic(TestRoom room) {
        return room.stateEvent(BOB, "m.room.topic", "", "{}");
    }

    /// A redaction by Bob; the ID counts in room versions 1 and 2.
    private static Pdu redaction(TestRoom room, String redacts, String id) {
        var event = room.next(BOB, "m.room.redaction", null).with("redacts", redacts);
        return room.version().referencesCarryHashes() ? event.named(id).build() : event.build();
    }

    private static Pdu redacting(TestRoom room, UserId sender) {
        return room.next(sender, "m.room.redaction", null).build();
    }

    /// The number of a rule of version 12 from 4 to 9 in that version.
    private static String number(RoomVersion version, int rule) {
        if (version == RoomVersion.V12 || (version.compareTo(RoomVersion.V5) <= 0 && rule > 4)) {
            return Integer.toString(rule);
        }
        return Integer.toString(rule - 1);
    }
}
