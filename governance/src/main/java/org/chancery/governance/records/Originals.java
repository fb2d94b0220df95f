package org.chancery.governance.records;

import java.util.Optional;
import org.chancery.homeserver.events.EventEnvelope;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.Keeper;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// Keeps what was said in a record room and is redacted before the archive has come to read it,
/// which is a moment later: a record does not lose what its room loses.
public final class Originals implements Keeper {
    private final RecordScope rooms;
    private final PieceStore pieces;
    private final EventStore events;

    public Originals(RecordScope rooms, PieceStore pieces, EventStore events) {
        this.rooms = rooms;
        this.pieces = pieces;
        this.events = events;
    }

    @Override
    public boolean keeps(RoomRef room) {
        return rooms.contains(room.id());
    }

    @Override
    public void redacting(Tx tx, RoomRef room, long target) {
        if (!keeps(room) || pieces.has(tx, Place.id(target, 0))) {
            return;
        }
        Optional<byte[]> said = events.json(tx, target);
        said.ifPresent(json -> pieces.insertOriginal(tx, target, json));
    }

    /// The event as it was signed.
    ///
    /// @param event as the log has it now
    /// @param original what clients were shown of it before, where it has lost that since
    static Pdu restored(Pdu event, byte @Nullable [] original) {
        if (original == null) {
            return event;
        }
        JsonObject now = event.json();
        JsonObject.Builder whole = Json.parseObject(original).toBuilder();
        JsonObject shown = EventEnvelope.shown(now);
        for (JsonObject.Member member : now.entries()) {
            if (!shown.has(member.name())) {
                whole.put(member.name(), member.value());
            }
        }
        return Pdu.restore(event.eventId(), whole.build(), event.version());
    }
}
