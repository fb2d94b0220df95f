package org.chancery.ledger.export;

import java.util.Optional;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.JsonObject;

/// One line of `room/members.jsonl`: somebody came, went, or changed the name that the room shows.
/// It follows from the event, and stands apart so that it can be read.
public record MemberLine(EventId event, long at, String user, String membership, String name) {
    /// The line of an event, where it is one of membership.
    public static Optional<MemberLine> of(Pdu event) {
        if (!event.isState() || !event.type().equals(EventType.MEMBER)) {
            return Optional.empty();
        }
        return Optional.of(
                new MemberLine(
                        event.eventId(),
                        event.originServerTs(),
                        String.valueOf(event.stateKey()),
                        event.content().string("membership").orElse(""),
                        event.content().string("displayname").orElse("")));
    }

    /// The line in canonical JSON, without its end.
    public byte[] bytes() {
        return JsonObject.builder()
                .put("event_id", event.value())
                .put("at", at)
                .put("user_id", user)
                .put("membership", membership)
                .put("name", name)
                .build()
                .bytes();
    }
}
