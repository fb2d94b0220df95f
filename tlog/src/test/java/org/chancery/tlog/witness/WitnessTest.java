package org.chancery.tlog.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.tlog.Mutations;
import org.chancery.tlog.TestKey;
import org.chancery.tlog.merkle.Definition;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.merkle.Nodes;
import org.chancery.tlog.merkle.Proofs;
import org.chancery.tlog.note.Checkpoint;
import org.chancery.tlog.note.JdkEd25519;
import org.chancery.tlog.note.MalformedNote;
import org.chancery.tlog.note.Note;
import org.chancery.tlog.note.SignatureLine;
import org.chancery.tlog.note.SignedCheckpoint;
import org.junit.jupiter.api.Test;

class WitnessTest {
    private static final JdkEd25519 JDK = new JdkEd25519();
    private static final String ORIGIN = "log.example.org";
    private static final TestKey LOG = new TestKey(1);
    private static final TestKey KEY = new TestKey(2);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Definition DEFINITION = Definition.ofEntries(40);
    private static final Nodes TREE =
            (level, index) -> right((int) (index << level), (int) ((index + 1) << level));

    /// The example request of C2SP tlog-witness.
    private static final String KNOWN =
            """
            old 20852014
            PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
            jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
            5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
            /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            \u2014 example.com/behind-the-sofa \
            Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+\
            zyWE+xeMcTOAYQ8=
            \u2014 example.com/behind-the-sofa \
            opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovn\
            zv++qbSzm9Q=
            """;

    private final MemoryWitnessStore store = new MemoryWitnessStore();
    private final Witness witness =
            new Witness(
                    "w.example",
                    KEY,
                    JDK,
                    Map.of(ORIGIN, Set.of(LOG.log(ORIGIN))),
                    store,
                    () -> NOON);

    @Test
    void the_request_of_the_specification_is_read() {
        var request = AddCheckpoint.parse(KNOWN.getBytes(UTF_8));

        assertEquals(20_852_014, request.oldSize());
        assertEquals(4, request.proof().size());
        assertEquals(2, request.checkpoint().note().signatures().size());
        assertArrayEquals(KNOWN.getBytes(UTF_8), request.bytes());
    }

    @Test
    void a_log_that_grows_is_cosigned_each_time() {
        long before = 0;
        for (int size : List.of(0, 0, 1, 1, 7, 8, 31, 40)) {
            var signed = checkpoint(size);
            var request = new AddCheckpoint(before, Proofs.consistency(TREE, before, size), signed);

            var answer = witness.addCheckpoint(request.bytes());

            var line = assertInstanceOf(WitnessAnswer.Cosigned.class, answer).line();
            assertEquals(200, answer.status());
            assertEquals(line + "\n", new String(answer.body(), UTF_8));
            assertEquals(Note.Signed.YES, signed.with(line).note().isSignedBy(witness.key(), JDK));
            var kept = witness.latest(ORIGIN).orElseThrow();
            assertEquals(size, kept.checkpoint().size());
            assertEquals(Note.Signed.YES, kept.note().isSignedBy(LOG.log(ORIGIN), JDK));
            assertEquals(Note.Signed.YES, kept.note().isSignedBy(witness.key(), JDK));
            before = size;
        }
    }

    @Test
    void signatures_of_strangers_are_not_kept() {
        var stranger = new SignatureLine("stranger", 7, new byte[64]);

        witness.addCheckpoint(
                new AddCheckpoint(0, List.of(), checkpoint(3).with(stranger)).bytes());

        assertEquals(2, witness.latest(ORIGIN).orElseThrow().note().signatures().size());
        assertEquals(Optional.empty(), witness.latest("other"));
    }

