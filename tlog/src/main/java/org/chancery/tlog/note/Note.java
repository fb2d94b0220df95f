package org.chancery.tlog.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/// A text and the signatures beneath it (C2SP signed-note). Whose signatures hold is asked of
/// [#isSignedBy]; a note that nobody known has signed is not to be believed.
public record Note(String text, List<SignatureLine> signatures) {
    /// Room for many signatures, larger ones than ours among them.
    public static final int BYTES_MAX = 256 * 1024;

    public static final int SIGNATURES_MAX = 64;

    public Note {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n")) {
            throw new MalformedNote("a text without a last newline");
        }
        if (NoteText.decode(text.getBytes(UTF_8)).length() > BYTES_MAX
                || signatures.size() > SIGNATURES_MAX) {
            throw new MalformedNote("too long a note");
        }
    }

    /// What is known of a key and a note.
    public enum Signed {
        /// A signature of the key holds.
        YES,
        /// None says to be by the key.
        NO,
        /// One says so and does not hold: the note is to be refused whole.
        FALSELY
    }

    /// Throws [MalformedNote].
    public static Note parse(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw new MalformedNote("too long a note");
        }
        String all = NoteText.decode(bytes);
        int blank = all.lastIndexOf("\n\n");
        if (blank < 0 || blank + 2 == all.length() || !all.endsWith("\n")) {
            throw new MalformedNote("no signatures");
        }
        var lines = all.substring(blank + 2, all.length() - 1).split("\n", SIGNATURES_MAX + 2);
        var signatures = new ArrayList<SignatureLine>();
        for (String line : lines) {
            if (signatures.size() == SIGNATURES_MAX) {
                throw new MalformedNote("too many signatures");
            }
            signatures.add(SignatureLine.parse(line));
        }
        return new Note(all.substring(0, blank + 1), signatures);
    }

    /// The note as it is exchanged; it must have a signature.
    public byte[] bytes() {
        var all = new StringBuilder(text).append('\n');
        signatures.forEach(line -> all.append(line).append('\n'));
        return all.toString().getBytes(UTF_8);
    }

    /// The note with that signature beneath the others, or in the place of one by the same key.
    public Note with(SignatureLine line) {
        var all = new ArrayList<>(signatures);
        all.removeIf(l -> l.keyName().equals(line.keyName()) && l.keyId() == line.keyId());
        all.add(line);
        return new Note(text, all);
    }

    /// Whether the key has signed this text.
    public Signed isSignedBy(VerifierKey key, Ed25519Verifier verifier) {
        var answer = Signed.NO;
        for (SignatureLine line : signatures) {
            if (line.isBy(key)) {
                if (!Signatures.holds(text, line, key, verifier)) {
                    return Signed.FALSELY;
                }
                answer = Signed.YES;
            }
        }
        return answer;
    }
}
