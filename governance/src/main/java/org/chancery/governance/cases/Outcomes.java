package org.chancery.governance.cases;

import java.time.Duration;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseScope;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.entry.PiecesEntry;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.governance.log.LogStopped;
import org.chancery.governance.log.ServerLog;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.ledger.leaf.ExportLeaf;
import org.chancery.ledger.leaf.MalformedLeaf;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.verify.TlogProof;

/// What came of a case: the two leaves that the opening of a room gives to be logged, one over the
/// pieces of the messages that were read and one over the files of the export. An export counts
/// when their proofs have come back.
///
/// A room may be opened again, and then has other leaves; the same leaf again is logged once.
public final class Outcomes {
    /// How long who brings a leaf waits for the witnesses.
    private static final Duration WITNESSED_MAX = Duration.ofSeconds(20);

    private final Cases cases;
    private final Journal journal;
    private final ServerLog log;

    public Outcomes(Cases cases, Journal journal, ServerLog log) {
        this.cases = cases;
        this.journal = journal;
        this.log = log;
    }

    /// Logs a leaf of an opening, for an officer of its case, and waits until witnesses have seen
    /// it.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_INVALID_PARAM` for what is no leaf of
    ///     an opening of this case, `M_NOT_FOUND` while it is not witnessed: try again later
    public TlogProof log(String caseId, UserId by, JsonObject leaf) {
        HeldCase held = cases.officers(caseId, by);
        if (held.state() != CaseState.APPROVED) {
            throw invalid("The case is " + held.state() + ": nothing was opened for it");
        }
        check(held.entry(), leaf);
        Hash hash = journal.commit(Changes.of(tx -> log.note(tx, leaf.bytes())));
        try {
            return log.prove(hash, WITNESSED_MAX).orElseThrow(Outcomes::notYet);
        } catch (LogStopped e) {
            throw notYet();
        }
    }

    private static void check(CaseEntry entry, JsonObject leaf) {
        try {
            if (leaf.string("type").orElse("").equals(ExportLeaf.TYPE)) {
                ExportLeaf export = ExportLeaf.parse(leaf.bytes());
                check(entry, export.room(), export.caseLeaf().equals(Hash.leaf(entry.bytes())));
            } else if (LogEntry.parse(leaf.bytes()) instanceof PiecesEntry pieces) {
                check(entry, pieces.room(), pieces.of().equals(entry.digest()));
            } else {
                throw invalid("This is no leaf of an opening");
            }
        } catch (MalformedArchive | MalformedLeaf e) {
            throw invalid("This is no leaf of an opening: " + e.getMessage());
        }
    }

    private static void check(CaseEntry entry, RoomId room, boolean isOfThisCase) {
        if (!isOfThisCase) {
            throw invalid("The leaf is of another case");
        }
        if (entry.scope().stream().map(CaseScope::room).noneMatch(room::equals)) {
            throw invalid("The case is not about " + room);
        }
    }

    private static RuntimeException notYet() {
        return new MatrixError.NotFound("The leaf is noted and not witnessed yet; try again later")
                .asException();
    }

    private static RuntimeException invalid(String why) {
        return new MatrixError.InvalidParam(why).asException();
    }
}
