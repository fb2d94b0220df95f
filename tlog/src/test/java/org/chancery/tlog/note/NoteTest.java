package org.chancery.tlog.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.chancery.tlog.Mutations;
import org.chancery.tlog.TestKey;
import org.junit.jupiter.api.Test;

class NoteTest {
    private static final Ed25519Verifier JDK = new JdkEd25519();
    private static final TestKey KEY = new TestKey(1);
    private static final String TEXT = "example.org/log\n3\n" + "A".repeat(43) + "=\n";

    /// The example of C2SP signed-note, "Verifier keys".
    private static final String KNOWN_KEY =
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private static final String KNOWN_NOTE =
            "This is an example message.\n\n\u2014 example.com/foo"
                    + " Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZ"
                    + "XsYjOBH3mFXmRKuw"
                    + "HjG1Yu72IneyaQM=\n";

    /// The first example of C2SP signed-note: a text with an empty line in it.
    private static final String POEM =
            "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\n"
                    + "ed \u00e8 subito sera.\n\n\u2014 quasimodo.example/salvatore"
                    + " NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0x"
                    + "McXxj99ihA"
                    + "QwaqP3ZekRwNtIc=\n";

    @Test
    void the_key_of_the_specification_verifies_the_note_of_the_specification() {
        var key = VerifierKey.parse(KNOWN_KEY);
        var note = Note.parse(KNOWN_NOTE.getBytes(UTF_8));

        assertEquals("example.com/foo", key.name());
        assertEquals(0x530d903a, key.id());
        assertEquals(KNOWN_KEY, key.toString());
        assertEquals("This is an example message.\n", note.text());
        assertEquals(Note.Signed.YES, note.isSignedBy(key, JDK));
    }

    @Test
    void the_text_ends_at_the_last_empty_line() {
        var note = Note.parse(POEM.getBytes(UTF_8));

        assertTrue(note.text().endsWith("\n\ned \u00e8 subito sera.\n"));
        assertEquals("quasimodo.example/salvatore", note.signatures().getFirst().keyName());
        assertEquals(0x367ba04b, note.signatures().getFirst().keyId());
        assertArrayEquals(POEM.getBytes(UTF_8), note.bytes());
    }

    @Test
    void a_signature_holds_for_its_text_and_key_only() {
        var line = Signatures.sign(TEXT, "example.org/log", KEY);
        var note = new Note(TEXT, List.of(line));
        var other = new Note(TEXT.replace('3', '4'), List.of(line));

        assertEquals(Note.Signed.YES, note.isSignedBy(KEY.log("example.org/log"), JDK));
        assertEquals(Note.Signed.FALSELY, other.isSignedBy(KEY.log("example.org/log"), JDK));
        assertEquals(Note.Signed.NO, note.isSignedBy(KEY.log("example.org/other"), JDK));
        assertEquals(Note.Signed.NO, note.isSignedBy(KEY.witness("example.org/log"), JDK));
        assertEquals(Note.Signed.NO, note.isSignedBy(new TestKey(2).log("example.org/log"), JDK));
    }

    @Test
    void one_false_signature_of_a_key_outweighs_a_true_one() {
        var key = KEY.log("example.org/log");
        var line = Signatures.sign(TEXT, key.name(), KEY);
        var bad = new SignatureLine(key.name(), key.id(), new byte[64]);

        var trueFirst = new Note(TEXT, List.of(line, bad));
        var falseFirst = new Note(TEXT, List.of(bad, line));

        assertEquals(Note.Signed.FALSELY, trueFirst.isSignedBy(key, JDK));
        assertEquals(Note.Signed.FALSELY, falseFirst.isSignedBy(key, JDK));
        assertEquals(Note.Signed.YES, falseFirst.with(line).isSignedBy(key, JDK));
    }

    @Test
    void notes_of_another_form_are_refused() {
        String good = KNOWN_NOTE;
        for (String wrong :
                List.of(
                        "",
                        "\n",
                        "\n\n",
                        "text\n",
                        "text\n\n",
                        good.substring(0, good.length() - 1),
                        good + "\n",
                        good + "x\n",
                        good.replace("\u2014 ", "- "),
                        good.replace("\u2014 ", "\u2014"),
                        good.replace("com/foo", "com/f+o"),
                        good.replace("com/foo", "com/f o"),
                        good.replace("com/foo", "com/f\u00a0o"),
                        good.replace("com/foo", "com/f\u2003o"),
                        good.replace("example.com/foo", ""),
                        good.replace("This", "Th\tis"),
                        good.replace("This", "Th\ris"),
                        good.replace("yaQM=", "yaQM"),
                        good.replace("yaQM=", "yaQN="),
                        good.replace("\n\n", "\n"),
                        good.substring(0, good.indexOf("Uw2Q")) + "Uw2QOg==\n")) {
            assertThrows(MalformedNote.class, () -> Note.parse(wrong.getBytes(UTF_8)), wrong);
        }
        assertThrows(MalformedNote.class, () -> Note.parse(new byte[] {(byte) 0xc0, 10, 10}));
        assertThrows(MalformedNote.class, () -> new Note("no newline", List.of()));
        assertThrows(MalformedNote.class, () -> new Note("a\tb\n", List.of()));
        assertThrows(MalformedNote.class, () -> new SignatureLine("a", 1, new byte[0]));
    }

