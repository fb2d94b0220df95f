package org.chancery.protocol.stateres;

import static org.chancery.protocol.TestRoom.ALICE;
import static org.chancery.protocol.TestRoom.BOB;
import static org.chancery.protocol.TestRoom.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.chancery.protocol.TestRoom;
import org.chancery.protocol.authrules.AuthRules;
import org.chancery.protocol.authrules.JudgedPdu;
import org.chancery.protocol.authrules.PowerLevels;
import org.chancery.protocol.authrules.Verdict;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResolvedRoomTest {
    private final Map<EventId, JudgedPdu> events = new HashMap<>();
    private final AtomicInteger fetches = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void an_events_own_auth_events_fill_what_the_state_lacks(RoomVersion version) {
        var room = TestRoom.of(version).membership(BOB, "invite");
        var join = room.member(BOB, BOB, "join");
        var resolved = resolved(room);

        assertTrue(resolved.allows(join, Map.of(), true));
        assertFalse(resolved.allows(join, Map.of(), false));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void what_the_state_has_goes_before_the_auth_events(RoomVersion version) {
        var room = TestRoom.of(version).membership(BOB, "invite");
        var join = room.member(BOB, BOB, "join");
        var ban = room.member(ALICE, BOB, "ban");
        room.add(ban);

        var state = Map.of(StateKey.member(BOB), ban.eventId());

        assertFalse(resolved(room).allows(join, state, true));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void rejected_auth_events_fill_nothing(RoomVersion version) {
        var room = TestRoom.of(version).membership(BOB, "invite");
        var join = room.member(BOB, BOB, "join");
        var resolved = resolved(room);
        var invite = room.at(StateKey.member(BOB));
        reject(invite);

        assertFalse(resolved.allows(join, Map.of(), true));
        assertEquals(invite, resolved.event(invite.eventId()));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void the_orders_see_rejected_auth_events(RoomVersion version) {
        var room = TestRoom.of(version).joined(BOB).levels("{'users':{'@bob:b':7}}");
        var message = room.message(BOB);
        var resolved = resolved(room);
        reject(room.at(StateKey.POWER_LEVELS));

        assertEquals(7, resolved.senderLevel(message));
        assertEquals(
                room.at(StateKey.POWER_LEVELS), resolved.authEvent(message, StateKey.POWER_LEVELS));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void an_auth_event_is_found_by_its_type_and_key(RoomVersion version) {
        var room = TestRoom.of(version).joined(BOB);
        var kick = room.member(ALICE, BOB, "leave");
        var resolved = resolved(room);

        assertEquals(room.at(StateKey.CREATE), resolved.authEvent(kick, StateKey.CREATE));
        assertEquals(
                room.at(StateKey.member(ALICE)), resolved.authEvent(kick, StateKey.member(ALICE)));
        assertEquals(room.at(StateKey.member(BOB)), resolved.authEvent(kick, StateKey.member(BOB)));
        assertNull(resolved.authEvent(kick, StateKey.member(CAROL)));
        assertNull(resolved.authEvent(kick, new StateKey("m.room.power_levels", "x")));
    }

    @Test
    void a_rejected_create_event_makes_no_room() {
        var room = TestRoom.of(RoomVersion.V12);
        var message = room.message(ALICE);
        var resolved = resolved(room);
        reject(room.at(StateKey.CREATE));

        assertFalse(resolved.allows(message, Map.of(), true));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void the_senders_level_is_that_of_its_auth_events(RoomVersion version) {
        var room = TestRoom.created(version, "{}").joined(ALICE);
        var early = room.message(ALICE);
        room.levels("{'users':{'@bob:b':7},'users_default':3}").joined(BOB);

        var resolved = resolved(room);

        boolean infinite = version.creatorsPrivileged();
        assertEquals(infinite ? PowerLevels.CREATOR : 100, resolved.senderLevel(early));
        assertEquals(infinite ? PowerLevels.CREATOR : 3, resolved.senderLevel(room.message(ALICE)));
        assertEquals(7, resolved.senderLevel(room.message(BOB)));
        assertEquals(
                infinite ? PowerLevels.CREATOR : 0, resolved.senderLevel(room.at(StateKey.CREATE)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void an_auth_event_that_is_not_known_is_passed_over(RoomVersion version) {
        var room = TestRoom.of(version);
        var levels = room.at(StateKey.POWER_LEVELS);
        var topic =
                room.next(ALICE, "m.room.topic", "")
                        .auth(room.id("lost"), levels.eventId())
                        .build();

        assertEquals(levels, resolved(room).authEvent(topic, StateKey.POWER_LEVELS));
    }

    @Test
    void an_event_is_fetched_once() {
        var room = TestRoom.of(RoomVersion.V11);
        var resolved = resolved(room);
        var lost = room.id("lost");

        for (int i = 0; i < 3; i++) {
            assertNull(resolved.event(lost));
            assertEquals(
                    room.at(StateKey.CREATE), resolved.event(room.at(StateKey.CREATE).eventId()));
        }

        assertEquals(2, fetches.get());
    }

    private ResolvedRoom resolved(TestRoom room) {
        room.events().forEach((id, event) -> events.put(id, new JudgedPdu.Accepted(event)));
        return new ResolvedRoom(
                new AuthRules((_, _, _) -> false),
                room.version(),
                id -> {
                    fetches.incrementAndGet();
                    return events.get(id);
                });
    }

    private void reject(Pdu event) {
        events.put(
                event.eventId(),
                new JudgedPdu.Rejected(event, new Verdict.Denied("5", "in a test")));
    }
}
