package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.encoded;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;
import org.junit.jupiter.api.Test;

/// Makes a data folder that later versions must be able to open, with what must be found in it.
///
/// `./dev keep NAME` runs it and leaves `NAME.zip` beside the earlier ones in
/// `app/src/test/resources/org/chancery/app/kept`. A folder that is kept is never made anew.
final class KeptData {
    static final List<String> VERSIONS = List.of("1", "3", "6", "10", "11", "12");
    private static final long BYTES_MAX = 300_000;
    static final String FACTS = "facts.json";
    static final String PASSWORD = "correct horse";
    static final String NOTE = "{\"colour\":\"blue\",\"pages\":[1,2,3]}";
    static final String FILE = "what the file says";

    /// Not run with the others, as its name does not end as theirs do.
    @Test
    void is_made() throws Exception {
        Path archive = Path.of(System.getProperty("chancery.kept", "")).toAbsolutePath();
        Path folder = Files.createTempDirectory("chancery-kept");

        JsonObject facts;
        try (FrontDoor server = new FrontDoor(folder.resolve("data"))) {
            FrontDoor.User root = Ceremony.administrator(server, folder.resolve("data"));
            FrontDoor.User alice = server.user("alice");
            FrontDoor.User bob = server.user("bob");
            facts =
                    new Play(alice, bob)
                            .played()
                            .with("root", root.token)
                            .with("conversations", new KeptConversations(server, alice, bob).made())
                            .with("records", new KeptRecords(server, root, alice, bob).made());
        }

        Files.write(folder.resolve(FACTS), facts.toString().getBytes(UTF_8));
        Files.createDirectories(archive.resolveSibling(""));
        pack(folder, archive);
        assertTrue(Files.size(archive) < BYTES_MAX, "small enough to be kept: " + archive);
    }

    private record Play(FrontDoor.User alice, FrontDoor.User bob) {
        private JsonObject played() throws IOException, InterruptedException {
            alice.put(CLIENT + "/profile/" + encoded(alice.id) + "/displayname", name("Alice"))
                    .ok();
            alice.put(own("/account_data/org.example.note"), NOTE).ok();
            String file = upload();
            keys();
            List<JsonObject> rooms = new ArrayList<>();
            for (String version : VERSIONS) {
                rooms.add(room(version));
            }
            String since = bob.get(CLIENT + "/sync").ok().text("next_batch");
            List<JsonValue> told = new ArrayList<>();
            for (JsonObject room : rooms) {
                told.add(afterwards(room));
            }
            String direct = "{\"messages\":{\"" + bob.id + "\":{\"*\":{\"word\":\"hello\"}}}}";
            alice.put(CLIENT + "/sendToDevice/org.example.greeting/1", direct).ok();
            return JsonObject.builder()
                    .put("alice", alice.token)
                    .put("bob", bob.token)
                    .put("since", since)
                    .put("file", file)
                    .put("rooms", JsonArray.of(told))
                    .build();
        }

        private static String name(String name) {
            return "{\"displayname\":\"" + name + "\"}";
        }

        private String own(String path) {
            return CLIENT + "/user/" + encoded(alice.id) + path;
        }

        private String upload() throws IOException, InterruptedException {
            return alice.post("/_matrix/media/v3/upload?filename=kept.txt", FILE)
                    .ok()
                    .text("content_uri");
        }

        private void keys() throws IOException, InterruptedException {
            String key = "{\"one_time_keys\":{\"curve25519:AAAAAQ\":\"" + "A".repeat(43) + "\"}}";
            alice.post(CLIENT + "/keys/upload", key).ok();
            String backup =
                    """
                {"algorithm":"m.megolm_backup.v1.curve25519-aes-sha2",
                "auth_data":{"public_key":"abc"}}""";
            alice.post(CLIENT + "/room_keys/version", backup).ok();
        }

        /// A room with a name, an alias, two members, a redacted line and a few that stay.
        private JsonObject room(String version) throws IOException, InterruptedException {
            String asked =
                    """
                {"room_version":"%s","name":"Room %s","room_alias_name":"room%s","invite":["%s"]}"""
                            .formatted(version, version, version, bob.id);
            String room = alice.room(asked);
            bob.post(rooms(room) + "/join", "{}").ok();
            List<String> lines = new ArrayList<>();
            for (int line = 1; line <= 5; line++) {
                lines.add((line % 2 == 0 ? bob : alice).say(room, "line " + line));
            }
            String gone = lines.removeLast();
            alice.put(rooms(room) + "/redact/" + encoded(gone) + "/1", "{}").ok();
            bob.post(rooms(room) + "/receipt/m.read/" + encoded(lines.getLast()), "{}").ok();
            bob.put(
                            CLIENT
                                    + "/user/"
                                    + encoded(bob.id)
                                    + "/rooms/"
                                    + encoded(room)
                                    + "/tags/m.favourite",
                            "{\"order\":0.5}")
                    .ok();
            return JsonObject.builder()
                    .put("room", room)
                    .put("version", version)
                    .put("lines", JsonArray.ofTexts(lines))
                    .put("gone", gone)
                    .build();
        }

        private JsonObject afterwards(JsonObject room) throws IOException, InterruptedException {
            String id = room.string("room").orElseThrow();
            List<String> later = new ArrayList<>();
            for (int line = 6; line <= 8; line++) {
                later.add(alice.say(id, "line " + line));
            }
            return room.with("later", JsonArray.ofTexts(later));
        }
    }

    private static void pack(Path folder, Path archive) throws IOException {
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }
}
