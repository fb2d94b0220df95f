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
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.stock.PublicKey;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.tlog.merkle.Hash;

/// A record room with a case that was opened about it: made once in a folder that is kept, and read
/// and gone on with by every later version.
record KeptRecords(
        FrontDoor server, FrontDoor.User root, FrontDoor.User alice, FrontDoor.User bob) {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String CASES = "/_chancery/admin/v1/cases";
    private static final String SESSION = "kept";
    private static final String WORK =
            """
            {"name":"A record","preset":"private_chat","invite":["@bob:localhost"],"initial_state":
             [{"type":"org.chancery.room_class","state_key":"","content":{"class":"work"}}]}\
            """;

    /// Makes it.
    JsonObject made() throws Exception {
        Ceremony.hold(root, new ServerName("localhost"), 3);
        String room = alice.room(WORK);
        bob.post(rooms(room) + "/join", "{}").ok();
        alice.put(
                        CLIENT + "/sendToDevice/m.room.encrypted/kept",
                        "{\"messages\":{\"" + archive(room) + "\":{\"*\":{\"body\":\"olm\"}}}}")
                .ok();
        say(room, "one");
        say(room, "two");
        await(() -> found(root.get(desk(room) + "/coverage").ok().json(), "sessions"));
        String id = opened(room);
        long events = events(room);
        say(room, "three");
        await(() -> Optional.of(room).filter(_ -> events(room) > events));
        return JsonObject.of("room", room)
                .with("case", id)
                .with("entry", root.get(CASES + "/" + id).ok().json().object("entry").get())
                .with("leaf", leaves(room).getFirst())
                .with("events", events(room))
                .with("log", server.server().log().size());
    }

    private void say(String room, String transaction) throws Exception {
        JsonObject event =
                JsonObject.of("algorithm", "m.megolm.v1.aes-sha2")
                        .with("ciphertext", "AwgA")
                        .with("session_id", SESSION)
                        .with(
                                "device_id",
                                alice.get(CLIENT + "/account/whoami").ok().text("device_id"));
        alice.put(rooms(room) + "/send/m.room.encrypted/" + transaction, event.toString()).ok();
    }

    private String archive(String room) throws Exception {
        return alice
                .get(rooms(room) + "/joined_members")
                .ok()
                .json()
                .object("joined")
                .orElseThrow()
                .names()
                .stream()
                .filter(name -> name.startsWith("@archive."))
                .findFirst()
                .orElseThrow();
    }

    /// A case about the room that root asks for and Alice approves, told, and handed over.
    private String opened(String room) throws Exception {
        SecureRandom random = new SecureRandom();
        BouncyEd25519 roots = BouncyEd25519.generate("r", random);
        BouncyEd25519 alices = BouncyEd25519.generate("a", random);
        long now = Instant.now().toEpochMilli();
        JsonObject wish =
                JsonObject.EMPTY
                        .with(
                                "ground",
                                JsonObject.of("kind", "oversight")
                                        .with("reference", "2026-1")
                                        .with("article", "article 5")
                                        .with("necessity", "no lesser means"))
                        .with(
                                "scope",
                                JsonArray.of(
                                        List.of(
                                                JsonObject.of("room_id", room)
                                                        .with("from", now - 1_000_000)
                                                        .with("until", now + 1_000_000))))
                        .with("reading_room", PublicKey.of(new byte[32]).value())
                        .with("requester", officer("Root", roots))
                        .with("approver", officer("Alice", alices).with("user_id", alice.id));
        JsonObject draft = root.post(CASES, wish.toString()).ok().json();
        String one = CASES + "/" + draft.string("case_id").orElseThrow();
        CaseEntry entry = entry(draft);
        root.put(one + "/request", signature(roots, entry)).ok();
        JsonObject approved = alice.put(one + "/approval", signature(alices, entry)).ok().json();
        Hash leaf = Hash.leaf(entry(approved).bytes());
        assertTrue(server.server().log().prove(leaf, LONG).isPresent());
        root.post(one + "/dossier", "{}").ok();
        await(() -> Optional.of(root.get(one).ok().json()).filter(it -> it.has("noticed_at")));
        return draft.string("case_id").orElseThrow();
    }

    private static JsonObject officer(String name, BouncyEd25519 key) {
        return JsonObject.of("name", name)
                .with("signing_key", PublicKey.of(key.publicKey()).value());
    }

    private static String signature(BouncyEd25519 key, CaseEntry entry) {
        String made = UnpaddedBase64.encode(key.sign(entry.signedBytes()));
        return JsonObject.of("signature", made).toString();
    }

    private static CaseEntry entry(JsonObject held) {
        return (CaseEntry) LogEntry.parse(held.object("entry").orElseThrow().bytes());
    }

    /// Reads the case, its proof, its dossier and the archive.
    void areRead(JsonObject facts) throws Exception {
        String one = CASES + "/" + text(facts, "case");
        String room = text(facts, "room");

        JsonObject held = root.get(one).ok().json();
        assertEquals("approved", text(held, "state"));
        assertEquals(facts.object("entry").orElseThrow(), held.object("entry").orElseThrow());
        assertTrue(root.get(one + "/proof").ok().text("proof").startsWith("c2sp.org/tlog-proof@"));
        byte[] dossier = alice.get(one + "/dossier").ok().response().body();
        assertTrue(new String(dossier, UTF_8).contains("dossier.json"));
        assertTrue(listed().contains(text(facts, "case") + "\tapproved\toversight\t2026-1\trooms"));
        assertTrue(
                bob.get("/_chancery/client/v1/notices").ok().toString().contains(room),
                "Bob was told");
        assertEquals(facts.object("leaf").orElseThrow(), leaves(room).getFirst());
        assertTrue(events(room) >= facts.integer("events").orElseThrow());
        assertTrue(server.server().log().size() >= facts.integer("log").orElseThrow());
        JsonObject session =
                found(root.get(desk(room) + "/coverage").ok().json(), "sessions").orElseThrow();
        assertEquals("presumed", text(session, "state"));
    }

    /// Goes on with the room, and answers how many leaves it has.
    int goOn(JsonObject facts) throws Exception {
        String room = text(facts, "room");
        long events = events(room);
        say(room, "on");
        await(() -> Optional.of(room).filter(_ -> events(room) > events));
        return leaves(room).size();
    }

    /// Waits until the room has more leaves than that, each of which goes on where the one before
    /// ended.
    void goesOn(JsonObject facts, int leaves) throws Exception {
        String room = text(facts, "room");
        await(() -> Optional.of(room).filter(_ -> leaves(room).size() > leaves));
        long until = 0;
        for (JsonObject leaf : leaves(room)) {
            long from = leaf.integer("from").orElseThrow();
            assertTrue(until == 0 || from == until, leaf + " begins at " + until);
            until = leaf.integer("until").orElseThrow();
        }
    }

    /// `chancery case list`, in root's name.
    private String listed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, UTF_8);
        String url = "http://127.0.0.1:" + server.server().port();
        CaseCommand.run(
                List.of("list", "--as", "root", "--server", url),
                terminal(print, KeptData.PASSWORD + "\n"));
        return out.toString(UTF_8);
    }

    /// What `chancery fsck` says of a folder whose server stands still, behind its exit code.
    static String fsck(Path data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, UTF_8);
        int code =
                FsckCommand.run(List.of("--data", data.toString()), Map.of(), terminal(print, ""));
        return code + " " + out.toString(UTF_8);
    }

    private static Terminal terminal(PrintStream out, String typed) {
        return new Terminal(
                out, out, new ByteArrayInputStream(typed.getBytes(UTF_8)), Optional.empty());
    }

    private static String desk(String room) {
        return "/_chancery/admin/v1/records/rooms/" + encoded(room);
    }

    private List<JsonObject> leaves(String room) {
        return get(desk(room) + "/leaves?limit=100").array("leaves").orElseThrow().objects();
    }

    /// How many events of the room the archive has.
    private long events(String room) {
        return get(desk(room))
                .object("pieces")
                .flatMap(it -> it.object("event"))
                .orElseThrow()
                .integer("count")
                .orElseThrow();
    }

    private JsonObject get(String path) {
        try {
            return root.get(path).ok().json();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<JsonObject> found(JsonObject page, String name) {
        return page.array(name).orElseThrow().objects().stream().findFirst();
    }

    private static <T> T await(Callable<Optional<T>> wanted) {
        return assertTimeoutPreemptively(
                LONG,
                () -> {
                    Optional<T> found = wanted.call();
                    while (found.isEmpty()) {
                        Thread.onSpinWait();
                        found = wanted.call();
                    }
                    return found.get();
                });
    }

    private static String text(JsonObject facts, String name) {
        return facts.string(name).orElseThrow(() -> new AssertionError(name + " in " + facts));
    }
}
