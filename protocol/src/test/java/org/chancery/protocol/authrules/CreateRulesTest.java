package org.chancery.protocol.authrules;

import static org.chancery.protocol.TestRoom.ALICE;
import static org.chancery.protocol.TestRoom.json;
import static org.chancery.protocol.authrules.Verdicts.assertAllowed;
import static org.chancery.protocol.authrules.Verdicts.assertDenied;

import org.chancery.protocol.TestRoom;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateRulesTest {
    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_create_event_as_servers_make_it_is_allowed(RoomVersion version) {
        assertAllowed(judge(TestRoom.empty(version).create("{}")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_create_event_has_no_previous_events(RoomVersion version) {
        var room = TestRoom.empty(version);
        var event = create(room, room.create("{}").content()).prev(room.id("before")).build();

        assertDenied("1.1", judge(event));
    }

    @ParameterizedTest
    @EnumSource(value = RoomVersion.class, names = "V12", mode = EnumSource.Mode.EXCLUDE)
    void the_room_id_is_of_the_senders_server(RoomVersion version) {
        var room = TestRoom.empty(version);
        var content = room.create("{}").content();

        assertDenied("1.2", judge(create(room, content).with("room_id", "!room:b").build()));
        assertDenied("1.2", judge(create(room, content).with("room_id", "!room").build()));
    }

    @Test
    void since_version_12_a_create_event_has_no_room_id() {
        var room = TestRoom.empty(RoomVersion.V12);
        var event = create(room, JsonObject.EMPTY).with("room_id", "!create").build();

        assertDenied("1.2", judge(event));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void the_room_version_must_be_known_if_it_is_given(RoomVersion version) {
        var room = TestRoom.empty(version);
        var creator = json("{'creator':'@alice:a'}");

        assertAllowed(judge(create(room, creator).build()));
        assertDenied("1.3", judge(room.create("{'room_version':'13'}")));
        assertDenied("1.3", judge(room.create("{'room_version':1}")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void the_creator_is_named_up_to_version_10(RoomVersion version) {
        var room = TestRoom.empty(version);
        var verdict = judge(create(room, JsonObject.EMPTY).build());

        if (version.compareTo(RoomVersion.V10) <= 0) {
            assertDenied("1.4", verdict);
        } else {
            assertAllowed(verdict);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'@bob:b'", "{}", "['@bob:b',7]", "['@bob:b','bob']", "null"})
    void since_version_12_additional_creators_are_a_list_of_user_ids(String creators) {
        var content = "{'additional_creators':" + creators + "}";

        assertDenied("1.4", judge(TestRoom.empty(RoomVersion.V12).create(content)));
        assertAllowed(judge(TestRoom.empty(RoomVersion.V11).create(content)));
    }

    @Test
    void users_may_be_additional_creators() {
        var room = TestRoom.empty(RoomVersion.V12);

        assertAllowed(judge(room.create("{'additional_creators':['@bob:b','@carol:c']}")));
        assertAllowed(judge(room.create("{'additional_creators':[]}")));
    }

    private static TestRoom.Event create(TestRoom room, JsonObject content) {
        return room.event("create", ALICE, "m.room.create", "", content).prev().auth();
    }

    private static Verdict judge(Pdu event) {
        return new AuthRules((_, _, _) -> false).judge(event, _ -> null);
    }
}
