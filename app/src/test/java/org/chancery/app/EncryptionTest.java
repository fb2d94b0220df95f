package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.encoded;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.chancery.app.FrontDoor.Answer;
import org.chancery.app.FrontDoor.User;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// End-to-end encryption and account data over real HTTP.
class EncryptionTest {
    private static final String SIGNING = CLIENT + "/keys/device_signing/upload";
    private static final String MASTER = "h0Jqk3f0q4d8m4oO3oWAVx7lKkRHuBQ2nlDn7cLoZDo";
    private static final String SUCCESSOR = "i1Jqk3f0q4d8m4oO3oWAVx7lKkRHuBQ2nlDn7cLoZDo";

    @TempDir Path folder;
    private FrontDoor server;
    private User alice;
    private String device = "";

    @BeforeEach
    void open() throws Exception {
        server = new FrontDoor(folder.resolve("data"), "--server-name", "hs1");
        alice = server.user("alice");
        device = alice.get(CLIENT + "/account/whoami").ok().text("device_id");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void keys_are_uploaded_queried_and_claimed_and_go_with_their_device() throws Exception {
        var key =
                json(
                        """
                        {'key': 'a', 'signatures': {'%1$s': {'ed25519:%2$s': 'signed'}}}
                        """
                                .formatted(alice.id, device));
        var body =
                JsonObject.of("device_keys", deviceKeys(alice.id, device))
                        .with("one_time_keys", JsonObject.of("signed_curve25519:A", key));
        var bob = server.user("bob");
        var query = JsonObject.of("device_keys", json("{'%s': []}".formatted(alice.id)));
        var claim =
                JsonObject.of(
                        "one_time_keys",
                        json("{'%s': {'%s': 'signed_curve25519'}}".formatted(alice.id, device)));

        var uploaded = post(alice, CLIENT + "/keys/upload", body);
        var claimed = post(bob, CLIENT + "/keys/claim", claim);
        var claimedAgain = post(bob, CLIENT + "/keys/claim", claim);
        var queried = post(bob, CLIENT + "/keys/query", query);
        post(alice, CLIENT + "/logout", JsonObject.EMPTY);
        var queriedAfter = post(bob, CLIENT + "/keys/query", query);

        assertEquals(
                json("{'one_time_key_counts': {'signed_curve25519': 1}}"), uploaded.ok().json());
        assertEquals(
                List.of(alice.id), claimed.json().object("one_time_keys").orElseThrow().names());
        assertEquals(json("{'one_time_keys': {}, 'failures': {}}"), claimedAgain.json());
        assertEquals(List.of(device), devices(queried));
        assertEquals(List.of(), devices(queriedAfter));
    }

    @Test
    void changes_of_keys_are_told_between_two_tokens_to_who_shares_a_room() throws Exception {
        var bob = server.user("bob");
        var carol = server.user("carol");
        String room = alice.room("{\"invite\":[\"" + bob.id + "\"]}");
        post(bob, rooms(room) + "/join", JsonObject.EMPTY).ok();
        String before = nextBatch(bob, "");
        var body = JsonObject.of("device_keys", deviceKeys(alice.id, device));
        post(alice, CLIENT + "/keys/upload", body).ok();
        String after = nextBatch(bob, "?since=" + before);

        var told = changes(bob, before, after);

        var nothing = json("{'changed': [], 'left': []}");
        assertEquals(json("{'changed': ['" + alice.id + "'], 'left': []}"), told.json());
        assertEquals(nothing, changes(bob, after, after).ok().json());
        assertEquals(nothing, changes(carol, before, after).ok().json());
        bob.get(CLIENT + "/keys/changes?from=" + before).refused(400, "M_MISSING_PARAM");
        changes(bob, before, "s999999999_0").refused(400, "M_UNKNOWN_POS");
    }

    @Test
    void who_shares_no_room_any_more_has_left_between_two_tokens() throws Exception {
        var bob = server.user("bob");
        String room = alice.room("{\"invite\":[\"" + bob.id + "\"]}");
        post(bob, rooms(room) + "/join", JsonObject.EMPTY).ok();
        String before = nextBatch(bob, "");
        post(alice, rooms(room) + "/leave", JsonObject.EMPTY).ok();
        String after = nextBatch(bob, "?since=" + before);

        var told = changes(bob, before, after);

        assertEquals(json("{'changed': [], 'left': ['" + alice.id + "']}"), told.ok().json());
    }

    private static String nextBatch(User user, String query) throws Exception {
        return user.get(CLIENT + "/sync" + query).ok().text("next_batch");
    }

    private static Answer changes(User asker, String from, String to) throws Exception {
        return asker.get(CLIENT + "/keys/changes?from=" + encoded(from) + "&to=" + encoded(to));
    }

    private static JsonObject deviceKeys(String user, String device) {
        return json(
                """
                {'user_id': '%1$s', 'device_id': '%2$s',
                 'algorithms': ['m.olm.v1.curve25519-aes-sha2'],
                 'keys': {'ed25519:%2$s': 'fingerprint'},
                 'signatures': {'%1$s': {'ed25519:%2$s': 'signed'}}}
                """
                        .formatted(user, device));
    }

    private static JsonObject json(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(UTF_8));
    }

