package org.chancery.tlog.witness;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.merkle.ProofCheck;
import org.chancery.tlog.note.Checkpoint;
import org.chancery.tlog.note.Ed25519Signer;
import org.chancery.tlog.note.Ed25519Verifier;
import org.chancery.tlog.note.MalformedNote;
import org.chancery.tlog.note.Note;
import org.chancery.tlog.note.Signatures;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.note.VerifierKey;

/// A witness of its neighbours' logs: it cosigns a checkpoint when it continues the last one that
/// it
/// cosigned, so a log cannot show different trees to different readers without its witnesses
/// (C2SP tlog-witness). May be asked by many threads.
public final class Witness {
    private final VerifierKey key;
    private final Ed25519Signer signer;
    private final Ed25519Verifier verifier;
    private final Map<String, Set<VerifierKey>> logs;
    private final WitnessStore store;
    private final InstantSource clock;

    /// A witness of that name, for logs by origin with the keys that may sign for them.
    public Witness(
            String name,
            Ed25519Signer signer,
            Ed25519Verifier verifier,
            Map<String, Set<VerifierKey>> logs,
            WitnessStore store,
            InstantSource clock) {
        this.key = new VerifierKey(name, VerifierKey.Use.COSIGNATURE, signer.publicKey());
        this.signer = signer;
        this.verifier = verifier;
        this.logs = Map.copyOf(logs);
        this.store = store;
        this.clock = clock;
    }

    /// The key by which others know this witness.
    public VerifierKey key() {
        return key;
    }

    /// Answers the body of an `add-checkpoint` request, with the checks in the protocol's order.
    public WitnessAnswer addCheckpoint(byte[] body) {
        AddCheckpoint request;
        try {
            request = AddCheckpoint.parse(body);
        } catch (MalformedNote e) {
            return new WitnessAnswer.Malformed(String.valueOf(e.getMessage()));
        }
        var checkpoint = request.checkpoint().checkpoint();
        var keys = logs.get(checkpoint.origin());
        if (keys == null) {
            return new WitnessAnswer.UnknownLog();
        }
        if (!isSigned(request.checkpoint().note(), keys)) {
            return new WitnessAnswer.NotSigned();
        }
        if (request.oldSize() > checkpoint.size()) {
            return new WitnessAnswer.Malformed("an old size beyond the checkpoint's");
        }
        var latest = store.latest(checkpoint.origin()).map(SignedCheckpoint::checkpoint);
        if (size(latest) != request.oldSize()) {
            return new WitnessAnswer.OtherSize(size(latest));
        }
        if (!continues(latest, request)) {
            return new WitnessAnswer.Inconsistent();
        }
        return cosign(request, keys);
    }

    /// The last checkpoint of that log that was cosigned here, with the log's signature and ours,
    /// for
    /// those who watch the log (C2SP tlog-witness, "Monitor Retrieval Mechanism").
    public Optional<SignedCheckpoint> latest(String origin) {
        return logs.containsKey(origin) ? store.latest(origin) : Optional.empty();
    }

    /// At least one of the keys has signed, and no signature that names one of them fails.
    private boolean isSigned(Note note, Set<VerifierKey> keys) {
        var answers = keys.stream().map(each -> note.isSignedBy(each, verifier)).toList();
        return answers.contains(Note.Signed.YES) && !answers.contains(Note.Signed.FALSELY);
    }

    private static boolean continues(Optional<Checkpoint> latest, AddCheckpoint request) {
        var checkpoint = request.checkpoint().checkpoint();
        if (checkpoint.size() == 0 && !checkpoint.root().equals(Hash.OF_EMPTY_TREE)) {
            return false;
        }
        var oldRoot = latest.map(Checkpoint::root).orElse(Hash.OF_EMPTY_TREE);
        return ProofCheck.grows(
                oldRoot, request.oldSize(), checkpoint.root(), checkpoint.size(), request.proof());
    }

    private WitnessAnswer cosign(AddCheckpoint request, Set<VerifierKey> keys) {
        var note = request.checkpoint().note();
        var line = Signatures.cosign(note.text(), key.name(), clock.instant(), signer);
        var byLog =
                note.signatures().stream().filter(l -> keys.stream().anyMatch(l::isBy)).toList();
        var kept = SignedCheckpoint.of(new Note(note.text(), byLog).with(line));
        String origin = kept.checkpoint().origin();
        if (store.replace(origin, request.oldSize(), kept)) {
            return new WitnessAnswer.Cosigned(line);
        }
        return new WitnessAnswer.OtherSize(
                size(store.latest(origin).map(SignedCheckpoint::checkpoint)));
    }

    private static long size(Optional<Checkpoint> latest) {
        return latest.map(Checkpoint::size).orElse(0L);
    }
}
