package org.chancery.homeserver.rooms;

import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// What somebody wants to say in a room, before the room gives it a place.
///
/// @param stateKey null for a message event
/// @param timestamp `origin_server_ts` in milliseconds, where an application service states one
/// @param redacts the target of an `m.room.redaction`
public record EventDraft(
        UserId sender,
        String type,
        @Nullable String stateKey,
        JsonObject content,
        OptionalLong timestamp,
        Optional<EventId> redacts) {

    /// A message event.
    public static EventDraft message(UserId sender, String type, JsonObject content) {
        return new EventDraft(sender, type, null, content, OptionalLong.empty(), Optional.empty());
    }

    /// A state event.
    public static EventDraft state(UserId sender, StateKey key, JsonObject content) {
        return new EventDraft(
                sender, key.type(), key.key(), content, OptionalLong.empty(), Optional.empty());
    }

    /// A membership event.
    public static EventDraft member(UserId sender, UserId target, JsonObject content) {
        return state(sender, StateKey.member(target), content);
    }

    /// A redaction.
    public static EventDraft redaction(UserId sender, EventId target, JsonObject content) {
        return new EventDraft(
                sender,
                EventType.REDACTION,
                null,
                content,
                OptionalLong.empty(),
                Optional.of(target));
    }
}
