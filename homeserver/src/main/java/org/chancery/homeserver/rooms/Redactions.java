package org.chancery.homeserver.rooms;

import java.util.List;
import org.chancery.homeserver.events.Append;
import org.chancery.homeserver.events.EventEnvelope;
import org.chancery.homeserver.events.EventRef;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.authrules.PowerLevels;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;

/// What a redaction does to its target (rooms, "Handling redactions").
final class Redactions {
    private Redactions() {}

    /// The target without what redaction takes away.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_NOT_FOUND` if the room has no such
    ///     event, `M_FORBIDDEN` if the sender may not redact it
    static Append.Redacted of(EventStore events, RoomHead head, Pdu redaction, EventId target) {
        StoredEvent found =
                events.event(target)
                        .filter(event -> event.room().id().equals(head.room().id()))
                        .orElseThrow(
                                () ->
                                        new MatrixError.NotFound("No such event in this room")
                                                .asException());
        requireMayRedact(head, redaction, found);
        EventRef ref = EventRef.stored(target, found.position());
        Pdu redacted = events.pdus(List.of(found.position())).getFirst().redacted();
        head.redacted(redacted);
        return new Append.Redacted(ref, EventEnvelope.shown(redacted.json()));
    }

    private static void requireMayRedact(RoomHead head, Pdu redaction, StoredEvent target) {
        PowerLevels levels = head.powerLevels(head.version());
        boolean own = target.sender().equals(redaction.sender());
        if (!own && levels.of(redaction.sender()) < levels.redact()) {
            throw new MatrixError.Forbidden("You may not redact the events of others")
                    .asException();
        }
        if (target.type().equals(EventType.CREATE)) {
            throw new MatrixError.Forbidden("The creation of a room cannot be redacted")
                    .asException();
        }
    }
}
