package org.chancery.governance.cases;

import java.time.Instant;
import java.util.List;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseGround;
import org.chancery.archive.entry.CaseOfficer;
import org.chancery.archive.stock.PublicKey;
import org.chancery.protocol.id.RoomId;

/// What somebody asks for who drafts a case.
///
/// @param readingRoom the key of the machine on which the records shall be opened
public record CaseWish(
        CaseGround ground,
        List<Part> parts,
        PublicKey readingRoom,
        CaseEntry.Notice notice,
        CaseOfficer requester,
        CaseOfficer approver) {
    public CaseWish {
        parts = List.copyOf(parts);
    }

    /// A room, from when, and until when.
    public record Part(RoomId room, Instant from, Instant until) {}
}
