package org.chancery.tlog.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.tlog.Mutations;
import org.chancery.tlog.TestKey;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.note.Checkpoint;
import org.chancery.tlog.note.JdkEd25519;
import org.chancery.tlog.note.Note;
import org.chancery.tlog.note.SignatureLine;
import org.chancery.tlog.note.Signatures;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.note.VerifierKey;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final JdkEd25519 JDK = new JdkEd25519();
    private static final String ORIGIN = "log.example.org";
    private static final TestKey LOG = new TestKey(1);
    private static final Hash LEAF = Hash.leaf(new byte[] {1});
    private static final Hash OTHER = Hash.leaf(new byte[] {2});
    private static final Checkpoint CHECKPOINT = new Checkpoint(ORIGIN, 2, Hash.node(LEAF, OTHER));
    private static final SignedCheckpoint SIGNED = SignedCheckpoint.sign(CHECKPOINT, LOG);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static final String TEXT =
            String.join(
                    "\n",
                    "# two houses",
                    "log " + LOG.log(ORIGIN) + " https://log.example.org/",
                    "",
                    "witness a1 " + witness(11),
                    "witness a2 " + witness(12) + "\thttps://a2.example/",
                    "  witness a3\t" + witness(13),
                    "witness b " + witness(14),
                    "group a 2 a1 a2 a3",
                    "group both all a b",
                    "quorum both",
                    "");

    @Test
    void two_of_three_witnesses_are_enough_where_two_are_asked_for() {
        var policy = Policy.of(LOG.log(ORIGIN), 2, Map.of("x", witness(11), "y", witness(12)));

        var one = policy.judge(cosigned(11), JDK);
        var two = policy.judge(cosigned(11, 12), JDK);

        assertTrue(assertInstanceOf(Policy.Refused.class, one).reason().startsWith("too few"));
        var trusted = assertInstanceOf(Policy.Trusted.class, two);
        assertEquals(Set.of("x", "y"), trusted.witnessed().keySet());
        assertEquals(Optional.of(NOON.plusSeconds(11)), trusted.seenBy(1));
        assertEquals(Optional.of(NOON.plusSeconds(12)), trusted.seenBy(2));
        assertEquals(Optional.empty(), trusted.seenBy(3));
    }

    @Test
    void a_quorum_may_want_witnesses_from_two_houses() {
        var policy = Policy.parse(TEXT.getBytes(UTF_8));

        assertEquals("2 of (2 of (a1, a2, a3), b)", policy.quorum().words());
        assertInstanceOf(Policy.Trusted.class, policy.judge(cosigned(11, 13, 14), JDK));
        assertInstanceOf(Policy.Refused.class, policy.judge(cosigned(11, 12, 13), JDK));
        assertInstanceOf(Policy.Refused.class, policy.judge(cosigned(11, 14), JDK));
        assertInstanceOf(Policy.Refused.class, policy.judge(cosigned(), JDK));
    }

    @Test
    void a_checkpoint_of_a_log_that_was_not_pinned_is_refused() {
        var other = new Policy(List.of(new TestKey(2).log(ORIGIN)), Map.of(), new Quorum.None());
        var renamed = new Policy(List.of(LOG.log("other")), Map.of(), new Quorum.None());
        var right = new Policy(List.of(LOG.log(ORIGIN)), Map.of(), new Quorum.None());

        assertInstanceOf(Policy.Refused.class, other.judge(SIGNED, JDK));
        assertInstanceOf(Policy.Refused.class, renamed.judge(SIGNED, JDK));
        assertInstanceOf(Policy.Trusted.class, right.judge(SIGNED, JDK));
    }

    @Test
    void a_false_signature_of_log_or_witness_spoils_the_checkpoint() {
        var policy = Policy.of(LOG.log(ORIGIN), 1, Map.of("x", witness(11), "y", witness(12)));
        var key = witness(12);
        var badWitness = cosigned(11).with(new SignatureLine(key.name(), key.id(), new byte[72]));
        var log = LOG.log(ORIGIN);
        var badLog =
                SignedCheckpoint.of(
                        new Note(
                                CHECKPOINT.text(),
                                List.of(
                                        new SignatureLine(ORIGIN, log.id(), new byte[64]),
                                        SIGNED.note().signatures().getFirst())));

        assertEquals(
                new Policy.Refused("a signature of y does not hold"),
                policy.judge(badWitness, JDK));
        assertEquals(
                new Policy.Refused("the signature of the log does not hold"),
                policy.judge(badLog, JDK));
    }

    @Test
    void a_proof_shows_its_own_leaf_at_its_own_index_only() {
        var policy = Policy.of(LOG.log(ORIGIN), 1, Map.of("x", witness(11)));
        var proof = new TlogProof(0, List.of(OTHER), cosigned(11));
        var elsewhere = new TlogProof(1, List.of(OTHER), cosigned(11));
        var unseen = new TlogProof(0, List.of(OTHER), SIGNED);

        assertInstanceOf(Policy.Trusted.class, policy.judge(proof, LEAF, JDK));
        assertEquals(
                new Policy.Refused("the entry is not at index 0 of the log"),
                policy.judge(proof, OTHER, JDK));
        assertInstanceOf(Policy.Refused.class, policy.judge(elsewhere, LEAF, JDK));
        assertInstanceOf(Policy.Refused.class, policy.judge(unseen, LEAF, JDK));
    }

    @Test
    void policies_of_another_form_are_refused_with_the_line() {
        String log = "log " + LOG.log(ORIGIN) + "\n";
        String witness = "witness w " + witness(11) + "\n";
        for (String wrong :
                List.of(
                        "",
                        log,
                        "quorum none",
                        "quorum\n",
                        "quorum none none\n",
                        "quorum none\nquorum none\n",
                        "quorum w\n",
                        "quorum none\r\n",
                        "quorum none\n\u007f\n",
                        "nonsense\nquorum none\n",
                        "log\nquorum none\n",
                        "log a b c\nquorum none\n",
                        "log nokey\nquorum none\n",
                        log + log + "quorum none\n",
                        "log " + witness(11) + "\nquorum none\n",
                        "witness none " + witness(11) + "\nquorum none\n",
                        "witness w " + LOG.log(ORIGIN) + "\nquorum none\n",
                        "witness w\nquorum none\n",
                        "witness w " + witness(11) + " url more\nquorum none\n",
                        witness + "witness w " + witness(12) + "\nquorum w\n",
                        witness + "witness v " + witness(11) + "\nquorum w\n",
                        witness + "group g all\nquorum g\n",
                        witness + "group g 0 w\nquorum g\n",
                        witness + "group g 2 w\nquorum g\n",
                        witness + "group g 01 w\nquorum g\n",
                        witness + "group g most w\nquorum g\n",
                        witness + "group g 4294967297 w\nquorum g\n",
                        witness + "group g any w w\nquorum g\n",
                        witness + "group g any v\nquorum g\n",
                        witness + "group w any w\nquorum w\n",
                        witness + "group g any w\ngroup h any w\nquorum g\n")) {
            assertThrows(MalformedPolicy.class, () -> Policy.parse(wrong.getBytes(UTF_8)), wrong);
        }
        var refusal =
                assertThrows(
                        MalformedPolicy.class,
                        () -> Policy.parse((log + "quorum x\n").getBytes(UTF_8)));
        assertEquals("line 2: a quorum that no line above defines", refusal.getMessage());
    }

    @Test
    void all_and_any_are_numbers_too() {
        String two = "witness v " + witness(11) + "\nwitness w " + witness(12) + "\n";

        var all = Policy.parse((two + "group g all v w\nquorum g\n").getBytes(UTF_8));
        var any = Policy.parse((two + "group g any v w\nquorum g\n").getBytes(UTF_8));
        var one = Policy.parse((two + "quorum w\n").getBytes(UTF_8));

        assertEquals("2 of (v, w)", all.quorum().words());
        assertEquals("1 of (v, w)", any.quorum().words());
        assertEquals("w", one.quorum().words());
        assertTrue(one.quorum().met(Set.of(witness(12))));
        assertEquals("none", Policy.parse("quorum none\n".getBytes(UTF_8)).quorum().words());
    }

    @Test
    void one_witness_under_two_names_counts_for_nobody() {
        var log = LOG.log(ORIGIN);
        var twice = Map.of("x", witness(11), "y", witness(11));

        assertThrows(IllegalArgumentException.class, () -> Policy.of(log, 2, twice));
        assertThrows(
                IllegalArgumentException.class,
                () -> Policy.of(log, 3, Map.of("x", witness(11), "y", witness(12))));
    }

    @FuzzTest
    void parse(byte[] bytes) {
        readOrRefused(bytes);
    }

    @Test
    void texts_that_are_almost_policies_are_read_or_refused() {
        Mutations.of(List.of(TEXT), 20_000, PolicyTest::readOrRefused);
    }

    private static void readOrRefused(byte[] bytes) {
        try {
            Policy.parse(bytes).quorum().words();
        } catch (MalformedPolicy refused) {
            return;
        }
    }

    private static VerifierKey witness(int number) {
        return new TestKey(number).witness("witness.example/" + number);
    }

    private static SignedCheckpoint cosigned(int... witnesses) {
        var signed = SIGNED;
        for (int number : witnesses) {
            signed =
                    signed.with(
                            Signatures.cosign(
                                    CHECKPOINT.text(),
                                    "witness.example/" + number,
                                    NOON.plusSeconds(number),
                                    new TestKey(number)));
        }
        return signed;
    }
}
