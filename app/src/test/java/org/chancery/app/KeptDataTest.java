package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.encoded;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What an earlier version acknowledged is there under this one: the folders that
/// [KeptData] made then are opened, synced from where a client stood, and written to.
final class KeptDataTest {
    private static final long FILE_BYTES_MAX = 16L << 20;

    @TempDir private Path folder = Path.of("");

    static Stream<Path> kept() throws IOException, URISyntaxException {
        var place = Objects.requireNonNull(KeptDataTest.class.getResource("kept"));
        try (Stream<Path> files = Files.list(Path.of(place.toURI()))) {
            return files.sorted().toList().stream();
        }
    }

    @Test
    void there_is_a_folder_of_each_version_that_closed_an_issue() throws Exception {
        List<String> names = kept().map(file -> file.getFileName().toString()).toList();

        assertEquals(
                List.of("0.1.0-conversations-and-records.zip", "0.1.0-two-people-talk.zip"), names);
    }

    /// Those of versions that had conversations and records.
    static Stream<Path> rich() throws IOException, URISyntaxException {
        return kept().filter(it -> !it.getFileName().toString().contains("two-people-talk"));
    }

    @ParameterizedTest
    @MethodSource("rich")
    void what_was_said_of_what_is_found_and_what_was_shown_is_seen(Path archive) throws Exception {
        JsonObject facts = opened(archive);
        try (FrontDoor server = new FrontDoor(folder.resolve("data"))) {
            var alice = server.signedIn("@alice:localhost", fact(facts, "alice"));
            var bob = server.signedIn("@bob:localhost", fact(facts, "bob"));
            KeptConversations talks = new KeptConversations(server, alice, bob);

            talks.areRelated(at(facts, "conversations"));
            talks.areThere(at(facts, "conversations"));
        }
    }

    @ParameterizedTest
    @MethodSource("rich")
    void records_are_sound_and_read_and_the_archive_goes_on_where_it_ended(Path archive)
            throws Exception {
        JsonObject facts = opened(archive);
        JsonObject told = at(facts, "records");
        Path data = folder.resolve("data");
        int leaves;

        assertSound(data);
        try (FrontDoor server = new FrontDoor(data)) {
            records(server, facts).areRead(told);
            leaves = records(server, facts).goOn(told);
        }
        try (FrontDoor server = new FrontDoor(data)) {
            records(server, facts).goesOn(told, leaves);
        }
        assertSound(data);
    }

    private static KeptRecords records(FrontDoor server, JsonObject facts) {
        return new KeptRecords(
                server,
                server.signedIn("@root:localhost", fact(facts, "root")),
                server.signedIn("@alice:localhost", fact(facts, "alice")),
                server.signedIn("@bob:localhost", fact(facts, "bob")));
    }

    private static void assertSound(Path data) {
        String said = KeptRecords.fsck(data);
        assertTrue(said.startsWith("0 ") && said.endsWith("SOUND\n"), said);
    }

    @ParameterizedTest
    @MethodSource("kept")
    void a_client_goes_on_where_it_stood(Path archive) throws Exception {
        JsonObject facts = opened(archive);
        try (FrontDoor server = new FrontDoor(folder.resolve("data"))) {
            var bob = server.signedIn("@bob:localhost", fact(facts, "bob"));

            var answer = bob.get(CLIENT + "/sync?since=" + fact(facts, "since")).ok().json();

            for (JsonObject room : facts.array("rooms").orElseThrow().objects()) {
                List<String> told = new ArrayList<>();
                at(answer, "rooms", "join", fact(room, "room"), "timeline")
                        .array("events")
                        .orElseThrow()
                        .objects()
                        .forEach(event -> told.add(fact(event, "event_id")));
                assertEquals(room.array("later").orElseThrow().strings(), told, room.toString());
            }
            JsonObject greeting =
                    at(answer, "to_device").array("events").orElseThrow().objects().getFirst();
            assertEquals("hello", fact(at(greeting, "content"), "word"));
        }
    }

