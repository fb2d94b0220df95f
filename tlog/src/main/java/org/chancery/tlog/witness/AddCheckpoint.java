package org.chancery.tlog.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.merkle.Proofs;
import org.chancery.tlog.note.MalformedNote;
import org.chancery.tlog.note.NoteText;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.verify.TlogProof;

/// The body of an `add-checkpoint` request: a checkpoint, and the proof that it continues the tree
/// of the old size (C2SP tlog-witness, "add-checkpoint").
public record AddCheckpoint(long oldSize, List<Hash> proof, SignedCheckpoint checkpoint) {
    /// Most bytes of a request.
    public static final int BYTES_MAX = 512 * 1024;

    private static final String OLD = "old ";

    public AddCheckpoint {
        proof = List.copyOf(proof);
        if (oldSize < 0 || proof.size() > Proofs.HASHES_MAX) {
            throw new MalformedNote("not a request");
        }
    }

    /// Throws [MalformedNote].
    public static AddCheckpoint parse(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw new MalformedNote("too long a request");
        }
        String text = NoteText.decode(bytes);
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw new MalformedNote("a request without a checkpoint");
        }
        var lines = new ArrayList<>(Arrays.asList(text.substring(0, blank).split("\n", -1)));
        if (!lines.getFirst().startsWith(OLD)) {
            throw new MalformedNote("a request without an old size");
        }
        long old = NoteText.number(lines.removeFirst().substring(OLD.length()));
        var note = text.substring(blank + 2).getBytes(UTF_8);
        return new AddCheckpoint(old, TlogProof.hashes(lines), SignedCheckpoint.parse(note));
    }

    /// The request as it is sent.
    public byte[] bytes() {
        var text = new StringBuilder(OLD).append(oldSize).append('\n');
        proof.forEach(hash -> text.append(hash).append('\n'));
        text.append('\n').append(new String(checkpoint.note().bytes(), UTF_8));
        return text.toString().getBytes(UTF_8);
    }
}