    @Test
    void what_is_no_request_is_answered_with_400() {
        assertEquals(400, witness.addCheckpoint(new byte[0]).status());
        assertEquals(400, ask(4, List.of(), checkpoint(3)).status());
        for (String wrong :
                List.of(
                        KNOWN.replace("old 2", "old 02"),
                        KNOWN.replace("old 2", "new 2"),
                        KNOWN.replace("kaw=", "kaw"),
                        KNOWN.replace("\n\n", "\n"),
                        KNOWN.replaceFirst("\n\n", "\n\n\n"))) {
            assertThrows(MalformedNote.class, () -> AddCheckpoint.parse(wrong.getBytes(UTF_8)));
        }
        assertThrows(
                MalformedNote.class,
                () -> AddCheckpoint.parse(new byte[AddCheckpoint.BYTES_MAX + 1]));
        assertThrows(MalformedNote.class, () -> new AddCheckpoint(-1, List.of(), checkpoint(3)));
    }

    @Test
    void an_unknown_log_is_answered_with_404() {
        var other = new Checkpoint("other", 3, right(0, 3));

        assertEquals(404, ask(0, List.of(), SignedCheckpoint.sign(other, LOG)).status());
    }

    @Test
    void a_checkpoint_that_the_log_has_not_signed_is_answered_with_403() {
        var signed = SignedCheckpoint.sign(checkpoint(3).checkpoint(), new TestKey(9));
        var log = LOG.log(ORIGIN);
        var alsoFalse =
                SignedCheckpoint.of(
                        new Note(
                                checkpoint(3).note().text(),
                                List.of(
                                        checkpoint(3).note().signatures().getFirst(),
                                        new SignatureLine(ORIGIN, log.id(), new byte[64]))));

        assertEquals(403, ask(0, List.of(), signed).status());
        assertEquals(403, ask(0, List.of(), alsoFalse).status());
        assertEquals(Optional.empty(), witness.latest(ORIGIN));
    }

    @Test
    void another_old_size_is_answered_with_409_and_the_right_one() {
        ask(0, List.of(), checkpoint(5));

        var answer = ask(0, List.of(), checkpoint(7));
        var beyond = ask(6, Proofs.consistency(TREE, 6, 7), checkpoint(7));

        assertEquals(409, answer.status());
        assertEquals("5\n", new String(answer.body(), UTF_8));
        assertEquals(Optional.of("text/x.tlog.size"), answer.contentType());
        assertEquals(409, beyond.status());
    }

    @Test
    void a_tree_that_does_not_continue_the_last_one_is_answered_with_422() {
        var another = SignedCheckpoint.sign(new Checkpoint(ORIGIN, 5, right(1, 6)), LOG);
        var notEmpty = SignedCheckpoint.sign(new Checkpoint(ORIGIN, 0, right(0, 1)), LOG);

        assertEquals(422, ask(0, List.of(), notEmpty).status());
        assertEquals(422, ask(0, List.of(right(0, 1)), checkpoint(5)).status());
        assertEquals(200, ask(0, List.of(), checkpoint(5)).status());
        assertEquals(422, ask(5, List.of(), another).status());
        assertEquals(422, ask(5, Proofs.consistency(TREE, 4, 7), checkpoint(7)).status());
        assertEquals(5, witness.latest(ORIGIN).orElseThrow().checkpoint().size());
    }

    @Test
    void of_two_requests_at_once_one_is_told_of_the_other() {
        ask(0, List.of(), checkpoint(5));
        store.before = () -> ask(5, Proofs.consistency(TREE, 5, 9), checkpoint(9));

        var answer = ask(5, Proofs.consistency(TREE, 5, 7), checkpoint(7));

        assertEquals(new WitnessAnswer.OtherSize(9), answer);
        assertEquals(9, witness.latest(ORIGIN).orElseThrow().checkpoint().size());
    }

    @Test
    void a_log_that_does_not_know_how_far_its_witness_is_asks_twice() {
        ask(0, List.of(), checkpoint(5));
        var asked = new ArrayList<Integer>();
        var client = client(asked);

        var first = client.ask(checkpoint(12), TREE);
        var second = client.ask(checkpoint(30), TREE);

        assertInstanceOf(WitnessClient.Cosigned.class, first);
        assertInstanceOf(WitnessClient.Cosigned.class, second);
        assertEquals(List.of(409, 200, 200), asked);
    }