    @ParameterizedTest
    @MethodSource("kept")
    void every_line_is_there_and_what_was_redacted_is_not(Path archive) throws Exception {
        JsonObject facts = opened(archive);
        try (FrontDoor server = new FrontDoor(folder.resolve("data"))) {
            var alice = server.signedIn("@alice:localhost", fact(facts, "alice"));

            for (JsonObject room : facts.array("rooms").orElseThrow().objects()) {
                String id = fact(room, "room");
                List<String> expected = new ArrayList<>();
                expected.addAll(room.array("lines").orElseThrow().strings());
                expected.addAll(room.array("later").orElseThrow().strings());
                assertEquals(expected.reversed(), lines(alice, id));
                var gone =
                        alice.get(rooms(id) + "/event/" + encoded(fact(room, "gone"))).ok().json();
                assertFalse(at(gone, "content").has("body"), gone.toString());
                String alias = "#room" + fact(room, "version") + ":localhost";
                assertEquals(
                        id,
                        alice.get(CLIENT + "/directory/room/" + encoded(alias))
                                .ok()
                                .text("room_id"));
            }
        }
    }

    private static List<String> lines(FrontDoor.User user, String room) throws Exception {
        var page = user.get(rooms(room) + "/messages?dir=b&limit=100").ok().json();
        List<String> lines = new ArrayList<>();
        for (JsonObject event : page.array("chunk").orElseThrow().objects()) {
            if (event.object("content").orElseThrow().has("body")) {
                lines.add(fact(event, "event_id"));
            }
        }
        return lines;
    }

    @ParameterizedTest
    @MethodSource("kept")
    void people_files_and_keys_are_there(Path archive) throws Exception {
        JsonObject facts = opened(archive);
        try (FrontDoor server = new FrontDoor(folder.resolve("data"))) {
            var alice = server.signedIn("@alice:localhost", fact(facts, "alice"));
            String login =
                    """
                    {"type":"m.login.password","password":"%s",
                    "identifier":{"type":"m.id.user","user":"alice"}}"""
                            .formatted(KeptData.PASSWORD);
            String claim =
                    "{\"one_time_keys\":{\"@alice:localhost\":{\"%s\":\"curve25519\"}}}"
                            .formatted(alice.get(CLIENT + "/account/whoami").text("device_id"));
            String note = CLIENT + "/user/" + encoded(alice.id) + "/account_data/org.example.note";
            String file = fact(facts, "file").substring("mxc://".length());

            server.send("POST", CLIENT + "/login", login, "").ok();

            assertEquals(Json.parseObject(KeptData.NOTE.getBytes(UTF_8)), alice.get(note).json());
            assertEquals(
                    KeptData.FILE,
                    new String(
                            alice.get("/_matrix/client/v1/media/download/" + file)
                                    .ok()
                                    .response()
                                    .body(),
                            UTF_8));
            assertEquals(
                    List.of(alice.id),
                    at(alice.post(CLIENT + "/keys/claim", claim).ok().json(), "one_time_keys")
                            .names());
            assertEquals("1", alice.get(CLIENT + "/room_keys/version").ok().text("version"));
            assertEquals(
                    "Alice",
                    alice.get(CLIENT + "/profile/" + encoded(alice.id)).ok().text("displayname"));
        }
    }

    @ParameterizedTest
    @MethodSource("kept")
    void the_talk_goes_on_and_stands_the_next_start(Path archive) throws Exception {
        JsonObject facts = opened(archive);
        List<String> said = new ArrayList<>();
        List<JsonObject> rooms = facts.array("rooms").orElseThrow().objects();
        try (FrontDoor server = new FrontDoor(folder.resolve("data"))) {
            var bob = server.signedIn("@bob:localhost", fact(facts, "bob"));
            for (JsonObject room : rooms) {
                said.add(bob.say(fact(room, "room"), "still here"));
            }
        }

        try (FrontDoor server = new FrontDoor(folder.resolve("data"))) {
            var alice = server.signedIn("@alice:localhost", fact(facts, "alice"));
            List<String> last = new ArrayList<>();
            for (JsonObject room : rooms) {
                last.add(lines(alice, fact(room, "room")).getFirst());
            }
            assertEquals(said, last);
        }
    }

    private JsonObject opened(Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                assertTrue(file.startsWith(folder), entry.getName());
                assertTrue(entry.getSize() <= FILE_BYTES_MAX, entry.getName());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.write(file, zip.readAllBytes());
            }
        }
        return Json.parseObject(Files.readAllBytes(folder.resolve(KeptData.FACTS)));
    }

    private static JsonObject at(JsonObject from, String... path) {
        JsonObject here = from;
        for (String name : path) {
            here = here.object(name).orElseThrow(() -> new AssertionError(name + " in " + from));
        }
        return here;
    }

    private static String fact(JsonObject facts, String name) {
        return facts.string(name).orElseThrow(() -> new AssertionError(name + " in " + facts));
    }
}
