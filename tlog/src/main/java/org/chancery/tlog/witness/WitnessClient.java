package org.chancery.tlog.witness;

import java.util.List;
import org.chancery.tlog.merkle.Nodes;
import org.chancery.tlog.merkle.Proofs;
import org.chancery.tlog.note.Ed25519Verifier;
import org.chancery.tlog.note.MalformedNote;
import org.chancery.tlog.note.Note;
import org.chancery.tlog.note.NoteText;
import org.chancery.tlog.note.SignatureLine;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.note.VerifierKey;

/// How a log asks one of its witnesses. It remembers how far the witness has come, which the
/// witness
/// corrects when it is wrong. For one thread at a time.
public final class WitnessClient {
    private static final int REPLY_BYTES_MAX = 64 * 1024;
    private static final int ATTEMPTS = 2; // The second with the size that the witness named.

    private final VerifierKey witness;
    private final WitnessDoor door;
    private final Ed25519Verifier verifier;
    private long cosignedSize;

    public WitnessClient(VerifierKey witness, WitnessDoor door, Ed25519Verifier verifier) {
        this.witness = witness;
        this.door = door;
        this.verifier = verifier;
    }

    /// What came of asking.
    public sealed interface Outcome {}

    /// The signature of the witness beneath this checkpoint; it holds.
    public record Cosigned(SignatureLine line) implements Outcome {}

    /// The witness has cosigned a larger tree of this log than the log has: this log has lost
    /// leaves, or somebody else signs in its name. Nothing should be appended before it is known
    /// which.
    public record Ahead(long size) implements Outcome {}

    /// No signature this time, and why.
    public record Failed(String reason) implements Outcome {}

    /// Asks for a signature beneath a checkpoint, with proofs out of that tree.
    public Outcome ask(SignedCheckpoint signed, Nodes tree) {
        long size = signed.checkpoint().size();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (cosignedSize > size) {
                return new Ahead(cosignedSize);
            }
            var proof = Proofs.consistency(tree, cosignedSize, size);
            var reply = door.addCheckpoint(new AddCheckpoint(cosignedSize, proof, signed).bytes());
            if (reply.status() == 200) {
                return signature(reply, signed);
            }
            if (reply.status() != 409
                    || !reply.contentType().equals(WitnessAnswer.OtherSize.CONTENT_TYPE)) {
                return new Failed("status " + reply.status());
            }
            try {
                cosignedSize = size(reply);
            } catch (MalformedNote e) {
                return new Failed("a size that is none");
            }
        }
        return new Failed("the witness names another size each time");
    }

    private static long size(WitnessDoor.Reply reply) {
        String text = NoteText.decode(reply.body());
        if (!text.endsWith("\n")) {
            throw new MalformedNote("no line");
        }
        return NoteText.number(text.substring(0, text.length() - 1));
    }

    /// Lines of other keys are left aside, as the protocol bids.
    private Outcome signature(WitnessDoor.Reply reply, SignedCheckpoint signed) {
        String text = signed.note().text();
        try {
            for (SignatureLine line : lines(reply)) {
                if (line.isBy(witness)) {
                    var note = new Note(text, List.of(line));
                    if (note.isSignedBy(witness, verifier) != Note.Signed.YES) {
                        return new Failed("the signature of the witness does not hold");
                    }
                    cosignedSize = signed.checkpoint().size();
                    return new Cosigned(line);
                }
            }
        } catch (MalformedNote e) {
            return new Failed("an answer that is none: " + e.getMessage());
        }
        return new Failed("no signature of the witness in its answer");
    }

    private static List<SignatureLine> lines(WitnessDoor.Reply reply) {
        String text = reply.body().length > REPLY_BYTES_MAX ? "" : NoteText.decode(reply.body());
        if (!text.endsWith("\n")) {
            throw new MalformedNote("no signature lines");
        }
        var lines = text.substring(0, text.length() - 1).split("\n", Note.SIGNATURES_MAX + 1);
        return List.of(lines).stream().map(SignatureLine::parse).toList();
    }
}
