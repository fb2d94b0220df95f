package org.chancery.app;

import static org.chancery.app.RunningServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.chancery.app.RunningServer.Answer;
import org.chancery.app.RunningServer.Client;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// End-to-end encryption and account data over real HTTP.
class EncryptionTest {
    private static final String V3 = "/_matrix/client/v3";
    private static final String SIGNING = "/_matrix/client/v3/keys/device_signing/upload";
    private static final String MASTER = "h0Jqk3f0q4d8m4oO3oWAVx7lKkRHuBQ2nlDn7cLoZDo";
    private static final String SUCCESSOR = "i1Jqk3f0q4d8m4oO3oWAVx7lKkRHuBQ2nlDn7cLoZDo";

    @TempDir Path folder;
    private RunningServer server;
    private Client alice;

    @BeforeEach
    void open() {
        server = new RunningServer(folder);
        alice = server.register("alice");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void keys_are_uploaded_queried_and_claimed_and_go_with_their_device() {
        var body =
                json(
                        """
                        {'device_keys': {'user_id': '%1$s', 'device_id': '%2$s',
                            'algorithms': ['m.olm.v1.curve25519-aes-sha2'],
                            'keys': {'ed25519:%2$s': 'fingerprint'},
                            'signatures': {'%1$s': {'ed25519:%2$s': 'signed'}}},
                         'one_time_keys': {'signed_curve25519:A':
                            {'key': 'a', 'signatures': {'%1$s': {'ed25519:%2$s': 'signed'}}}}}
                        """
                                .formatted(alice.user(), alice.device()));
        var bob = server.register("bob");
        var query = JsonObject.of("device_keys", json("{'%s': []}".formatted(alice.user())));
        var claim =
                JsonObject.of(
                        "one_time_keys",
                        json(
                                "{'%s': {'%s': 'signed_curve25519'}}"
                                        .formatted(alice.user(), alice.device())));

        var uploaded = server.post(alice, V3 + "/keys/upload", body);
        var claimed = server.post(bob, V3 + "/keys/claim", claim);
        var claimedAgain = server.post(bob, V3 + "/keys/claim", claim);
        var queried = server.post(bob, V3 + "/keys/query", query);
        server.post(alice, V3 + "/logout", JsonObject.EMPTY);
        var queriedAfter = server.post(bob, V3 + "/keys/query", query);

        assertEquals(
                new Answer(200, json("{'one_time_key_counts': {'signed_curve25519': 1}}")),
                uploaded);
        assertEquals(
                List.of(alice.user()),
                claimed.json().object("one_time_keys").orElseThrow().names());
        assertEquals(json("{'one_time_keys': {}, 'failures': {}}"), claimedAgain.json());
        assertEquals(List.of(alice.device()), devices(queried));
        assertEquals(List.of(), devices(queriedAfter));
    }

    private List<String> devices(Answer queried) {
        return queried.json()
                .object("device_keys")
                .flatMap(users -> users.object(alice.user()))
                .orElseThrow()
                .names();
    }

    @Test
    void a_query_with_device_ids_that_are_no_list_is_bad_json() {
        var body =
                JsonObject.of("device_keys", json("{'%s': {'X': true}}".formatted(alice.user())));

        var answer = server.post(alice, V3 + "/keys/query", body);

        assertEquals(400, answer.status());
        assertEquals("M_BAD_JSON", answer.errcode());
    }

    @Test
    void a_master_key_is_set_freely_once_and_replaced_with_the_password_only() {
        var first = server.post(alice, SIGNING, master(MASTER));
        var same = server.post(alice, SIGNING, master(MASTER));
        var refused = server.post(alice, SIGNING, master(SUCCESSOR));
        var replaced =
                server.post(
                        alice,
                        "/_matrix/client/unstable/keys/device_signing/upload",
                        master(SUCCESSOR)
                                .with(
                                        "auth",
                                        JsonObject.of("type", "m.login.password")
                                                .with("password", RunningServer.PASSWORD)
                                                .with("user", alice.user())
                                                .with(
                                                        "session",
                                                        refused.json()
                                                                .string("session")
                                                                .orElseThrow())));

        assertEquals(List.of(200, 200), List.of(first.status(), same.status()));
        assertEquals(401, refused.status());
        assertTrue(refused.json().has("flows"));
        assertEquals(200, replaced.status());
        var query = JsonObject.of("device_keys", json("{'%s': []}".formatted(alice.user())));
        assertEquals(
                SUCCESSOR,
                server.post(alice, V3 + "/keys/query", query)
                        .json()
                        .object("master_keys")
                        .flatMap(keys -> keys.object(alice.user()))
                        .flatMap(key -> key.object("keys"))
                        .flatMap(keys -> keys.string("ed25519:" + SUCCESSOR))
                        .orElseThrow());
    }

    private JsonObject master(String key) {
        return JsonObject.of(
                "master_key",
                json(
                        "{'user_id': '%s', 'usage': ['master'], 'keys': {'ed25519:%s': '%s'}}"
                                .formatted(alice.user(), key, key)));
    }

    @Test
    void a_backup_is_made_filled_read_and_guarded_by_its_version() {
        var made = json("{'algorithm': 'm.megolm_backup.v1', 'auth_data': {'a': 'b'}}");
        String session = V3 + "/room_keys/keys/!r:hs1/s";
        var key =
                json(
                        """
                        {'first_message_index': 1, 'forwarded_count': 0, 'is_verified': true,
                         'session_data': {'c': 'd'}}
                        """);

        var none = server.get(alice, V3 + "/room_keys/version");
        server.post(alice, V3 + "/room_keys/version", made);
        var put = server.put(alice, session + "?version=1", key);
        var got = server.get(alice, session + "?version=1");
        var all = server.get(alice, V3 + "/room_keys/keys?version=1");
        server.post(alice, V3 + "/room_keys/version", made);
        var late = server.put(alice, session + "?version=1", key);
        var unversioned = server.put(alice, session, key);

        assertEquals(404, none.status());
        assertEquals(new Answer(200, json("{'etag': '1', 'count': 1}")), put);
        assertEquals(key, got.json());
        assertEquals(List.of("!r:hs1"), all.json().object("rooms").orElseThrow().names());
        assertEquals(403, late.status());
        assertEquals("M_WRONG_ROOM_KEYS_VERSION", late.errcode());
        assertEquals("2", late.json().string("current_version").orElseThrow());
        assertEquals("M_MISSING_PARAM", unversioned.errcode());
    }

    @Test
    void messages_to_devices_are_taken_and_a_malformed_one_is_refused() {
        var body =
                JsonObject.of("messages", json("{'%s': {'*': {'a': 1}}}".formatted(alice.user())));

        var sent = server.put(alice, V3 + "/sendToDevice/m.test/1", body);
        var refused = server.put(alice, V3 + "/sendToDevice/m.test/2", json("{'messages': 1}"));

        assertEquals(new Answer(200, JsonObject.EMPTY), sent);
        assertEquals("M_BAD_JSON", refused.errcode());
    }

    @Test
    void account_data_tags_and_filters_are_the_users_own() {
        var bob = server.register("bob");
        String own = V3 + "/user/" + alice.user();
        var value = json("{'a': 'b'}");

        var put = server.put(alice, own + "/account_data/m.test", value);
        var got = server.get(alice, own + "/account_data/m.test");
        var inRoom = server.put(alice, own + "/rooms/!r:hs1/account_data/m.test", value);
        var noRoom = server.put(alice, own + "/rooms/nowhere/account_data/m.test", value);
        var managed = server.put(alice, own + "/account_data/m.push_rules", value);
        var tagged = server.put(alice, own + "/rooms/!r:hs1/tags/u.work", json("{'order': 0.2}"));
        var tags = server.get(alice, own + "/rooms/!r:hs1/tags");
        server.delete(alice, own + "/rooms/!r:hs1/tags/u.work");
        var filter = server.post(alice, own + "/filter", json("{'event_format': 'client'}"));
        String id = filter.json().string("filter_id").orElseThrow();

        assertEquals(new Answer(200, JsonObject.EMPTY), put);
        assertEquals(value, got.json());
        assertEquals(200, inRoom.status());
        assertEquals("M_INVALID_PARAM", noRoom.errcode());
        assertEquals(405, managed.status());
        assertEquals("M_BAD_JSON", managed.errcode());
        assertEquals(200, tagged.status());
        assertEquals(json("{'tags': {'u.work': {'order': 0.2}}}"), tags.json());
        assertEquals(json("{'tags': {}}"), server.get(alice, own + "/rooms/!r:hs1/tags").json());
        assertEquals(
                json("{'event_format': 'client'}"),
                server.get(alice, own + "/filter/" + id).json());
        for (String path : List.of("/account_data/m.test", "/filter/" + id)) {
            var foreign = server.get(bob, own + path);
            assertEquals(403, foreign.status());
            assertEquals("M_FORBIDDEN", foreign.errcode());
        }
    }
}
