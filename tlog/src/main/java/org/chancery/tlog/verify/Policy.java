package org.chancery.tlog.verify;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.merkle.ProofCheck;
import org.chancery.tlog.note.Checkpoint;
import org.chancery.tlog.note.Ed25519Verifier;
import org.chancery.tlog.note.Note;
import org.chancery.tlog.note.NoteText;
import org.chancery.tlog.note.SignatureLine;
import org.chancery.tlog.note.Signatures;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.note.VerifierKey;

/// What a client has pinned: the keys of the logs it accepts, the witnesses it knows by name, and
/// which of them together it wants to see.
///
/// @param urls where witnesses take checkpoints, by their names; not all need have one
public record Policy(
        List<VerifierKey> logs,
        Map<String, VerifierKey> witnesses,
        Map<String, String> urls,
        Quorum quorum) {
    public Policy {
        logs = List.copyOf(logs);
        witnesses = Map.copyOf(witnesses);
        urls = Map.copyOf(urls);
        var keys = witnesses.values().stream().map(key -> NoteText.base64(key.publicKey()));
        if (keys.distinct().count() < witnesses.size()) {
            throw new IllegalArgumentException("one witness under two names");
        }
    }

    public Policy(List<VerifierKey> logs, Map<String, VerifierKey> witnesses, Quorum quorum) {
        this(logs, witnesses, Map.of(), quorum);
    }

    /// These witnesses for this log alone.
    public Policy of(VerifierKey log) {
        return new Policy(List.of(log), witnesses, urls, quorum);
    }

    /// One log, and `least` of some witnesses.
    public static Policy of(VerifierKey log, int least, Map<String, VerifierKey> witnesses) {
        var members = witnesses.entrySet().stream();
        var all = members.<Quorum>map(w -> new Quorum.Witness(w.getKey(), w.getValue())).toList();
        var quorum = least == 0 ? new Quorum.None() : new Quorum.Group(least, all);
        return new Policy(List.of(log), witnesses, quorum);
    }

    /// Reads a policy file; throws [MalformedPolicy].
    public static Policy parse(byte[] bytes) {
        return new PolicyReader().read(bytes);
    }

    /// What came of a check.
    public sealed interface Verdict {}

    /// Everything holds. Which witnesses of the policy have signed, and when they say that they
    /// did.
    public record Trusted(Checkpoint checkpoint, Map<String, Instant> witnessed)
            implements Verdict {
        public Trusted {
            witnessed = Map.copyOf(witnessed);
        }

        /// When so many witnesses had seen it: the time of the last one of the earliest ones.
        public Optional<Instant> seenBy(int witnesses) {
            return witnessed.values().stream().sorted().skip(witnesses - 1).findFirst();
        }
    }

    /// Something does not hold, and what.
    public record Refused(String reason) implements Verdict {}

    /// Whether the checkpoint is of a log that is accepted and has been seen by enough witnesses.
    public Verdict judge(SignedCheckpoint signed, Ed25519Verifier verifier) {
        var checkpoint = signed.checkpoint();
        var note = signed.note();
        boolean byLog = false;
        for (VerifierKey log : logs) {
            if (log.name().equals(checkpoint.origin())) {
                var answer = note.isSignedBy(log, verifier);
                if (answer == Note.Signed.FALSELY) {
                    return new Refused("the signature of the log does not hold");
                }
                byLog |= answer == Note.Signed.YES;
            }
        }
        if (!byLog) {
            return new Refused("the checkpoint is signed by no log of the policy");
        }
        var witnessed = new LinkedHashMap<String, Instant>();
        for (var witness : witnesses.entrySet()) {
            var answer = note.isSignedBy(witness.getValue(), verifier);
            if (answer == Note.Signed.FALSELY) {
                return new Refused("a signature of " + witness.getKey() + " does not hold");
            }
            if (answer == Note.Signed.YES) {
                witnessed.put(witness.getKey(), time(note, witness.getValue()));
            }
        }
        var keys = Set.copyOf(witnessed.keySet().stream().map(this::key).toList());
        return quorum.met(keys)
                ? new Trusted(checkpoint, witnessed)
                : new Refused("too few witnesses: wanted is " + quorum.words());
    }

    /// Whether that leaf is in a log that is accepted, as enough witnesses have seen it.
    public Verdict judge(TlogProof proof, Hash leaf, Ed25519Verifier verifier) {
        var verdict = judge(proof.checkpoint(), verifier);
        var checkpoint = proof.checkpoint().checkpoint();
        boolean included =
                ProofCheck.includes(
                        checkpoint.root(), checkpoint.size(), leaf, proof.index(), proof.path());
        return included || verdict instanceof Refused
                ? verdict
                : new Refused("the entry is not at index " + proof.index() + " of the log");
    }

    private VerifierKey key(String witness) {
        var key = witnesses.get(witness);
        if (key == null) {
            throw new AssertionError("only witnesses of the policy are looked for");
        }
        return key;
    }

    /// The earliest time of a witness's signatures.
    private static Instant time(Note note, VerifierKey witness) {
        return note.signatures().stream()
                .filter(line -> line.isBy(witness))
                .map(Policy::time)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private static Instant time(SignatureLine line) {
        return Signatures.time(line).orElseThrow();
    }
}
