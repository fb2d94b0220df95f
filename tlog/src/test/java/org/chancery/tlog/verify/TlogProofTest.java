package org.chancery.tlog.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.chancery.tlog.Mutations;
import org.chancery.tlog.TestKey;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.note.Checkpoint;
import org.chancery.tlog.note.MalformedNote;
import org.chancery.tlog.note.SignedCheckpoint;
import org.junit.jupiter.api.Test;

class TlogProofTest {
    private static final Hash HASH = Hash.leaf(new byte[0]);
    private static final SignedCheckpoint SIGNED =
            SignedCheckpoint.sign(
                    new Checkpoint("example.com/fancylog", 109_482, HASH), new TestKey(1));

    /// The lines above the checkpoint in the example of C2SP tlog-proof.
    private static final String KNOWN_HEAD =
            """
            c2sp.org/tlog-proof@v1
            extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ
            index 73894
            gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
            B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
            EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=
            RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=
            AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=

            """;

    @Test
    void the_lines_of_the_specification_are_read() {
        byte[] known = (KNOWN_HEAD + new String(SIGNED.note().bytes(), UTF_8)).getBytes(UTF_8);

        var proof = TlogProof.parse(known);

        assertEquals(73_894, proof.index());
        assertEquals(5, proof.path().size());
        assertEquals(
                "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=", proof.path().getFirst().toString());
        assertTrue(
                new String(proof.extra().orElseThrow(), UTF_8)
                        .startsWith("age-v1.2.1-darwin-arm64.tar.gz"));
        assertEquals(SIGNED.checkpoint(), proof.checkpoint().checkpoint());
        assertArrayEquals(known, proof.bytes());
    }

    @Test
    void a_proof_without_hashes_and_extra_is_one() {
        var proof = new TlogProof(0, List.of(), SIGNED);

        var again = TlogProof.parse(proof.bytes());

        assertEquals(Optional.empty(), again.extra());
        assertEquals(List.of(), again.path());
        assertArrayEquals(
                new byte[] {7},
                TlogProof.parse(proof.withExtra(new byte[] {7}).bytes()).extra().orElseThrow());
    }

    @Test
    void proofs_of_another_form_are_refused() {
        String good = new String(new TlogProof(1, List.of(HASH), SIGNED).bytes(), UTF_8);
        for (String wrong :
                List.of(
                        "",
                        good.replace("@v1", "@v2"),
                        good.replace("index 1\n", ""),
                        good.replace("index 1", "index"),
                        good.replace("index 1", "index 01"),
                        good.replace("index 1", "index -1"),
                        good.replace("index 1", "Index 1"),
                        good.replace("index 1\n", "index 1\nextra AAAA\n"),
                        good.replace("index 1\n", "extra AAA\nindex 1\n"),
                        good.replace("index 1\n", "index 1\nAAAA\n"),
                        good.replace("index 1\n", "index 1\n" + (HASH + "\n").repeat(63)),
                        good.replace("\n\n", "\n"),
                        good.replace("\n\nexample", "\n\n\nexample"))) {
            assertThrows(MalformedNote.class, () -> TlogProof.parse(wrong.getBytes(UTF_8)), wrong);
        }
        assertThrows(MalformedNote.class, () -> TlogProof.parse(new byte[TlogProof.BYTES_MAX + 1]));
        assertThrows(MalformedNote.class, () -> new TlogProof(-1, List.of(), SIGNED));
        assertThrows(
                MalformedNote.class, () -> new TlogProof(0, Collections.nCopies(64, HASH), SIGNED));
    }

    @FuzzTest
    void parse(byte[] bytes) {
        sameOrRefused(bytes);
    }

    @Test
    void texts_that_are_almost_proofs_are_read_as_themselves_or_refused() {
        String text = KNOWN_HEAD + new String(SIGNED.note().bytes(), UTF_8);

        Mutations.of(List.of(text), 50_000, TlogProofTest::sameOrRefused);
    }

    private static void sameOrRefused(byte[] bytes) {
        TlogProof proof;
        try {
            proof = TlogProof.parse(bytes);
        } catch (MalformedNote refused) {
            return;
        }
        assertArrayEquals(bytes, proof.bytes());
    }
}
