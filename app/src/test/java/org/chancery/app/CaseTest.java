package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.encoded;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.stock.PublicKey;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.tlog.merkle.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A case at a whole server: root asks, Alice approves, and Bob's room is told.
class CaseTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final BouncyEd25519 ROOTS = BouncyEd25519.generate("r", RANDOM);
    private static final BouncyEd25519 ALICES = BouncyEd25519.generate("a", RANDOM);
    private static final String SECRET = "a secret of the test";
    private static final String MEGOLM =
            """
            {"algorithm":"m.megolm.v1.aes-sha2","ciphertext":"AwgA","session_id":"abc",
             "device_id":"X","sender_key":"Y"}\
            """;
    private static final String CASES = "/_chancery/admin/v1/cases";

    @TempDir private Path data = Path.of("");
    private int drafted = 1;
    private FrontDoor server;
    private FrontDoor.User root;
    private FrontDoor.User alice;
    private FrontDoor.User bob;

    @BeforeEach
    void open() throws Exception {
        server =
                new FrontDoor(data, "--server-name", "hs1", "--registration-shared-secret", SECRET);
        root = Ceremony.administrator(server, data);
        alice = server.user("alice");
        bob = server.user("bob");
        Ceremony.hold(root, new ServerName("hs1"), 3);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_case_is_logged_its_room_told_and_its_dossier_written() throws Exception {
        String room = room();
        String device = device(room);
        JsonObject draft = draft(room);
        String id = draft.string("case_id").orElseThrow();
        CaseEntry entry = entry(draft);

        sign(root, id, "request", ROOTS, entry).ok();
        FrontDoor.Answer approved = sign(alice, id, "approval", ALICES, entry).ok();
        Hash leaf = Hash.leaf(entry(approved.json()).bytes());
        server.server().log().prove(leaf, Duration.ofSeconds(20)).orElseThrow().index();
        FrontDoor.Answer dossier = root.post(CASES + "/" + id + "/dossier", "{}").ok();

        assertEquals("approved", approved.text("state"));
        assertTrue(!device(room).equals(device), "what is said from now on is for another device");
        assertTrue(Files.exists(Path.of(dossier.text("place")).resolve("dossier.json")));
        assertTrue(told(room, id).string("article").orElseThrow().contains("5"));
        assertEquals(
                List.of(room),
                bob
                        .get("/_chancery/client/v1/notices")
                        .ok()
                        .json()
                        .array("notices")
                        .orElseThrow()
                        .objects()
                        .stream()
                        .map(one -> one.string("room_id").orElseThrow())
                        .toList());
    }

    @Test
    void an_officer_downloads_the_dossier_whole_and_nobody_else_does() throws Exception {
        JsonObject draft = draft(room());
        String id = draft.string("case_id").orElseThrow();
        String dossier = CASES + "/" + id + "/dossier";
        CaseEntry entry = entry(draft);
        sign(root, id, "request", ROOTS, entry).ok();
        Hash leaf =
                Hash.leaf(entry(sign(alice, id, "approval", ALICES, entry).ok().json()).bytes());
        server.server().log().prove(leaf, Duration.ofSeconds(20)).orElseThrow().index();
        alice.get(dossier).refused(404, "M_NOT_FOUND");
        Path place = Path.of(root.post(dossier, "{}").ok().text("place"));

        byte[] tar = alice.get(dossier).ok().response().body();

        Path out = data.resolve("fetched");
        Files.createDirectory(out);
        Files.write(out.resolve("dossier.tar"), tar);
        Process untar =
                new ProcessBuilder("tar", "-xf", "dossier.tar").directory(out.toFile()).start();
        assertEquals(0, untar.waitFor());
        assertEquals(files(place), files(out.resolve("dossier-" + id)));
        bob.get(dossier).refused(404, "M_NOT_FOUND");
        FrontDoor.User other = administrator();
        other.get(CASES + "/" + id).ok();
        other.get(dossier).refused(403, "M_FORBIDDEN");
        other.post(dossier, "{}").refused(403, "M_FORBIDDEN");
    }

    /// One who administers, and has no part in the case.
    private FrontDoor.User administrator() throws Exception {
        String path = "/_synapse/admin/v1/register";
        String nonce = server.send("GET", path, "", "").ok().text("nonce");
        String signed = String.join("\0", nonce, "other", "correct horse", "admin");
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA1"));
        JsonObject body =
                JsonObject.of("nonce", nonce)
                        .with("username", "other")
                        .with("password", "correct horse")
                        .with("admin", true)
                        .with("mac", HexFormat.of().formatHex(mac.doFinal(signed.getBytes(UTF_8))));
        JsonObject made = server.send("POST", path, body.toString(), "").ok().json();
        return server.signedIn(
                made.string("user_id").orElseThrow(), made.string("access_token").orElseThrow());
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (var walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(
                        folder.relativize(file).toString(),
                        HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    @Test
    void who_is_no_officer_of_a_case_learns_nothing_of_it() throws Exception {
        JsonObject draft = draft(room());
        String id = draft.string("case_id").orElseThrow();

        bob.get(CASES + "/" + id).refused(404, "M_NOT_FOUND");
        assertEquals(List.of(), listed(bob));
        sign(bob, id, "approval", ALICES, entry(draft)).refused(403, "M_FORBIDDEN");
        alice.get(CASES + "/" + id).ok();
    }

    @Test
    void an_approver_who_administers_nothing_lists_the_cases_that_name_them_page_by_page()
            throws Exception {
        String room = room();
        String first = draft(room).string("case_id").orElseThrow();
        String second = draft(room).string("case_id").orElseThrow();

        JsonObject page = alice.get(CASES + "?limit=1").ok().json();
        long next = page.integer("next").orElseThrow();
        JsonObject rest = alice.get(CASES + "?limit=1&before=" + next).ok().json();

        assertEquals(List.of(second), ids(page));
        assertEquals(List.of(first), ids(rest));
        assertEquals(List.of(second, first), listed(root));
        assertEquals(
                List.of("bob"),
                page.array("cases")
                        .orElseThrow()
                        .objects()
                        .getFirst()
                        .array("rooms")
                        .orElseThrow()
                        .objects()
                        .getFirst()
                        .array("people")
                        .orElseThrow()
                        .strings(),
                "a room without a name is called by its people");
        alice.post(CASES, "{}").refused(403, "M_FORBIDDEN");
    }

    private static List<String> listed(FrontDoor.User by) throws Exception {
        return ids(by.get(CASES).ok().json());
    }

    private static List<String> ids(JsonObject page) {
        return page.array("cases").orElseThrow().objects().stream()
                .map(held -> held.string("case_id").orElseThrow())
                .toList();
    }

    @Test
    void when_no_device_is_left_a_case_is_refused_until_the_room_is_replaced() throws Exception {
        String room = room();
        String rotate = "/_chancery/admin/v1/record_rooms/" + encoded(room) + "/rotate";
        String replace = "/_chancery/client/v1/rooms/" + encoded(room) + "/record_room";
        bob.post(replace, "{}").refused(400, "M_INVALID_ROOM_STATE");
        root.post(rotate, "{\"cause\":\"exposure\"}").ok();
        JsonObject draft = draft(room);
        String id = draft.string("case_id").orElseThrow();
        CaseEntry entry = entry(draft);
        sign(root, id, "request", ROOTS, entry).ok();
        root.post(rotate, "{\"cause\":\"exposure\"}").ok();
        JsonObject late = wish(room, 400);

        FrontDoor.Answer refused = root.post(CASES, late.toString());

        refused.refused(400, "M_INVALID_ROOM_STATE");
        assertTrue(refused.text("error").contains("replace the room"), refused.toString());
        assertTrue(scarce() > 0);
        String made = bob.post(replace, "{}").ok().text("replacement_room");
        root.post(CASES, late.toString()).ok();
        assertTrue(!made.equals(room));
        bob.put(rooms(room) + "/send/m.room.encrypted/1", MEGOLM).refused(403, "M_FORBIDDEN");
        bob.put(rooms(made) + "/send/m.room.encrypted/1", MEGOLM).ok();
    }

    private long scarce() throws Exception {
        return root.get("/_chancery/health")
                .ok()
                .json()
                .object("record_rooms")
                .orElseThrow()
                .integer("scarce")
                .orElseThrow();
    }

    @Test
    void a_file_that_its_uploader_has_linked_is_in_the_dossier_as_linked() throws Exception {
        String room = room();
        String chat = bob.room("{}");
        String id = upload(bob);
        String link = "/_chancery/client/v1/rooms/%s/attachments/%s";
        bob.put(link.formatted(encoded(room), id), "{}").ok();
        bob.put(link.formatted(encoded(room), id), "{}").ok();
        bob.put(link.formatted(encoded(chat), id), "{}").refused(404, "M_NOT_FOUND");
        bob.put(link.formatted(encoded(room), "nothing"), "{}").refused(404, "M_NOT_FOUND");
        bob.put(link.formatted("nothing", id), "{}").refused(400, "M_INVALID_PARAM");
        alice.put(link.formatted(encoded(room), upload(alice)), "{}").refused(403, "M_FORBIDDEN");
        JsonObject draft = draft(room);
        String held = draft.string("case_id").orElseThrow();
        CaseEntry entry = entry(draft);
        sign(root, held, "request", ROOTS, entry).ok();
        JsonObject approved = sign(alice, held, "approval", ALICES, entry).ok().json();
        Hash leaf = Hash.leaf(entry(approved).bytes());
        server.server().log().prove(leaf, Duration.ofSeconds(20)).orElseThrow().index();

        Path place = Path.of(root.post(CASES + "/" + held + "/dossier", "{}").ok().text("place"));

        String line = "\"mxc\":\"mxc://hs1/" + id + "\",\"pin\":\"linked\"";
        String hex = HexFormat.of().formatHex(line.getBytes(UTF_8));
        assertTrue(files(place).values().stream().anyMatch(file -> file.contains(hex)));
    }

    private static String upload(FrontDoor.User by) throws Exception {
        String mxc = by.post("/_matrix/media/v3/upload", "a file").ok().text("content_uri");
        return mxc.substring(mxc.lastIndexOf('/') + 1);
    }

    private String room() throws Exception {
        String room =
                bob.room(
                        """
                        {"preset":"private_chat","initial_state":[
                         {"type":"org.chancery.room_class","state_key":"",
                          "content":{"class":"work"}}]}\
                        """);
        return room;
    }

    private JsonObject draft(String room) throws Exception {
        return root.post(CASES, wish(room, drafted++).toString()).ok().json();
    }

    /// @param number makes the wish one of its kind
    private JsonObject wish(String room, int number) {
        long now = Instant.now().toEpochMilli();
        return JsonObject.EMPTY
                .with(
                        "ground",
                        JsonObject.of("kind", "oversight")
                                .with("reference", "2026-" + number)
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
                .with("requester", officer("Root", ROOTS))
                .with("approver", officer("Alice", ALICES).with("user_id", alice.id));
    }

    private static JsonObject officer(String name, BouncyEd25519 key) {
        return JsonObject.of("name", name)
                .with("signing_key", PublicKey.of(key.publicKey()).value());
    }

    private static CaseEntry entry(JsonObject held) {
        return (CaseEntry) LogEntry.parse(held.object("entry").orElseThrow().bytes());
    }

    private static FrontDoor.Answer sign(
            FrontDoor.User by, String id, String act, BouncyEd25519 key, CaseEntry entry)
            throws Exception {
        String signature = UnpaddedBase64.encode(key.sign(entry.signedBytes()));
        JsonObject body = JsonObject.of("signature", signature);
        return by.put(CASES + "/" + id + "/" + act, body.toString());
    }

    /// The only device of the room's archive.
    private String device(String room) throws Exception {
        String archive =
                bob
                        .get(rooms(room) + "/joined_members")
                        .ok()
                        .json()
                        .object("joined")
                        .orElseThrow()
                        .names()
                        .stream()
                        .filter(name -> !name.equals(bob.id) && !name.contains("_chancery"))
                        .findFirst()
                        .orElseThrow();
        String query = "{\"device_keys\":{\"" + archive + "\":[]}}";
        return bob.post(CLIENT + "/keys/query", query)
                .ok()
                .json()
                .object("device_keys")
                .flatMap(keys -> keys.object(archive))
                .orElseThrow()
                .names()
                .getFirst();
    }

    /// What the room has been told of the case, once it is.
    private JsonObject told(String room, String id) throws Exception {
        String path = rooms(room) + "/state/org.chancery.case_notice/" + id;
        FrontDoor.Answer answer = bob.get(path);
        while (answer.status() == 404) {
            Thread.onSpinWait();
            answer = bob.get(path);
        }
        return answer.ok().json();
    }
}