    private static Answer post(User as, String path, JsonObject body) throws Exception {
        return as.post(path, body.toString());
    }

    private static Answer put(User as, String path, JsonObject body) throws Exception {
        return as.put(path, body.toString());
    }

    private List<String> devices(Answer queried) {
        return queried.json()
                .object("device_keys")
                .flatMap(users -> users.object(alice.id))
                .orElseThrow()
                .names();
    }

    @Test
    void a_query_with_device_ids_that_are_no_list_is_bad_json() throws Exception {
        var body = JsonObject.of("device_keys", json("{'%s': {'X': true}}".formatted(alice.id)));

        var answer = post(alice, CLIENT + "/keys/query", body);

        assertEquals(400, answer.status());
        assertEquals("M_BAD_JSON", answer.text("errcode"));
    }

    @Test
    void a_master_key_is_set_freely_once_and_replaced_with_the_password_only() throws Exception {
        var first = post(alice, SIGNING, master(MASTER));
        var same = post(alice, SIGNING, master(MASTER));
        var refused = post(alice, SIGNING, master(SUCCESSOR));
        var replaced =
                post(
                        alice,
                        "/_matrix/client/unstable/keys/device_signing/upload",
                        master(SUCCESSOR)
                                .with(
                                        "auth",
                                        JsonObject.of("type", "m.login.password")
                                                .with("password", "correct horse")
                                                .with("user", alice.id)
                                                .with(
                                                        "session",
                                                        refused.json()
                                                                .string("session")
                                                                .orElseThrow())));

        assertEquals(List.of(200, 200), List.of(first.status(), same.status()));
        assertEquals(401, refused.status());
        assertTrue(refused.json().has("flows"));
        assertEquals(200, replaced.status());
        var query = JsonObject.of("device_keys", json("{'%s': []}".formatted(alice.id)));
        assertEquals(
                SUCCESSOR,
                post(alice, CLIENT + "/keys/query", query)
                        .json()
                        .object("master_keys")
                        .flatMap(keys -> keys.object(alice.id))
                        .flatMap(key -> key.object("keys"))
                        .flatMap(keys -> keys.string("ed25519:" + SUCCESSOR))
                        .orElseThrow());
    }

    private JsonObject master(String key) {
        return JsonObject.of(
                "master_key",
                json(
                        "{'user_id': '%s', 'usage': ['master'], 'keys': {'ed25519:%s': '%s'}}"
                                .formatted(alice.id, key, key)));
    }

