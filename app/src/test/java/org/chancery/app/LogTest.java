package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.chancery.protocol.json.JsonObject;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.note.JdkEd25519;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.note.VerifierKey;
import org.chancery.tlog.tile.EntryBundle;
import org.chancery.tlog.verify.Policy;
import org.chancery.tlog.verify.TlogProof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log of a whole server, over HTTP.
class LogTest {
    private static final String LOG = "/_chancery/log";

    @TempDir private Path folder = Path.of("");

    @Test
    void a_server_names_the_key_of_its_log_and_begins_the_log_only_when_there_is_a_leaf()
            throws Exception {
        String key;
        try (FrontDoor door = new FrontDoor(folder)) {
            key = health(door, "log").string("key").orElseThrow();
        }
        try (FrontDoor door = new FrontDoor(folder)) {
            assertEquals(key, health(door, "log").string("key").orElseThrow());
            get(door, LOG + "/checkpoint").refused(404, "M_NOT_FOUND");
        }

        assertEquals("localhost/_chancery/log", VerifierKey.parse(key).name());
        assertEquals(
                PosixFilePermissions.fromString("rw-------"),
                Files.getPosixFilePermissions(folder.resolve("log.key")));
        assertFalse(Files.exists(folder.resolve("log")));
    }

    @Test
    void anybody_reads_checkpoint_tiles_and_entries_and_may_keep_what_never_changes()
            throws Exception {
        try (FrontDoor door = new FrontDoor(folder)) {
            door.server().log().append(leaves(300));

            FrontDoor.Answer checkpoint = get(door, LOG + "/checkpoint").ok();
            FrontDoor.Answer tile = get(door, LOG + "/tile/0/000").ok();
            FrontDoor.Answer zipped =
                    door.send(
                                    "GET",
                                    LOG + "/tile/entries/001.p/44",
                                    new byte[0],
                                    "",
                                    "Accept-Encoding",
                                    "gzip")
                            .ok();

            SignedCheckpoint signed = SignedCheckpoint.parse(checkpoint.response().body());
            assertEquals(300, signed.checkpoint().size());
            assertEquals("text/plain; charset=utf-8", header(checkpoint, "Content-Type"));
            assertEquals("public, max-age=1", header(checkpoint, "Cache-Control"));
            assertEquals("public, max-age=31536000, immutable", header(tile, "Cache-Control"));
            assertEquals(256 * Hash.BYTES, tile.response().body().length);
            byte[] bundle =
                    new GZIPInputStream(new ByteArrayInputStream(zipped.response().body()))
                            .readAllBytes();
            assertArrayEquals(leaf(256), EntryBundle.read(bundle, 44).getFirst());
        }
    }

    @Test
    void what_is_no_file_of_the_log_is_not_served() throws Exception {
        try (FrontDoor door = new FrontDoor(folder)) {
            door.server().log().append(leaves(3));

            for (String path :
                    List.of(
                            "/tile/0/001",
                            "/tile/0/000",
                            "/tile/0/000.p/4",
                            "/tile/0/0",
                            "/tile/entries/..",
                            "/tile/%2e%2e/000",
                            "/tile/8/000",
                            "/proof/zz",
                            "/proof/" + "0".repeat(64))) {
                assertEquals(404, get(door, LOG + path).status(), path);
            }
        }
    }

    @Test
    void a_leaf_is_proved_when_a_neighbour_has_witnessed_it() throws Exception {
        String key;
        try (FrontDoor first = new FrontDoor(folder.resolve("a"), "--server-name", "hs1")) {
            key = health(first, "log").string("key").orElseThrow();
        }
        Path policy = folder.resolve("policy");
        try (FrontDoor neighbour =
                new FrontDoor(
                        folder.resolve("b"), "--server-name", "hs2", "--witnessed-logs", key)) {
            String url = "http://127.0.0.1:" + neighbour.server().port() + "/_chancery/witness";
            String witness = health(neighbour, "witness").string("key").orElseThrow();
            String text = "witness hs2 " + witness + " " + url + "\nquorum hs2\n";
            Files.writeString(policy, text);
            try (FrontDoor door =
                    new FrontDoor(
                            folder.resolve("a"),
                            "--server-name=hs1",
                            "--log-policy=" + policy,
                            "--inside-hosts=127.0.0.1:" + neighbour.server().port())) {
                Hash leaf = Hash.leaf(leaf(1));
                door.server().log().append(leaves(2));
                assertTrue(door.server().log().prove(leaf, Duration.ofSeconds(20)).isPresent());

                String path = LOG + "/proof/" + HexFormat.of().formatHex(leaf.bytes());
                TlogProof proof = TlogProof.parse(get(door, path).ok().response().body());
                byte[] pinned = ("log " + key + "\n" + text).getBytes(UTF_8);
                assertInstanceOf(
                        Policy.Trusted.class,
                        Policy.parse(pinned).judge(proof, leaf, new JdkEd25519()));
                assertEquals(
                        2,
                        SignedCheckpoint.parse(
                                        get(neighbour, "/_chancery/witness/" + origin())
                                                .ok()
                                                .response()
                                                .body())
                                .checkpoint()
                                .size());
                JsonObject told = health(door, "log").object("witnesses").orElseThrow();
                assertEquals(2, told.integer("size").orElseThrow());
            }
        }
    }

    private static String origin() throws Exception {
        byte[] origin = ("hs1" + LOG).getBytes(UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(origin))
                + "/checkpoint";
    }

    private static String header(FrontDoor.Answer answer, String name) {
        return answer.response().headers().firstValue(name).orElse("");
    }

    private static FrontDoor.Answer get(FrontDoor door, String path) throws Exception {
        return door.send("GET", path, "", "");
    }

    private static JsonObject health(FrontDoor door, String part) throws Exception {
        return get(door, "/_chancery/health").ok().json().object(part).orElseThrow();
    }

    private static List<byte[]> leaves(int count) {
        return IntStream.range(0, count).mapToObj(LogTest::leaf).toList();
    }

    private static byte[] leaf(int number) {
        return ("leaf " + number).getBytes(UTF_8);
    }
}
