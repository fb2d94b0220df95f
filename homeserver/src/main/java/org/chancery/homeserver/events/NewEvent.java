package org.chancery.homeserver.events;

import java.util.List;
import java.util.Optional;
import org.chancery.protocol.event.Pdu;
import org.jspecify.annotations.Nullable;

/// An event to be appended.
///
/// @param room its room
/// @param event its place, known when it is written
/// @param pdu the signed event
/// @param prevEvents its `prev_events`, in order
/// @param authEvents its `auth_events`, in order
/// @param flags see [EventFlags]
/// @param stateBefore the state before it; null for a create event
/// @param transaction what the client called it
public record NewEvent(
        RoomRef room,
        EventRef event,
        Pdu pdu,
        List<EventRef> prevEvents,
        List<EventRef> authEvents,
        int flags,
        @Nullable SnapshotRef stateBefore,
        Optional<Transaction> transaction) {
    public NewEvent {
        prevEvents = List.copyOf(prevEvents);
        authEvents = List.copyOf(authEvents);
    }
}
