package org.chancery.app;

import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.encoded;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Record rooms as clients see them, on a server that makes other rooms with version 11.
class RecordRoomTest {
    private static final String WORK =
            """
            {"name":"The case","preset":"private_chat","invite":["%s"],"is_direct":true,
             "initial_state":[{"type":"org.chancery.room_class","state_key":"",
             "content":{"class":"work"}}]}\
            """;
    private static final String MEGOLM =
            """
            {"algorithm":"m.megolm.v1.aes-sha2","ciphertext":"AwgA","session_id":"abc",
             "device_id":"X","sender_key":"Y"}\
            """;
    private static final String DESK = "/_chancery/admin/v1/record_rooms";

    @TempDir Path data;
    private FrontDoor server;
    private FrontDoor.User root;
    private FrontDoor.User alice;
    private FrontDoor.User bob;

    @BeforeEach
    void open() throws Exception {
        server = opened();
        root = Ceremony.administrator(server, data);
        alice = server.user("alice");
        bob = server.user("bob");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private FrontDoor opened() throws Exception {
        return new FrontDoor(data, "--server-name", "hs1", "--default-room-version", "11");
    }

    @Test
    void without_stock_a_record_room_is_refused_with_a_reason_and_a_chat_is_made()
            throws Exception {
        FrontDoor.Answer refused = alice.post(CLIENT + "/createRoom", WORK.formatted(bob.id));

        refused.refused(403, "M_FORBIDDEN");
        assertTrue(refused.text("error").contains("ceremony"), refused.toString());
        assertEquals(List.of(), joined(alice));
        alice.room("{\"initial_state\":[]}");
    }

    @Test
    void any_client_makes_one_with_create_room_and_sees_its_archive() throws Exception {
        Ceremony.hold(root, new ServerName("hs1"), 3);

        String room = alice.room(WORK.formatted(bob.id));
        bob.post(rooms(room) + "/join", "{}").ok();

        String archive = archive(room);
        assertEquals("12", state(room, "m.room.create").string("room_version").orElseThrow());
        assertEquals("work", state(room, "org.chancery.room_class").string("class").orElseThrow());
        JsonObject encryption = state(room, "m.room.encryption");
        assertEquals(86_400_000, encryption.integer("rotation_period_ms").orElseThrow());
        assertEquals(
                Set.of("@_chancery-records:hs1", archive),
                new TreeSet<>(
                        state(room, "io.element.functional_members")
                                .array("service_members")
                                .orElseThrow()
                                .strings()));
        assertEquals(
                Set.of("@_chancery-records:hs1", "@alice:hs1", "@bob:hs1", archive),
                new TreeSet<>(
                        alice.get(rooms(room) + "/joined_members")
                                .ok()
                                .json()
                                .object("joined")
                                .orElseThrow()
                                .names()));
        JsonObject keys = keys(archive);
        assertEquals(1, devices(keys, archive).size());
        JsonObject device = (JsonObject) devices(keys, archive).entries().getFirst().value();
        assertEquals(
                2,
                device.object("signatures").flatMap(it -> it.object(archive)).orElseThrow().size(),
                "signed by itself and cross-signed");
        assertTrue(keys.object("master_keys").orElseThrow().has(archive));
        assertTrue(keys.object("self_signing_keys").orElseThrow().has(archive));
    }

    @Test
    void the_fallback_key_is_given_out_for_ever() throws Exception {
        Ceremony.hold(root, new ServerName("hs1"), 3);
        String archive = archive(alice.room(WORK.formatted(bob.id)));
        String device = devices(keys(archive), archive).names().getFirst();
        String claim =
                "{\"one_time_keys\":{\"%s\":{\"%s\":\"signed_curve25519\"}}}"
                        .formatted(archive, device);

        JsonObject first = alice.post(CLIENT + "/keys/claim", claim).ok().json();
        JsonObject second = bob.post(CLIENT + "/keys/claim", claim).ok().json();

        assertEquals(first, second);
        assertTrue(first.toString().contains("\"fallback\":true"), first.toString());
    }

    @Test
    void only_encrypted_messages_enter_and_the_reason_is_told() throws Exception {
        Ceremony.hold(root, new ServerName("hs1"), 3);
        String room = alice.room(WORK.formatted(bob.id));

        FrontDoor.Answer clear =
                alice.put(
                        rooms(room) + "/send/m.room.message/1",
                        "{\"msgtype\":\"m.text\",\"body\":\"in clear\"}");
        alice.put(rooms(room) + "/send/m.room.encrypted/2", MEGOLM).ok();

        clear.refused(403, "M_FORBIDDEN");
        assertTrue(clear.text("error").contains("encrypted"), clear.toString());
        alice.put(rooms(room) + "/state/m.room.encryption", "{}").refused(403, "M_FORBIDDEN");
        alice.put(rooms(room) + "/state/m.room.topic", "{\"topic\":\"The case\"}").ok();
        alice.post(rooms(room) + "/kick", "{\"user_id\":\"" + archive(room) + "\"}")
                .refused(403, "M_FORBIDDEN");
    }

    @Test
    void who_asked_keeps_order_and_nobody_touches_the_archive() throws Exception {
        Ceremony.hold(root, new ServerName("hs1"), 3);
        FrontDoor.User carol = server.user("carol");
        String room = alice.room(WORK.formatted(bob.id));
        bob.post(rooms(room) + "/join", "{}").ok();
        bob.post(rooms(room) + "/invite", who(carol.id)).ok();
        carol.post(rooms(room) + "/join", "{}").ok();
        String archive = archive(room);
        String said =
                carol.put(rooms(room) + "/send/m.room.encrypted/1", MEGOLM).ok().text("event_id");
        JsonObject levels = state(room, "m.room.power_levels");
        JsonObject users = levels.object("users").orElseThrow();
        JsonObject withBob = levels.with("users", users.with(bob.id, 50));
        bob.post(rooms(room) + "/kick", who(carol.id)).refused(403, "M_FORBIDDEN");
        set(bob, room, "m.room.power_levels", withBob).refused(403, "M_FORBIDDEN");

        set(alice, room, "m.room.power_levels", withBob).ok();

        for (FrontDoor.User by : List.of(alice, bob, carol)) {
            for (String act : List.of("kick", "ban", "invite")) {
                for (String target : List.of(archive, "@_chancery-records:hs1")) {
                    by.post(rooms(room) + "/" + act, who(target)).refused(403, "M_FORBIDDEN");
                }
            }
            for (String type :
                    List.of(
                            "m.room.encryption",
                            "m.room.history_visibility",
                            "m.room.join_rules",
                            "m.room.tombstone",
                            "m.room.server_acl",
                            "m.room.guest_access",
                            "org.chancery.room_class",
                            "org.chancery.case_notice",
                            "io.element.functional_members")) {
                JsonObject content = JsonObject.of("algorithm", "m.megolm.v1.aes-sha2");
                set(by, room, type, content).refused(403, "M_FORBIDDEN");
            }
            for (JsonObject wrong :
                    List.of(
                            withBob.with("users", users.with(archive, 0)),
                            withBob.with("users", users.without(archive)),
                            withBob.with("users", users.with(by.id, 100)),
                            withBob.with("kick", 0),
                            withBob.with("redact", 0),
                            withBob.with("state_default", 0))) {
                set(by, room, "m.room.power_levels", wrong).refused(403, "M_FORBIDDEN");
            }
            if (!by.id.equals(carol.id)) {
                by.put(rooms(room) + "/redact/" + encoded(said) + "/" + by.id.substring(1, 4), "{}")
                        .refused(403, "M_FORBIDDEN");
            }
        }
        carol.put(rooms(room) + "/redact/" + encoded(said) + "/own", "{}").ok();
        set(carol, room, "m.room.topic", JsonObject.of("topic", "x")).refused(403, "M_FORBIDDEN");
        set(bob, room, "m.room.topic", JsonObject.of("topic", "Bob's")).ok();
        bob.post(rooms(room) + "/kick", who(carol.id)).ok();
        assertEquals(withBob, state(room, "m.room.power_levels"));
        assertTrue(
                alice.get(rooms(room) + "/joined_members")
                        .ok()
                        .json()
                        .object("joined")
                        .orElseThrow()
                        .has(archive));
    }

    private static String who(String user) {
        return JsonObject.of("user_id", user).toString();
    }

    private static FrontDoor.Answer set(
            FrontDoor.User by, String room, String type, JsonObject content) throws Exception {
        return by.put(rooms(room) + "/state/" + type, content.toString());
    }

    @Test
    void what_a_record_room_cannot_be_is_refused() throws Exception {
        Ceremony.hold(root, new ServerName("hs1"), 3);
        String state =
                ",\"initial_state\":[{\"type\":\"org.chancery.room_class\",\"content\":{%s}}]}";
        String work = state.formatted("\"class\":\"work\"");

        create("{\"room_version\":\"11\"" + work).refused(400, "M_UNSUPPORTED_ROOM_VERSION");
        create("{\"visibility\":\"public\"" + work).refused(400, "M_INVALID_PARAM");
        create("{\"preset\":\"public_chat\"" + work).refused(400, "M_INVALID_PARAM");
        create("{\"creation_content\":{\"type\":\"m.space\"}" + work)
                .refused(400, "M_INVALID_PARAM");
        create("{\"name\":\"x\"" + state.formatted("\"class\":\"secret\""))
                .refused(400, "M_INVALID_PARAM");
        create("{\"name\":\"x\"" + state.formatted("\"class\":\"chat\"")).ok();
    }

    @Test
    void nobody_gets_an_account_or_a_session_with_a_name_of_the_archive() throws Exception {
        Ceremony.hold(root, new ServerName("hs1"), 3);
        String archive = archive(alice.room(WORK.formatted(bob.id)));
        String localpart = archive.substring(1, archive.indexOf(':'));

        register(localpart).refused(400, "M_EXCLUSIVE");
        register("archive.anything").refused(400, "M_EXCLUSIVE");
        register("_chancery-records").refused(400, "M_INVALID_USERNAME");
        assertEquals(
                404,
                root.post("/_chancery/admin/v1/users/" + encoded(archive) + "/password_reset", "{}")
                        .status());
        assertEquals(404, root.get("/_chancery/admin/v1/users/" + encoded(archive)).status());
    }

    @Test
    void a_chat_is_replaced_and_its_members_are_invited() throws Exception {
        Ceremony.hold(root, new ServerName("hs1"), 3);
        String chat = alice.room("{\"name\":\"The case\",\"invite\":[\"" + bob.id + "\"]}");
        bob.post(rooms(chat) + "/join", "{}").ok();
        String path = "/_chancery/client/v1/rooms/" + encoded(chat) + "/record_room";

        bob.post(path, "{}").refused(403, "M_FORBIDDEN");
        String made = alice.post(path, "{}").ok().text("replacement_room");

        assertEquals(
                made,
                alice.get(rooms(chat) + "/state/m.room.tombstone").ok().text("replacement_room"));
        assertEquals("work", state(made, "org.chancery.room_class").string("class").orElseThrow());
        bob.post(rooms(made) + "/join", "{}").ok();
        bob.put(rooms(made) + "/send/m.room.encrypted/1", MEGOLM).ok();
    }

    @Test
    void after_a_rotation_members_are_told_of_the_next_device_alone() throws Exception {
        Ceremony.hold(root, new ServerName("hs1"), 3);
        String room = alice.room(WORK.formatted(bob.id));
        String archive = archive(room);
        String before = devices(keys(archive), archive).names().getFirst();
        String since = alice.get(CLIENT + "/sync").ok().text("next_batch");

        root.post(DESK + "/" + encoded(room) + "/rotate", "{\"cause\":\"exposure\"}").ok();

        JsonObject told = alice.get(CLIENT + "/sync?since=" + since).ok().json();
        assertTrue(
                told.object("device_lists")
                        .flatMap(it -> it.array("changed"))
                        .orElseThrow()
                        .strings()
                        .contains(archive),
                told.toString());
        List<String> after = devices(keys(archive), archive).names();
        assertEquals(1, after.size());
        assertFalse(after.contains(before));
        alice.post(DESK + "/" + encoded(room) + "/rotate", "{\"cause\":\"exposure\"}")
                .refused(403, "M_FORBIDDEN");
    }

    @Test
    void the_desk_sees_the_rooms_and_health_warns_before_devices_end() throws Exception {
        Ceremony.hold(root, new ServerName("hs1"), 3);
        String room = alice.room(WORK.formatted(bob.id));

        JsonObject list = root.get(DESK).ok().json();
        JsonObject one = root.get(DESK + "/" + encoded(room)).ok().json();
        JsonObject health =
                root.get("/_chancery/health").ok().json().object("record_rooms").orElseThrow();

        assertEquals(1, list.integer("total").orElseThrow());
        assertEquals(
                room,
                list.array("rooms")
                        .orElseThrow()
                        .objects()
                        .getFirst()
                        .string("room_id")
                        .orElseThrow());
        assertEquals(2, one.integer("spares_left").orElseThrow());
        assertEquals(1, one.array("devices").orElseThrow().size());
        assertEquals(true, health.bool("warning").orElseThrow());
        assertFalse(health.toString().contains(room));
    }

    @Test
    void it_is_a_record_room_after_a_restart() throws Exception {
        Ceremony.hold(root, new ServerName("hs1"), 3);
        String room = alice.room(WORK.formatted(bob.id));
        server.close();

        server = opened();

        FrontDoor.User again = server.signedIn(alice.id, alice.token);
        again.put(rooms(room) + "/send/m.room.message/1", "{\"body\":\"in clear\"}")
                .refused(403, "M_FORBIDDEN");
        again.put(rooms(room) + "/send/m.room.encrypted/2", MEGOLM).ok();
    }

    private FrontDoor.Answer create(String body) throws Exception {
        return alice.post(CLIENT + "/createRoom", body);
    }

    private FrontDoor.Answer register(String name) throws Exception {
        String body =
                """
                {"username":"%s","password":"correct horse","auth":{"type":"m.login.dummy"}}\
                """
                        .formatted(name);
        return server.send("POST", CLIENT + "/register", body, "");
    }

    private static List<String> joined(FrontDoor.User user) throws Exception {
        return user.get(CLIENT + "/joined_rooms")
                .ok()
                .json()
                .array("joined_rooms")
                .orElseThrow()
                .strings();
    }

    private JsonObject state(String room, String type) throws Exception {
        return alice.get(rooms(room) + "/state/" + type).ok().json();
    }

    private String archive(String room) throws Exception {
        return state(room, "m.room.create").string("org.chancery.archive_user").orElseThrow();
    }

    private JsonObject keys(String user) throws Exception {
        return alice.post(CLIENT + "/keys/query", "{\"device_keys\":{\"" + user + "\":[]}}")
                .ok()
                .json();
    }

    private static JsonObject devices(JsonObject keys, String user) {
        return keys.object("device_keys").flatMap(it -> it.object(user)).orElseThrow();
    }
}
