package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.archive.stock.PublicKey;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonInteger;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a records officer may ask for, over HTTP and with `chancery case`, at a running server.
final class CaseWishTest {
    private static final String CASES = "/_chancery/admin/v1/cases";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final BouncyEd25519 ROOTS = BouncyEd25519.generate("r", RANDOM);
    private static final BouncyEd25519 ALICES = BouncyEd25519.generate("a", RANDOM);

    private final long now = Instant.now().toEpochMilli();

    @TempDir private Path folder = Path.of("");
    private FrontDoor server;
    private FrontDoor.User root;
    private FrontDoor.User alice;
    private String room;

    /// All is made in [#open], before each test.
    @SuppressWarnings("NullAway.Init")
    CaseWishTest() {}

    @BeforeEach
    void open() throws Exception {
        Path data = folder.resolve("data");
        server = new FrontDoor(data, "--server-name", "hs1");
        root = Ceremony.administrator(server, data);
        alice = server.user("alice");
        Ceremony.hold(root, new ServerName("hs1"), 3);
        room =
                alice.room(
                        """
                        {"preset":"private_chat","initial_state":[
                         {"type":"org.chancery.room_class","state_key":"",
                          "content":{"class":"work"}}]}\
                        """);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_wish_that_nobody_can_mean_is_refused_with_a_reason_and_leaves_nothing()
            throws Exception {
        long far = (1L << 53) - 1;
        List<Wish> wishes =
                List.of(
                        new Wish("it begins before it ends", wish(now, now)),
                        new Wish("it begins before it ends", wish(now, now - 1)),
                        new Wish("from is a time after 1970", wish(-1, now)),
                        new Wish("until is a time after 1970", wish(now, -far)),
                        new Wish("in the years from 2001 to 9997", wish(0, now)),
                        new Wish("in the years from 2001 to 9997", wish(now, far)),
                        new Wish("from is a time", one(part().with("from", "yesterday"))),
                        new Wish("from is missing", one(part().without("from"))),
                        new Wish("comes within three years", noticed(new JsonInteger(far))),
                        new Wish("notice_at is a time", noticed(new JsonString("soon"))),
                        new Wish("scope is missing", wish(now - 1, now).without("scope")),
                        new Wish("scope holds objects", of(List.of(new JsonString("all")))),
                        new Wish("about 1 to 50 rooms", of(List.of())),
                        new Wish("about 1 to 50 rooms", of(parts(51))),
                        new Wish("no room stands twice", of(List.of(part(), part()))),
                        new Wish("it names devices", wish(now - 1_000_000_000, now - 900_000_000)),
                        new Wish("room", one(part().with("room_id", "everything"))));

        for (Wish wish : wishes) {
            FrontDoor.Answer answer = root.post(CASES, wish.json().toString());
            assertEquals(400, answer.status(), wish + ": " + answer);
            assertTrue(answer.text("errcode").matches("M_(INVALID|MISSING)_PARAM"), wish.why());
            assertTrue(answer.text("error").contains(wish.why()), wish + ": " + answer);
        }
        for (String unknown : List.of("!none:hs1", alice.room("{}"))) {
            root.post(CASES, one(part().with("room_id", unknown)).toString())
                    .refused(404, "M_NOT_FOUND");
        }
        FrontDoor.Answer many = root.post(CASES, of(parts(10_000)).toString());
        assertTrue(List.of(400, 413).contains(many.status()), many.toString());
        assertEquals(0, root.get(CASES).ok().json().array("cases").orElseThrow().size());
    }

    @Test
    void the_command_says_why_a_wish_is_refused_and_writes_no_draft() throws Exception {
        Path out = folder.resolve("draft");
        List<Wish> wishes =
                List.of(
                        new Wish("it begins before it ends", wish(now, now - 1)),
                        new Wish("the years from 2001 to 9997", wish(now, (1L << 53) - 1)),
                        new Wish("it is about 1 to 50 rooms", of(List.of())),
                        new Wish(
                                "No record room: !none:hs1",
                                one(part().with("room_id", "!none:hs1"))));

        for (Wish each : wishes) {
            Path wish = Files.writeString(folder.resolve("wish"), each.json().toString());
            Ended ended = cases("draft", "--wish", wish.toString(), "--out", out.toString());
            assertEquals(1, ended.exit(), each.toString());
            assertTrue(ended.err().contains(each.why()), ended.err());
        }
        assertFalse(Files.exists(out));
        assertEquals(new Ended(0, "", ""), cases("list"));
    }

    @Test
    void all_cases_are_listed_the_newest_first() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int day = 1; day <= 103; day++) {
            JsonObject made =
                    root.post(CASES, wish(now - day, now + 1_000_000).toString()).ok().json();
            ids.addFirst(made.string("case_id").orElseThrow());
        }

        Ended listed = cases("list");

        assertEquals("", listed.err());
        assertEquals(
                ids,
                listed.out().lines().map(line -> line.substring(0, line.indexOf('\t'))).toList());
    }

    /// Something to ask for, and why it is refused.
    private record Wish(String why, JsonObject json) {}

    private JsonObject noticed(JsonValue at) {
        return wish(now - 1, now + 1_000_000).with("notice_at", at);
    }

    private JsonObject wish(long from, long until) {
        return one(part().with("from", from).with("until", until));
    }

    private JsonObject part() {
        return JsonObject.of("room_id", room)
                .with("from", new JsonInteger(now - 1_000))
                .with("until", new JsonInteger(now + 1_000_000));
    }

    private List<JsonValue> parts(int count) {
        List<JsonValue> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(
                    JsonObject.of("room_id", "!r" + i + ":hs1")
                            .with("from", now - 1)
                            .with("until", now));
        }
        return parts;
    }

    private JsonObject one(JsonObject part) {
        return of(List.of(part));
    }

    private JsonObject of(List<JsonValue> scope) {
        return JsonObject.EMPTY
                .with(
                        "ground",
                        JsonObject.of("kind", "oversight")
                                .with("reference", "2026-1")
                                .with("article", "article 5")
                                .with("necessity", "no lesser means"))
                .with("scope", JsonArray.of(scope))
                .with("reading_room", PublicKey.of(new byte[32]).value())
                .with("requester", officer("Root", ROOTS))
                .with("approver", officer("Alice", ALICES).with("user_id", alice.id));
    }

    private static JsonObject officer(String name, BouncyEd25519 key) {
        return JsonObject.of("name", name)
                .with("signing_key", PublicKey.of(key.publicKey()).value());
    }

    private record Ended(int exit, String out, String err) {}

    private Ended cases(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        new ByteArrayInputStream("correct horse\n".getBytes(UTF_8)),
                        Optional.empty());
        List<String> args = new ArrayList<>(List.of(words));
        args.addAll(
                List.of("--as", "root", "--server", "http://127.0.0.1:" + server.server().port()));
        int exit = CaseCommand.run(args, terminal);
        return new Ended(exit, out.toString(UTF_8), err.toString(UTF_8));
    }
}
