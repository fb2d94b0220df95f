package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.encoded;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The archive of a record room, as its members, the records desk and `chancery fsck` see it.
class RecordsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String WORK =
            """
            {"name":"The case","preset":"private_chat","initial_state":[{
             "type":"org.chancery.room_class","state_key":"","content":{"class":"work"}}]}\
            """;

    @TempDir Path data;
    private FrontDoor server;
    private FrontDoor.User root;
    private FrontDoor.User alice;
    private String room = "";
    private String desk = "";

    @BeforeEach
    void open() throws Exception {
        server = new FrontDoor(data, "--server-name", "hs1");
        root = Ceremony.administrator(server, data);
        alice = server.user("alice");
        Ceremony.hold(root, new ServerName("hs1"), 3);
        room = alice.room(WORK);
        desk = "/_chancery/admin/v1/records/rooms/" + encoded(room);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_message_without_a_key_is_answered_in_the_room_and_shown_to_the_desk() throws Exception {
        String said = say("lost");

        JsonObject notice = await(this::notice);

        assertEquals("@_chancery-records:hs1", notice.string("sender").orElseThrow());
        JsonObject content = notice.object("content").orElseThrow();
        assertTrue(content.toString().contains(said), content.toString());
        assertTrue(content.object("m.mentions").orElseThrow().toString().contains(alice.id));
        JsonObject gap = first(root.get(desk + "/gaps").ok().json(), "sessions");
        assertEquals("unknown", gap.string("state").orElseThrow());
        assertEquals(alice.id, gap.string("sender").orElseThrow());
        root.get(desk + "/gaps?limit=1").ok();
        JsonObject totals = root.get("/_chancery/admin/v1/records").ok().json();
        assertEquals(1, totals.integer("sessions").orElseThrow());
        assertEquals(1, totals.integer("missing").orElseThrow());
        assertEquals("The case", root.get(desk).ok().text("name"));
        alice.get(desk + "/gaps").refused(403, "M_FORBIDDEN");
    }

    @Test
    void a_message_whose_key_came_before_it_is_presumed_covered() throws Exception {
        alice.put(
                        CLIENT + "/sendToDevice/m.room.encrypted/1",
                        "{\"messages\":{\"" + archive() + "\":{\"*\":{\"body\":\"olm\"}}}}")
                .ok();
        say("kept");

        JsonObject session =
                await(() -> found(root.get(desk + "/coverage").ok().json(), "sessions"));

        assertEquals("presumed", session.string("state").orElseThrow());
        assertEquals(0, session.integer("from").orElseThrow());
        JsonObject counts = root.get(desk).ok().json();
        assertEquals(
                1,
                counts.object("pieces")
                        .flatMap(it -> it.object("inbox"))
                        .flatMap(it -> it.integer("count").stream().boxed().findFirst())
                        .orElseThrow());
        assertEquals(
                List.of(),
                root.get(desk + "/gaps").ok().json().array("sessions").stream()
                        .flatMap(it -> it.objects().stream())
                        .toList());
        assertEquals(
                room,
                first(root.get("/_chancery/admin/v1/records/rooms").ok().json(), "rooms")
                        .string("room_id")
                        .orElseThrow());
    }

    @Test
    void after_a_restart_there_is_a_leaf_and_fsck_finds_a_flipped_bit() throws Exception {
        say("kept");
        await(() -> found(root.get(desk + "/coverage").ok().json(), "sessions"));
        server.close();
        server = new FrontDoor(data, "--server-name", "hs1");
        FrontDoor.User again = server.signedIn(root.id, root.token);
        JsonObject leaf = await(() -> found(again.get(desk + "/leaves").ok().json(), "leaves"));
        assertEquals(0, leaf.integer("number").orElseThrow());
        server.close();

        assertEquals("0 SOUND", fsck());
        flip();
        String faults = fsck();

        assertTrue(faults.startsWith("1 "), faults);
        assertTrue(faults.contains("archive: " + room + ", EVENT at position "), faults);
    }

    private void flip() {
        try (Database database = Database.sqlite(data.resolve("chancery.db"))) {
            database.commit(
                    0,
                    (tx, _) ->
                            JdbcTx.of(tx)
                                    .run(
                                            """
                                            UPDATE record_pieces SET at_ts = at_ts + 1
                                            WHERE id = (SELECT max(id) FROM record_pieces
                                                WHERE kind = 0)
                                            """));
        }
    }

    /// The exit code and what was said.
    private String fsck() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, UTF_8);
        int code =
                FsckCommand.run(
                        List.of("--data", data.toString(), "--server-name", "hs1"),
                        Map.of(),
                        new Terminal(
                                print,
                                print,
                                new ByteArrayInputStream(new byte[0]),
                                Optional.empty()));
        String told = out.toString(UTF_8);
        return code + " " + (told.endsWith("SOUND\n") && code == 0 ? "SOUND" : told);
    }

    private String say(String session) throws Exception {
        String device = alice.get(CLIENT + "/account/whoami").ok().text("device_id");
        JsonObject event =
                JsonObject.of("algorithm", "m.megolm.v1.aes-sha2")
                        .with("ciphertext", "AwgA")
                        .with("session_id", session)
                        .with("device_id", device);
        return alice.put(rooms(room) + "/send/m.room.encrypted/" + session, event.toString())
                .ok()
                .text("event_id");
    }

    private String archive() throws Exception {
        return alice
                .get(rooms(room) + "/joined_members")
                .ok()
                .json()
                .object("joined")
                .orElseThrow()
                .names()
                .stream()
                .filter(name -> !name.equals(alice.id) && !name.startsWith("@_chancery-records"))
                .findFirst()
                .orElseThrow();
    }

    private Optional<JsonObject> notice() throws Exception {
        return alice
                .get(rooms(room) + "/messages?dir=b&limit=50")
                .ok()
                .json()
                .array("chunk")
                .orElseThrow()
                .objects()
                .stream()
                .filter(event -> event.toString().contains("\"m.notice\""))
                .findFirst();
    }

    private static JsonObject first(JsonObject page, String name) {
        return found(page, name).orElseThrow();
    }

    private static Optional<JsonObject> found(JsonObject page, String name) {
        return page.array(name).orElseThrow().objects().stream().findFirst();
    }

    private static JsonObject await(Callable<Optional<JsonObject>> wanted) {
        return assertTimeoutPreemptively(
                LONG,
                () -> {
                    Optional<JsonObject> found = wanted.call();
                    while (found.isEmpty()) {
                        Thread.onSpinWait();
                        found = wanted.call();
                    }
                    return found.get();
                });
    }
}
