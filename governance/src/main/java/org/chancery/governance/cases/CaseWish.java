package org.chancery.governance.cases;

import java.time.Instant;
import java.util.List;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseGround;
import org.chancery.archive.entry.CaseOfficer;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.PublicKey;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;

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
        Fields.of(JsonObject.EMPTY, "a case")
                .must(
                        !parts.isEmpty() && parts.size() <= CaseEntry.ROOMS_MAX,
                        "it is about 1 to " + CaseEntry.ROOMS_MAX + " rooms");
    }

    /// A room, from when, and until when.
    public record Part(RoomId room, Instant from, Instant until) {
        /// Archives have no quarters before, and none after.
        private static final Instant EARLIEST = Instant.parse("2001-01-01T00:00:00Z");

        private static final Instant LATEST = Instant.parse("9998-01-01T00:00:00Z");

        public Part {
            Fields fields = Fields.of(JsonObject.EMPTY, "the while of a room");
            fields.must(from.isBefore(until), "it begins before it ends");
            fields.must(
                    !from.isBefore(EARLIEST) && !until.isAfter(LATEST),
                    "it lies in the years from 2001 to 9997");
        }
    }
}
