package org.chancery.homeserver.ephemeral;

import java.util.Optional;
import org.chancery.homeserver.accountdata.AccountData;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Up to where a user has read everything (client-server API, "Fully read markers"): the account
/// data `m.fully_read` of the room. It moves forward only, so far as we know both events.
public final class ReadMarkers {
    public static final String TYPE = "m.fully_read";

    private final AccountData data;
    private final EventStore events;
    private final LocalMembers members;

    public ReadMarkers(AccountData data, EventStore events, LocalMembers members) {
        this.data = data;
        this.events = events;
        this.members = members;
    }

    /// Sets the marker.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_FORBIDDEN` if the user is not in the
    ///     room, `M_INVALID_PARAM` if the event is of another room
    public void set(UserId user, RoomId roomId, EventId event) {
        RoomRef room =
                events.room(roomId)
                        .filter(it -> members.isIn(it, user))
                        .orElseThrow(
                                () ->
                                        new MatrixError.Forbidden("You are not in this room")
                                                .asException());
        Optional<StoredEvent> found = events.event(event);
        if (found.filter(it -> it.room().number() != room.number()).isPresent()) {
            throw new MatrixError.InvalidParam("The event is of another room").asException();
        }
        boolean isBehind =
                found.isPresent()
                        && before(user, roomId)
                                .filter(it -> it.ordinal() >= found.get().ordinal())
                                .isPresent();
        if (!isBehind) {
            data.set(user, Optional.of(roomId), TYPE, JsonObject.of("event_id", event.value()));
        }
    }

    private Optional<StoredEvent> before(UserId user, RoomId room) {
        return data.get(user, Optional.of(room), TYPE)
                .flatMap(content -> content.string("event_id"))
                .flatMap(ReadMarkers::id)
                .flatMap(events::event);
    }

    private static Optional<EventId> id(String text) {
        try {
            return Optional.of(EventId.parse(text));
        } catch (MalformedId e) {
            return Optional.empty();
        }
    }
}
