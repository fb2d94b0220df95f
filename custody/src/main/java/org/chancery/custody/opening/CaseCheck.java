package org.chancery.custody.opening;

import java.util.List;
import org.chancery.archive.dossier.DossierReader;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.order.CaseOrder;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.PublicKey;
import org.chancery.custody.ceremony.LogPolicy;
import org.chancery.custody.seal.SigningKey;

/// What must hold of a case before anybody releases a share for it or opens anything: the one check
/// for custodians and archivist.
public final class CaseCheck {
    private CaseCheck() {}

    /// The case at its place in the log. Refuses one that officers of these cards have not signed,
    /// that the pinned log does not have or enough witnesses have not seen, whose rooms are not
    /// bound to the identities that it names, or that names another reading room.
    public static CaseOrder check(
            DossierReader dossier,
            List<Custodian> officers,
            LogPolicy policy,
            PublicKey readingRoom) {
        CaseEntry entry = dossier.entry();
        entry.check(officers, SigningKey.verifier());
        if (!entry.readingRoom().equals(readingRoom)) {
            throw new MalformedArchive(
                    "the case is refused: it names another key than this reading room's");
        }
        long index = policy.check(entry, dossier.proof(), "the case");
        for (int place = 0; place < entry.scope().size(); place++) {
            String what = "the binding of " + entry.scope().get(place).room();
            long bound = policy.check(dossier.binding(place), dossier.bindingProof(place), what);
            if (bound > index) {
                throw new MalformedArchive(what + " was logged after the case");
            }
        }
        return new CaseOrder(entry, index);
    }
}
