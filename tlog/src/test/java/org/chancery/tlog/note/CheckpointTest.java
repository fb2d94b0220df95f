package org.chancery.tlog.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.chancery.tlog.Mutations;
import org.chancery.tlog.TestKey;
import org.chancery.tlog.merkle.Hash;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    /// The example of C2SP tlog-cosignature, by a log and a witness.
    private static final String KNOWN =
            """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            \u2014 example.com/behind-the-sofa \
            Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+\
            zyWE+xeMcTOAYQ8=
            \u2014 witness.example.com/w1 \
            jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5\
            nNo0xUe+mbIUBkBIfZ+qnA==
            """;

    @Test
    void the_example_of_the_specification_is_read() {
        var signed = SignedCheckpoint.parse(KNOWN.getBytes(UTF_8));
        var checkpoint = signed.checkpoint();
        var witness = signed.note().signatures().get(1);

        assertEquals("example.com/behind-the-sofa", checkpoint.origin());
        assertEquals(20_852_163, checkpoint.size());
        assertEquals("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", checkpoint.root().toString());
        assertEquals(List.of(), checkpoint.extensions());
        assertEquals(1_679_315_147, Signatures.time(witness).orElseThrow().getEpochSecond());
        assertArrayEquals(KNOWN.getBytes(UTF_8), signed.note().bytes());
    }

    @Test
    void further_lines_are_kept_and_signed() {
        String text = "o\n0\n" + Hash.OF_EMPTY_TREE + "\nfirst\nsecond\n";

        var checkpoint = Checkpoint.parse(text);

        assertEquals(List.of("first", "second"), checkpoint.extensions());
        assertEquals(text, checkpoint.text());
    }

    @Test
    void a_log_signs_in_the_name_of_its_origin() {
        var key = new TestKey(1);

        var signed =
                SignedCheckpoint.sign(new Checkpoint("example.org", 0, Hash.OF_EMPTY_TREE), key);

        var again = SignedCheckpoint.parse(signed.note().bytes());
        assertEquals(signed.checkpoint(), again.checkpoint());
        assertEquals(
                Note.Signed.YES, again.note().isSignedBy(key.log("example.org"), new JdkEd25519()));
    }

    @Test
    void checkpoints_of_another_form_are_refused() {
        String root = Hash.OF_EMPTY_TREE.toString();
        for (String wrong :
                List.of(
                        "",
                        "\n",
                        "o\n0\n",
                        "o\n0\n" + root,
                        "\n0\n" + root + "\n",
                        "o\n\n" + root + "\n",
                        "o\n00\n" + root + "\n",
                        "o\n01\n" + root + "\n",
                        "o\n+1\n" + root + "\n",
                        "o\n-1\n" + root + "\n",
                        "o\n\u0661\n" + root + "\n",
                        "o\n9223372036854775808\n" + root + "\n",
                        "o\n1\n" + root.substring(1) + "\n",
                        "o\n1\n" + root + "\n\n",
                        "o\n1\n" + root + "\n\nx\n",
                        "o\n1\n" + root + "\n" + "x\n".repeat(62))) {
            assertThrows(MalformedNote.class, () -> Checkpoint.parse(wrong), wrong);
        }
        assertEquals(Long.MAX_VALUE, Checkpoint.parse(largest(root)).size());
        assertEquals(
                61,
                Checkpoint.parse("o\n1\n" + root + "\n" + "x\n".repeat(61)).extensions().size());
    }

    private static String largest(String root) {
        return "o\n9223372036854775807\n" + root + "\n";
    }

    @FuzzTest
    void parse(byte[] bytes) {
        sameOrRefused(bytes);
    }

    @Test
    void texts_that_are_almost_checkpoints_are_read_as_themselves_or_refused() {
        Mutations.of(List.of(KNOWN), 50_000, CheckpointTest::sameOrRefused);
    }

    private static void sameOrRefused(byte[] bytes) {
        SignedCheckpoint signed;
        try {
            signed = SignedCheckpoint.parse(bytes);
        } catch (MalformedNote refused) {
            return;
        }
        assertEquals(signed.note().text(), signed.checkpoint().text());
        assertArrayEquals(bytes, signed.note().bytes());
    }
}