    @Test
    void a_backup_is_made_filled_read_and_guarded_by_its_version() throws Exception {
        var made = json("{'algorithm': 'm.megolm_backup.v1', 'auth_data': {'a': 'b'}}");
        String session = CLIENT + "/room_keys/keys/!r:hs1/s";
        var key =
                json(
                        """
                        {'first_message_index': 1, 'forwarded_count': 0, 'is_verified': true,
                         'session_data': {'c': 'd'}}
                        """);

        var none = alice.get(CLIENT + "/room_keys/version");
        post(alice, CLIENT + "/room_keys/version", made);
        var put = put(alice, session + "?version=1", key);
        var got = alice.get(session + "?version=1");
        var all = alice.get(CLIENT + "/room_keys/keys?version=1");
        post(alice, CLIENT + "/room_keys/version", made);
        var late = put(alice, session + "?version=1", key);
        var unversioned = put(alice, session, key);

        assertEquals(404, none.status());
        assertEquals(json("{'etag': '1', 'count': 1}"), put.ok().json());
        assertEquals(key, got.json());
        assertEquals(List.of("!r:hs1"), all.json().object("rooms").orElseThrow().names());
        assertEquals(403, late.status());
        assertEquals("M_WRONG_ROOM_KEYS_VERSION", late.text("errcode"));
        assertEquals("2", late.json().string("current_version").orElseThrow());
        assertEquals("M_MISSING_PARAM", unversioned.text("errcode"));
    }

    @Test
    void messages_to_devices_are_taken_and_a_malformed_one_is_refused() throws Exception {
        var body = JsonObject.of("messages", json("{'%s': {'*': {'a': 1}}}".formatted(alice.id)));

        var sent = put(alice, CLIENT + "/sendToDevice/m.test/1", body);
        var refused = put(alice, CLIENT + "/sendToDevice/m.test/2", json("{'messages': 1}"));

        assertEquals(JsonObject.EMPTY, sent.ok().json());
        assertEquals("M_BAD_JSON", refused.text("errcode"));
    }

    @Test
    void account_data_tags_and_filters_are_the_users_own() throws Exception {
        var bob = server.user("bob");
        String own = CLIENT + "/user/" + alice.id;
        var value = json("{'a': 'b'}");

        var put = put(alice, own + "/account_data/m.test", value);
        var got = alice.get(own + "/account_data/m.test");
        var inRoom = put(alice, own + "/rooms/!r:hs1/account_data/m.test", value);
        var noRoom = put(alice, own + "/rooms/nowhere/account_data/m.test", value);
        var managed = put(alice, own + "/account_data/m.push_rules", value);
        var tagged = put(alice, own + "/rooms/!r:hs1/tags/u.work", json("{'order': 0.2}"));
        var tags = alice.get(own + "/rooms/!r:hs1/tags");
        alice.delete(own + "/rooms/!r:hs1/tags/u.work");
        var filter = post(alice, own + "/filter", json("{'event_format': 'client'}"));
        String id = filter.json().string("filter_id").orElseThrow();

        assertEquals(JsonObject.EMPTY, put.ok().json());
        assertEquals(value, got.json());
        assertEquals(200, inRoom.status());
        assertEquals("M_INVALID_PARAM", noRoom.text("errcode"));
        assertEquals(405, managed.status());
        assertEquals("M_BAD_JSON", managed.text("errcode"));
        assertEquals(200, tagged.status());
        assertEquals(json("{'tags': {'u.work': {'order': 0.2}}}"), tags.json());
        assertEquals(json("{'tags': {}}"), alice.get(own + "/rooms/!r:hs1/tags").json());
        assertEquals(json("{'event_format': 'client'}"), alice.get(own + "/filter/" + id).json());
        for (String path : List.of("/account_data/m.test", "/filter/" + id)) {
            var foreign = bob.get(own + path);
            assertEquals(403, foreign.status());
            assertEquals("M_FORBIDDEN", foreign.text("errcode"));
        }
    }
}
