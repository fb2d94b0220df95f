package org.chancery.tlog.note;

import java.util.List;

/// A checkpoint and the note in which it came; the two are one text. It says nothing about whose
/// signatures hold.
public final class SignedCheckpoint {
    private final Checkpoint checkpoint;
    private final Note note;

    private SignedCheckpoint(Checkpoint checkpoint, Note note) {
        this.checkpoint = checkpoint;
        this.note = note;
    }

    /// Throws [MalformedNote].
    public static SignedCheckpoint parse(byte[] bytes) {
        return of(Note.parse(bytes));
    }

    /// Throws [MalformedNote] where the note is no checkpoint.
    public static SignedCheckpoint of(Note note) {
        return new SignedCheckpoint(Checkpoint.parse(note.text()), note);
    }

    /// A log's own checkpoint, signed in the name of its origin.
    public static SignedCheckpoint sign(Checkpoint checkpoint, Ed25519Signer signer) {
        String text = checkpoint.text();
        var line = Signatures.sign(text, checkpoint.origin(), signer);
        return new SignedCheckpoint(checkpoint, new Note(text, List.of(line)));
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    public Note note() {
        return note;
    }

    /// With one signature more.
    public SignedCheckpoint with(SignatureLine line) {
        return new SignedCheckpoint(checkpoint, note.with(line));
    }

    @Override
    public String toString() {
        return "SignedCheckpoint[" + checkpoint.origin() + " " + checkpoint.size() + "]";
    }
}
