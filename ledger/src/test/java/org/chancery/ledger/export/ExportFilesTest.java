package org.chancery.ledger.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chancery.ledger.leaf.MalformedLeaf;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.KeyId;
import org.junit.jupiter.api.Test;

class ExportFilesTest {
    private static final ServerName SERVER = ServerName.parse("example.org");
    private static final KeyId KEY = KeyId.parse("ed25519:1");
    private static final UserId ALICE = UserId.parse("@alice:example.org");

    @Test
    void a_manifest_is_read_back_and_keeps_to_its_folder() {
        var manifest = manifest("a/b.json", "c");
        String text = new String(manifest.bytes(), UTF_8);

        assertEquals(manifest, Manifest.parse(manifest.bytes()));
        for (String path : List.of("", "/a", "a/", "../a", "a b", "manifest.json")) {
            assertThrows(MalformedLeaf.class, () -> manifest(path), path);
        }
        for (String wrong :
                List.of(
                        text.replace("\"c\"", "\"a/b.json\""),
                        text.replace("\"c\"", "\"a\""),
                        text.replace("\"length\":0", "\"length\":\"0\""))) {
            assertThrows(MalformedLeaf.class, () -> Manifest.parse(wrong.getBytes(UTF_8)));
        }
    }

    @Test
    void who_came_and_went_has_a_line_and_nothing_else_has() {
        JsonObject content =
                JsonObject.of("membership", "leave").with("displayname", "Alice, of the city");
        JsonObject left =
                JsonObject.of("type", "m.room.member")
                        .with("state_key", ALICE.toString())
                        .with("sender", ALICE.toString())
                        .with("room_id", "!room")
                        .with("origin_server_ts", 5)
                        .with("depth", 1)
                        .with("prev_events", JsonArray.EMPTY)
                        .with("auth_events", JsonArray.EMPTY)
                        .with("content", content);

        MemberLine line = MemberLine.of(event(left)).orElseThrow();

        assertEquals(
                "5 @alice:example.org leave Alice, of the city",
                line.at() + " " + line.user() + " " + line.membership() + " " + line.name());
        assertEquals(Optional.empty(), MemberLine.of(event(left.with("type", "m.room.topic"))));
        assertEquals(Optional.empty(), MemberLine.of(event(left.without("state_key"))));
    }

    private static Pdu event(JsonObject json) {
        return Pdu.restore(EventId.parse("$e"), json, RoomVersion.V12);
    }

    @Test
    void a_statement_of_completeness_is_read_back() {
        var stated =
                new Completeness(
                        7,
                        Map.of(
                                EventId.parse("$b"), Completeness.Cause.REJECTED,
                                EventId.parse("$a"), Completeness.Cause.NEVER_RECEIVED),
                        List.of(silence(3, 4)));
        String text = new String(stated.bytes(), UTF_8);

        assertEquals(stated, Completeness.parse(stated.bytes()));
        assertTrue(text.contains("never_received"));
        assertTrue(silence(3, 4).isOf(silence(3, 4)));
        assertThrows(MalformedLeaf.class, () -> silence(4, 3));
        for (String wrong :
                List.of(
                        text.replace("rejected", "Rejected"),
                        text.replace("\"$b\"", "\"$a\""),
                        text.replace("\"@alice:example.org\"", "\"alice\""))) {
            assertThrows(MalformedLeaf.class, () -> Completeness.parse(wrong.getBytes(UTF_8)));
        }
    }

    @Test
    void keys_of_servers_are_read_back_and_hold_until_their_time() {
        var keys = new ServerKeys(Map.of(SERVER, Map.of(KEY, new ServerKeys.Key("AQID", 1_000))));
        String text = new String(keys.bytes(), UTF_8);

        assertEquals(keys, ServerKeys.parse(keys.bytes()));
        assertArrayEquals(new byte[] {1, 2, 3}, keys.key(SERVER, KEY, 1_000).orElseThrow());
        assertEquals(Optional.empty(), keys.key(SERVER, KEY, 1_001));
        assertEquals(Optional.empty(), keys.key(SERVER, KeyId.parse("ed25519:2"), 1));
        assertEquals(Optional.empty(), keys.key(ServerName.parse("other"), KEY, 1));
        for (String wrong :
                List.of(
                        text.replace("ed25519:1", "ed25519"),
                        text.replace("example.org", "a b"),
                        text.replace("\"until\":1000", "\"until\":-1"),
                        text.replace("{\"example.org\":{", "{\"a\":1,\"example.org\":{"))) {
            assertThrows(MalformedLeaf.class, () -> ServerKeys.parse(wrong.getBytes(UTF_8)));
        }
    }

    @FuzzTest
    void manifests(byte[] bytes) {
        try {
            assertArrayEquals(bytes, Manifest.parse(bytes).bytes());
        } catch (MalformedLeaf refused) {
            return;
        }
    }

    @FuzzTest
    void statements(byte[] bytes) {
        try {
            assertEquals(
                    Completeness.parse(bytes),
                    Completeness.parse(Completeness.parse(bytes).bytes()));
        } catch (MalformedLeaf refused) {
            return;
        }
    }

    @FuzzTest
    void keys(byte[] bytes) {
        try {
            assertArrayEquals(bytes, ServerKeys.parse(bytes).bytes());
        } catch (MalformedLeaf refused) {
            return;
        }
    }

    private static Completeness.Silence silence(long first, long last) {
        return new Completeness.Silence(ALICE, "s", first, last, Completeness.Cause.UNKNOWN);
    }

    private static Manifest manifest(String... paths) {
        var files = new TreeMap<String, Manifest.File>();
        for (String path : paths) {
            files.put(path, Manifest.File.of(new byte[0]));
        }
        return new Manifest(files);
    }
}