    @Test
    void a_log_learns_that_its_witness_has_seen_more_of_it_than_there_is() {
        ask(0, List.of(), checkpoint(30));

        var outcome = client(new ArrayList<>()).ask(checkpoint(12), TREE);

        assertEquals(new WitnessClient.Ahead(30), outcome);
    }

    @Test
    void answers_that_are_none_are_no_signature() {
        var signed = checkpoint(3);
        var other = new TestKey(8).witness("w.example");
        String foreign = new SignatureLine("w.example", other.id(), new byte[72]) + "\n";
        String bad = new SignatureLine("w.example", witness.key().id(), new byte[72]) + "\n";

        for (WitnessDoor.Reply reply :
                List.of(
                        reply(200, "", ""),
                        reply(200, "", "nonsense\n"),
                        reply(200, "", foreign),
                        reply(200, "", bad),
                        reply(200, "", bad.strip()),
                        reply(200, "", "x".repeat(70_000) + "\n"),
                        reply(500, "", ""),
                        reply(409, "text/plain", "1\n"),
                        reply(409, "text/x.tlog.size", "1"),
                        reply(409, "text/x.tlog.size", "x\n"),
                        reply(409, "text/x.tlog.size", "1\n"))) {
            var client = new WitnessClient(witness.key(), _ -> reply, JDK);

            assertInstanceOf(WitnessClient.Failed.class, client.ask(signed, TREE));
        }
    }

    @Test
    void lines_of_other_keys_in_an_answer_are_left_aside() {
        var line =
                assertInstanceOf(WitnessAnswer.Cosigned.class, ask(0, List.of(), checkpoint(3)))
                        .line();
        String text = new SignatureLine("other", 1, new byte[9]) + "\n" + line + "\n";
        var client = new WitnessClient(witness.key(), _ -> reply(200, "", text), JDK);

        assertEquals(new WitnessClient.Cosigned(line), client.ask(checkpoint(3), TREE));
    }

    @FuzzTest
    void parse(byte[] bytes) {
        sameOrRefused(bytes);
    }

    @Test
    void texts_that_are_almost_requests_are_read_as_themselves_or_refused() {
        Mutations.of(List.of(KNOWN), 50_000, WitnessTest::sameOrRefused);
    }

    private static void sameOrRefused(byte[] bytes) {
        AddCheckpoint request;
        try {
            request = AddCheckpoint.parse(bytes);
        } catch (MalformedNote refused) {
            return;
        }
        assertArrayEquals(bytes, request.bytes());
    }

    private WitnessClient client(List<Integer> statuses) {
        return new WitnessClient(
                witness.key(),
                body -> {
                    var answer = witness.addCheckpoint(body);
                    statuses.add(answer.status());
                    return new WitnessDoor.Reply(
                            answer.status(), answer.contentType().orElse(""), answer.body());
                },
                JDK);
    }

    private static WitnessDoor.Reply reply(int status, String contentType, String body) {
        return new WitnessDoor.Reply(status, contentType, body.getBytes(UTF_8));
    }

    private WitnessAnswer ask(long old, List<Hash> proof, SignedCheckpoint signed) {
        return witness.addCheckpoint(new AddCheckpoint(old, proof, signed).bytes());
    }

    private static SignedCheckpoint checkpoint(int size) {
        return SignedCheckpoint.sign(new Checkpoint(ORIGIN, size, right(0, size)), LOG);
    }

    private static Hash right(int start, int end) {
        return Hash.of(DEFINITION.hash(start, end));
    }

    /// A store that lets a test come in between once.
    private static final class MemoryWitnessStore implements WitnessStore {
        private final Map<String, SignedCheckpoint> latest = new HashMap<>();
        private Runnable before = () -> {};

        @Override
        public Optional<SignedCheckpoint> latest(String origin) {
            return Optional.ofNullable(latest.get(origin));
        }

        @Override
        public boolean replace(String origin, long oldSize, SignedCheckpoint checkpoint) {
            var once = before;
            before = () -> {};
            once.run();
            if (latest(origin).map(s -> s.checkpoint().size()).orElse(0L) != oldSize) {
                return false;
            }
            latest.put(origin, checkpoint);
            return true;
        }
    }
}
