package org.chancery.app.conversations;

import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.encoded;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.chancery.app.FrontDoor;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rooms replaced by such of another version ("Room Upgrades").
final class UpgradeTest {
    @TempDir private Path folder = Path.of("");
    private FrontDoor server;
    private FrontDoor.User alice;
    private FrontDoor.User bob;

    /// Made in [#start], before each test.
    @SuppressWarnings("NullAway.Init")
    UpgradeTest() {}

    @BeforeEach
    void start() throws Exception {
        server = new FrontDoor(folder);
        alice = server.user("alice");
        bob = server.user("bob");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_new_room_has_the_state_of_the_old_and_each_knows_the_other() throws Exception {
        String old =
                alice.room(
                        """
                        {"room_version":"10","preset":"public_chat","name":"Hall","topic":"Talk",
                        "room_alias_name":"hall","visibility":"public","invite":["%s"],
                        "creation_content":{"type":"org.example.hall"},
                        "power_level_content_override":{"users":{"%s":100,"%s":50}}}"""
                                .formatted(bob.id, alice.id, bob.id)
                                .replace("\n", ""));
        FrontDoor.User carol = server.user("carol");
        alice.post(rooms(old) + "/ban", "{\"user_id\":\"" + carol.id + "\"}").ok();

        String fresh = upgrade(alice, old, "11");

        assertEquals(fresh, state(alice, old, "m.room.tombstone", "replacement_room"));
        JsonObject create = state(alice, fresh, "m.room.create");
        assertEquals("11", create.string("room_version").orElseThrow());
        assertEquals("org.example.hall", create.string("type").orElseThrow());
        JsonObject predecessor = create.object("predecessor").orElseThrow();
        assertEquals(old, predecessor.string("room_id").orElseThrow());
        alice.get(rooms(old) + "/event/" + encoded(predecessor.string("event_id").get())).ok();
        assertEquals("Hall", state(alice, fresh, "m.room.name", "name"));
        assertEquals("Talk", state(alice, fresh, "m.room.topic", "topic"));
        assertEquals("public", state(alice, fresh, "m.room.join_rules", "join_rule"));
        assertEquals("#hall:localhost", state(alice, fresh, "m.room.canonical_alias", "alias"));
        assertFalse(state(alice, old, "m.room.canonical_alias").has("alias"));
        assertEquals(
                50,
                state(alice, fresh, "m.room.power_levels")
                        .object("users")
                        .get()
                        .integer(bob.id)
                        .orElseThrow());
        carol.post(rooms(fresh) + "/join", "{}").refused(403, "M_FORBIDDEN");
    }

    @Test
    void aliases_and_the_place_in_the_list_move() throws Exception {
        String old =
                alice.room(
                        "{\"preset\":\"public_chat\",\"room_alias_name\":\"hall\","
                                + "\"visibility\":\"public\",\"room_version\":\"11\"}");

        String fresh = upgrade(alice, old, "12");

        String alias = CLIENT + "/directory/room/" + encoded("#hall:localhost");
        assertEquals(fresh, alice.get(alias).ok().text("room_id"));
        String listed = CLIENT + "/directory/list/room/";
        assertEquals("public", alice.get(listed + encoded(fresh)).ok().text("visibility"));
        assertEquals("private", alice.get(listed + encoded(old)).ok().text("visibility"));
    }

    @Test
    void the_old_room_falls_silent() throws Exception {
        String old = alice.room("{\"preset\":\"public_chat\",\"room_version\":\"11\"}");
        bob.post(rooms(old) + "/join", "{}").ok();
        bob.say(old, "still possible");

        upgrade(alice, old, "12");

        bob.put(rooms(old) + "/send/m.room.message/1", "{\"msgtype\":\"m.text\",\"body\":\"\"}")
                .refused(403, "M_FORBIDDEN");
        assertEquals(50, state(alice, old, "m.room.power_levels").integer("invite").orElseThrow());
    }

    @Test
    void creators_stand_in_the_levels_only_of_versions_that_know_no_privileged_ones()
            throws Exception {
        String old = alice.room("{\"room_version\":\"11\"}");
        String fresh =
                upgrade(alice, old, "12\",\"additional_creators\":[\"" + bob.id + "\"],\"x\":\"");
        JsonObject levels = state(alice, fresh, "m.room.power_levels");
        assertFalse(levels.object("users").orElseThrow().has(alice.id));
        assertEquals(
                List.of(bob.id),
                state(alice, fresh, "m.room.create")
                        .array("additional_creators")
                        .orElseThrow()
                        .strings());

        String older = upgrade(alice, fresh, "11");
        JsonObject users = state(alice, older, "m.room.power_levels").object("users").get();
        assertEquals(100, users.integer(alice.id).orElseThrow());
        assertEquals(100, users.integer(bob.id).orElseThrow());
    }

    @Test
    void a_space_keeps_its_rooms() throws Exception {
        String space =
                alice.room("{\"room_version\":\"11\",\"creation_content\":{\"type\":\"m.space\"}}");
        String child = alice.room("{}");
        alice.put(
                        rooms(space) + "/state/m.space.child/" + encoded(child),
                        "{\"via\":[\"localhost\"]}")
                .ok();

        String fresh = upgrade(alice, space, "12");

        alice.get(rooms(fresh) + "/state/m.space.child/" + encoded(child)).ok();
        assertTrue(state(alice, fresh, "m.room.create").string("type").isPresent());
    }

    @Test
    void only_who_may_send_the_tombstone_upgrades() throws Exception {
        String room = alice.room("{\"preset\":\"public_chat\",\"room_version\":\"11\"}");
        String body = "{\"new_version\":\"12\"}";
        bob.post(rooms(room) + "/upgrade", body).refused(403, "M_FORBIDDEN");
        bob.post(rooms(room) + "/join", "{}").ok();

        bob.post(rooms(room) + "/upgrade", body).refused(403, "M_FORBIDDEN");
        alice.post(rooms(room) + "/upgrade", "{\"new_version\":\"nope\"}")
                .refused(400, "M_UNSUPPORTED_ROOM_VERSION");
        alice.get(rooms(room) + "/state/m.room.tombstone").refused(404, "M_NOT_FOUND");
    }

    private static String upgrade(FrontDoor.User user, String room, String version)
            throws Exception {
        return user.post(rooms(room) + "/upgrade", "{\"new_version\":\"" + version + "\"}")
                .ok()
                .text("replacement_room");
    }

    private static JsonObject state(FrontDoor.User user, String room, String type)
            throws Exception {
        return user.get(rooms(room) + "/state/" + type).ok().json();
    }

    private static String state(FrontDoor.User user, String room, String type, String name)
            throws Exception {
        return state(user, room, type).string(name).orElseThrow();
    }
}
