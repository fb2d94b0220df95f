package org.chancery.governance.cases;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseStepEntry;
import org.chancery.protocol.id.UserId;

/// A case as the server holds it.
///
/// @param number in the order in which cases were drafted
/// @param changedAt when it came to this state
/// @param refusal the reason of a refusal
/// @param prepared whether the devices that it concerns have been taken out of use
/// @param noticedAt when all its rooms were told
public record HeldCase(
        String id,
        long number,
        CaseEntry entry,
        CaseState state,
        Instant changedAt,
        Optional<String> refusal,
        boolean prepared,
        Optional<Instant> noticedAt) {
    private static final int ID_BYTES = 16;

    /// The id of a case: the beginning of the digest of what is signed.
    public static String id(CaseEntry entry) {
        return HexFormat.of().formatHex(CaseStepEntry.digestOf(entry).bytes(), 0, ID_BYTES);
    }

    /// Whether that is who asked for the case or who is to approve it.
    public boolean isOfficer(UserId user) {
        return user.equals(entry.signers().requester().user())
                || user.equals(entry.signers().approver().user());
    }

    /// The case in another state.
    HeldCase to(CaseState next, CaseEntry signed, Instant at) {
        return new HeldCase(id, number, signed, next, at, refusal, prepared, noticedAt);
    }
}
