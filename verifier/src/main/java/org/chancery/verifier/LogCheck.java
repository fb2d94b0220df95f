package org.chancery.verifier;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.note.JdkEd25519;
import org.chancery.tlog.note.SignatureLine;
import org.chancery.tlog.note.VerifierKey;
import org.chancery.tlog.verify.Policy;
import org.chancery.tlog.verify.TlogProof;

/// That leaves are in a log of the reader's policy, as enough witnesses have seen it. Nothing may
/// be
/// in a proof that nobody has signed: no extra bytes, and no signature of a key that the reader
/// does
/// not know, or of one key twice.
final class LogCheck {
    private final Export export;
    private final Policy policy;
    private final Findings findings;
    private final JdkEd25519 verifier = new JdkEd25519();

    LogCheck(Export export, Policy policy, Findings findings) {
        this.export = export;
        this.policy = policy;
        this.findings = findings;
    }

    /// A leaf that is proved: its index, and what was trusted for it.
    record Proved(long index, Policy.Trusted trusted) {}

    /// The proof in that file, of the leaf that lies in the other.
    Optional<Proved> check(String path, String leafPlace, Hash leaf) {
        var proof = findings.read(export, path, TlogProof::parse);
        if (proof.isEmpty()) {
            return Optional.empty();
        }
        if (proof.get().extra().isPresent()) {
            findings.add(path, "bytes that nobody has signed");
        }
        var seen = new ArrayList<VerifierKey>();
        for (SignatureLine line : proof.get().checkpoint().note().signatures()) {
            var key = known(line);
            if (key.isEmpty() || seen.contains(key.get())) {
                findings.add(path, "a signature by a key that the policy does not know, or again");
            }
            key.ifPresent(seen::add);
        }
        return switch (policy.judge(proof.get(), leaf, verifier)) {
            case Policy.Trusted trusted -> Optional.of(new Proved(proof.get().index(), trusted));
            case Policy.Refused(String reason) -> {
                findings.add(path, reason + " (" + leafPlace + ")");
                yield Optional.empty();
            }
        };
    }

    private Optional<VerifierKey> known(SignatureLine line) {
        for (VerifierKey log : policy.logs()) {
            if (line.isBy(log)) {
                return Optional.of(log);
            }
        }
        for (Map.Entry<String, VerifierKey> witness : policy.witnesses().entrySet()) {
            if (line.isBy(witness.getValue())) {
                return Optional.of(witness.getValue());
            }
        }
        return Optional.empty();
    }
}
