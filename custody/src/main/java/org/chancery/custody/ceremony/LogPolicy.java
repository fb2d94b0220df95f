package org.chancery.custody.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.custody.seal.SigningKey;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.note.MalformedNote;
import org.chancery.tlog.verify.MalformedPolicy;
import org.chancery.tlog.verify.Policy;
import org.chancery.tlog.verify.TlogProof;

/// What a custodian has pinned: the key of the log, the witnesses, and how many of them must have
/// seen it (C2SP tlog-policy). An entry that is not proved under it counts as not logged.
public final class LogPolicy {
    /// Largest policy file.
    public static final int BYTES_MAX = 64 * 1024;

    private final Policy policy;

    private LogPolicy(Policy policy) {
        this.policy = policy;
    }

    public static LogPolicy parse(byte[] bytes) {
        try {
            return new LogPolicy(Policy.parse(bytes));
        } catch (MalformedPolicy e) {
            throw new MalformedArchive("the policy of the log: " + e.getMessage());
        }
    }

    /// The place of the entry in the log; refuses a proof that does not hold.
    ///
    /// @param proof in the form of C2SP tlog-proof
    public long check(LogEntry entry, String proof) {
        return check(entry, proof, "the stock");
    }

    /// @param what the entry is of, for the message of a refusal
    public long check(LogEntry entry, String proof, String what) {
        return check(entry.bytes(), proof, what);
    }

    /// @param leaf the bytes that were logged
    public long check(byte[] leaf, String proof, String what) {
        TlogProof parsed;
        try {
            parsed = TlogProof.parse(proof.getBytes(UTF_8));
        } catch (MalformedNote e) {
            throw new MalformedArchive("the proof from the log: " + e.getMessage());
        }
        Policy.Verdict verdict =
                policy.judge(parsed, Hash.leaf(leaf), SigningKey.verifier()::verify);
        return switch (verdict) {
            case Policy.Trusted _ -> parsed.index();
            case Policy.Refused(String reason) ->
                    throw new MalformedArchive(what + " is not proved to be logged: " + reason);
        };
    }
}