    @Test
    void as_many_signatures_are_read_as_a_bound_allows() {
        var lines = new ArrayList<SignatureLine>();
        for (int i = 0; i < Note.SIGNATURES_MAX; i++) {
            lines.add(new SignatureLine("w" + i, i, new byte[2_420]));
        }
        var most = new Note("text\n", lines).bytes();
        var more = (new String(most, UTF_8) + lines.getFirst() + "\n").getBytes(UTF_8);
        lines.add(lines.getFirst());

        assertEquals(Note.SIGNATURES_MAX, Note.parse(most).signatures().size());
        assertThrows(MalformedNote.class, () -> Note.parse(more));
        assertThrows(MalformedNote.class, () -> new Note("text\n", lines));
        assertThrows(MalformedNote.class, () -> Note.parse(new byte[Note.BYTES_MAX + 1]));
    }

    @Test
    void keys_of_another_form_are_refused() {
        for (String wrong :
                List.of(
                        "",
                        "example.com/foo",
                        KNOWN_KEY.replace("530d903a", "530d903b"),
                        KNOWN_KEY.replace("530d903a", "530D903A"),
                        KNOWN_KEY.replace("example.com/foo", "example.com/bar"),
                        KNOWN_KEY.replace("example.com/foo", ""),
                        KNOWN_KEY.replace("+Aeky", "+Beky"),
                        KNOWN_KEY.replace("3U2k", "3U2"),
                        KNOWN_KEY.replace("3U2k", "3Q=="))) {
            assertThrows(MalformedNote.class, () -> VerifierKey.parse(wrong), wrong);
        }
        assertThrows(
                MalformedNote.class,
                () -> new VerifierKey("a", VerifierKey.Use.NOTE, new byte[31]));
    }

    @Test
    void a_key_for_another_use_has_another_id() {
        var log = KEY.log("example.org/a");
        var witness = KEY.witness("example.org/a");

        assertNotEquals(log.id(), witness.id());
        assertNotEquals(log, witness);
        assertEquals(witness, VerifierKey.parse(witness.toString()));
        assertEquals(log.hashCode(), VerifierKey.parse(log.toString()).hashCode());
        assertNotEquals(log, KEY.log("example.org/b"));
        assertNotEquals(log, new TestKey(2).log("example.org/a"));
    }

    @Test
    void a_cosignature_binds_its_time() {
        var time = Instant.ofEpochSecond(1_679_315_147);
        var line = Signatures.cosign(TEXT, "w", time, KEY);
        var bytes = line.signature();
        bytes[7] ^= 1;
        var later = new SignatureLine("w", line.keyId(), bytes);
        var key = KEY.witness("w");

        assertEquals(72, bytes.length);
        assertEquals(Optional.of(time), Signatures.time(line));
        assertEquals(Note.Signed.YES, new Note(TEXT, List.of(line)).isSignedBy(key, JDK));
        assertEquals(Note.Signed.FALSELY, new Note(TEXT, List.of(later)).isSignedBy(key, JDK));
        assertTrue(
                JDK.verify(
                        KEY.publicKey(),
                        ("cosignature/v1\ntime 1679315147\n" + TEXT).getBytes(UTF_8),
                        Arrays.copyOfRange(line.signature(), 8, 72)));
    }

    @Test
    void a_cosignature_without_a_time_or_with_none_that_can_be_is_none() {
        var key = KEY.witness("w");
        var shorter = new SignatureLine("w", key.id(), new byte[7]);
        var negative = new byte[72];
        negative[0] = (byte) 0x80;
        var never = new SignatureLine("w", key.id(), negative);

        assertEquals(Optional.empty(), Signatures.time(shorter));
        assertEquals(Optional.empty(), Signatures.time(never));
        assertEquals(Note.Signed.FALSELY, new Note(TEXT, List.of(shorter)).isSignedBy(key, JDK));
        assertEquals(Note.Signed.FALSELY, new Note(TEXT, List.of(never)).isSignedBy(key, JDK));
        assertThrows(
                IllegalArgumentException.class,
                () -> Signatures.cosign(TEXT, "w", Instant.EPOCH, KEY));
    }

    @Test
    void keys_and_signatures_that_are_none_verify_as_false() {
        var message = "m".getBytes(UTF_8);
        var signature = KEY.sign(message);

        assertTrue(JDK.verify(KEY.publicKey(), message, signature));
        assertFalse(JDK.verify(KEY.publicKey(), message, new byte[63]));
        assertFalse(JDK.verify(KEY.publicKey(), message, new byte[64]));
        assertFalse(JDK.verify(new byte[31], message, signature));
        for (int i = 0; i < 256; i++) {
            var point = new byte[32];
            Arrays.fill(point, (byte) i);
            assertFalse(JDK.verify(point, message, signature));
        }
    }

    @FuzzTest
    void parse(byte[] bytes) {
        sameOrRefused(bytes);
    }

    @FuzzTest
    void keys(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        try {
            assertEquals(text, VerifierKey.parse(text).toString());
        } catch (MalformedNote refused) {
            return;
        }
    }

    @Test
    void texts_that_are_almost_notes_are_read_as_themselves_or_refused() {
        Mutations.of(List.of(KNOWN_NOTE, POEM), 50_000, NoteTest::sameOrRefused);
    }

    private static void sameOrRefused(byte[] bytes) {
        Note note;
        try {
            note = Note.parse(bytes);
        } catch (MalformedNote refused) {
            return;
        }
        assertArrayEquals(bytes, note.bytes());
    }
}
