package org.chancery.protocol.authrules;

import static org.chancery.protocol.TestRoom.ALICE;
import static org.chancery.protocol.TestRoom.BOB;
import static org.chancery.protocol.TestRoom.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.chancery.protocol.TestRoom;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PowerLevelsTest {
    private static final UserId ERIN = UserId.parse("@erin:e");

    @ParameterizedTest
    @EnumSource(value = RoomVersion.class, names = "V12", mode = EnumSource.Mode.EXCLUDE)
    void without_an_event_the_creator_has_100_and_all_else_its_default(RoomVersion version) {
        var levels = levels(TestRoom.created(version, "{}"));

        assertEquals(100, levels.of(ALICE));
        assertEquals(0, levels.of(BOB));
        assertEquals(50, levels.required("m.room.name", true));
        assertEquals(0, levels.required("m.room.message", false));
        assertEquals(50, levels.ban());
        assertEquals(50, levels.kick());
        assertEquals(50, levels.redact());
        assertEquals(0, levels.invite());
        assertEquals(50, levels.notification("room"));
        assertEquals(0, levels.usersDefault());
    }

    @Test
    void without_a_create_event_nobody_is_above_the_default() {
        var levels = PowerLevels.of(RoomVersion.V11, null, null);

        assertEquals(0, levels.of(ALICE));
    }

    @Test
    void what_the_event_says_replaces_the_defaults() {
        var room =
                TestRoom.of(RoomVersion.V11)
                        .levels(
                                """
                                {'users':{'@bob:b':30},'users_default':1,'events':{'m.room.name':2},
                                'events_default':3,'state_default':4,'ban':5,'kick':6,'redact':7,
                                'invite':8,'notifications':{'room':9}}""");

        var levels = levels(room);

        assertEquals(30, levels.of(BOB));
        assertEquals(1, levels.of(ALICE)); // The creator has no right to more any longer.
        assertEquals(2, levels.required("m.room.name", true));
        assertEquals(3, levels.required("m.room.message", false));
        assertEquals(4, levels.required("m.room.topic", true));
        assertEquals(5, levels.ban());
        assertEquals(6, levels.kick());
        assertEquals(7, levels.redact());
        assertEquals(8, levels.invite());
        assertEquals(9, levels.notification("room"));
        assertEquals(1, levels.usersDefault());
        assertEquals(Map.of(BOB, 30L), levels.users());
    }

    @Test
    void the_creator_of_old_rooms_stands_in_the_content() {
        var room = TestRoom.created(RoomVersion.V10, "{'creator':'@bob:b'}");

        var levels = levels(room);

        assertEquals(100, levels.of(BOB));
        assertEquals(0, levels.of(ALICE));
    }

    @Test
    void a_creator_that_is_no_user_gives_nobody_power() {
        var room = TestRoom.created(RoomVersion.V1, "{'creator':'nobody'}");

        assertEquals(Set.of(), RoomCreators.of(room.at(StateKey.CREATE)));
    }

    @Test
    void creators_of_version_12_stand_above_every_level() {
        var room =
                TestRoom.created(RoomVersion.V12, "{'additional_creators':['@bob:b','@carol:c']}")
                        .levels("{'users':{'@erin:e':9007199254740991}}");

        var levels = levels(room);

        assertEquals(PowerLevels.CREATOR, levels.of(ALICE));
        assertEquals(PowerLevels.CREATOR, levels.of(BOB));
        assertEquals(PowerLevels.CREATOR, levels.of(CAROL));
        assertTrue(levels.of(ERIN) < levels.of(ALICE));
        assertEquals(Set.of(ALICE, BOB, CAROL), RoomCreators.of(room.at(StateKey.CREATE)));
    }

    @Test
    void creators_of_version_12_stand_there_without_power_levels_too() {
        var levels = levels(TestRoom.created(RoomVersion.V12, "{}"));

        assertEquals(PowerLevels.CREATOR, levels.of(ALICE));
        assertEquals(0, levels.of(BOB));
    }

    @Test
    void additional_creators_that_are_no_list_add_nobody() {
        var room = TestRoom.created(RoomVersion.V12, "{'additional_creators':'@bob:b'}");

        assertEquals(Set.of(ALICE), RoomCreators.of(room.at(StateKey.CREATE)));
    }

    @Test
    void additional_creators_mean_nothing_before_version_12() {
        var room = TestRoom.created(RoomVersion.V11, "{'additional_creators':['@bob:b']}");

        assertEquals(Set.of(ALICE), RoomCreators.of(room.at(StateKey.CREATE)));
    }

    @Test
    void the_creator_of_version_11_is_the_sender() {
        var room = TestRoom.created(RoomVersion.V11, "{'creator':'@bob:b'}");

        assertEquals(Set.of(ALICE), RoomCreators.of(room.at(StateKey.CREATE)));
    }

    @Test
    void values_that_are_no_levels_count_as_absent() {
        var room =
                TestRoom.of(RoomVersion.V11)
                        .levels("{'ban':'x','events':7,'users':{'nobody':3,'@bob:b':'many'}}");

        var levels = levels(room);

        assertEquals(50, levels.ban());
        assertEquals(0, levels.of(BOB));
        assertEquals(50, levels.required("m.room.name", true));
        assertEquals(Map.of(), levels.users());
    }

    @Test
    void old_rooms_write_levels_as_text() {
        var room = TestRoom.of(RoomVersion.V9).levels("{'users':{'@bob:b':' 30'},'ban':'40'}");

        var levels = levels(room);

        assertEquals(30, levels.of(BOB));
        assertEquals(40, levels.ban());
    }

    @Test
    void a_state_parses_its_power_levels_once() {
        var events = TestRoom.of(RoomVersion.V11).state();
        AuthState forgetful = events::get;

        var state = new AuthState.Cached(forgetful);

        assertSame(state.powerLevels(RoomVersion.V11), state.powerLevels(RoomVersion.V11));
        assertNotSame(
                forgetful.powerLevels(RoomVersion.V11), forgetful.powerLevels(RoomVersion.V11));
    }

    private static PowerLevels levels(TestRoom room) {
        return room.authState().powerLevels(room.version());
    }
}
