package org.chancery.protocol.authrules;

import static org.chancery.protocol.TestRoom.ALICE;
import static org.chancery.protocol.TestRoom.BOB;
import static org.chancery.protocol.authrules.Verdicts.assertAllowed;
import static org.chancery.protocol.authrules.Verdicts.assertDenied;

import java.util.ArrayList;
import java.util.List;
import org.chancery.protocol.TestRoom;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuthEventRulesTest {
    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void the_selected_events_are_the_right_ones(RoomVersion version) {
        var room = TestRoom.of(version);
        var message = room.message(ALICE);

        assertAllowed(check(message, cited(room, message)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_create_event_is_not_asked(RoomVersion version) {
        var room = TestRoom.created(version, "{}");

        assertAllowed(check(room.at(StateKey.CREATE), List.of()));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void two_entries_of_one_kind_are_denied(RoomVersion version) {
        var room = TestRoom.of(version);
        var message = room.message(ALICE);
        var cited = cited(room, message);
        cited.add(accepted(room.levels("{}").at(StateKey.POWER_LEVELS)));

        assertDenied(number(version, 1), check(message, cited));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void entries_that_the_selection_does_not_have_are_denied(RoomVersion version) {
        var room = TestRoom.of(version).joined(BOB);
        var message = room.message(ALICE);
        var foreign = cited(room, message);
        foreign.add(accepted(room.at(StateKey.member(BOB))));
        var stateless = cited(room, message);
        stateless.add(accepted(room.message(BOB)));

        assertDenied(number(version, 2), check(message, foreign));
        assertDenied(number(version, 2), check(message, stateless));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void rejected_entries_are_denied(RoomVersion version) {
        var room = TestRoom.of(version);
        var message = room.message(ALICE);
        var cited = cited(room, message);
        var why = new Verdict.Denied("5", "in a test");
        cited.set(0, new JudgedPdu.Rejected(cited.getFirst().pdu(), why));

        assertDenied(number(version, 3), check(message, cited));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void soft_failed_entries_count(RoomVersion version) {
        var room = TestRoom.of(version);
        var message = room.message(ALICE);
        var cited = cited(room, message);
        var why = new Verdict.Denied("5", "in a test");
        cited.set(0, new JudgedPdu.SoftFailed(cited.getFirst().pdu(), why));

        assertAllowed(check(message, cited));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void the_create_event_is_cited_before_version_12_and_never_since(RoomVersion version) {
        var room = TestRoom.of(version);
        var message = room.message(ALICE);
        var cited = cited(room, message);
        cited.removeIf(entry -> entry.pdu().type().equals("m.room.create"));
        var without = check(message, cited);
        cited.add(accepted(room.at(StateKey.CREATE)));
        var with = check(message, cited);

        if (version == RoomVersion.V12) {
            assertAllowed(without);
            assertDenied("3.2", with);
        } else {
            assertDenied("2.4", without);
            assertAllowed(with);
        }
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void entries_of_another_room_are_denied(RoomVersion version) {
        var room = TestRoom.of(version);
        var message = room.message(ALICE);
        var cited = cited(room, message);
        var levels =
                room.next(ALICE, "m.room.power_levels", "")
                        .content("{}")
                        .with("room_id", "!other:a")
                        .build();
        cited.replaceAll(
                entry ->
                        entry.pdu().type().equals("m.room.power_levels")
                                ? accepted(levels)
                                : entry);

        assertDenied(number(version, 5), check(message, cited));
    }

    private static List<JudgedPdu> cited(TestRoom room, Pdu event) {
        var cited = new ArrayList<JudgedPdu>();
        for (var auth : AuthEvents.in(room.authState(), AuthEvents.select(event))) {
            cited.add(accepted(auth));
        }
        return cited;
    }

    private static JudgedPdu accepted(Pdu event) {
        return new JudgedPdu.Accepted(event);
    }

    private static Verdict check(Pdu event, List<JudgedPdu> cited) {
        return new AuthRules((_, _, _) -> false).checkAuthEvents(event, cited);
    }

    private static String number(RoomVersion version, int rule) {
        return (version == RoomVersion.V12 ? "3." : "2.") + rule;
    }
}
