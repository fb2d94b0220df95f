package org.chancery.homeserver.relations;

import java.util.Set;
import java.util.function.Predicate;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.id.UserId;

/// For whom relations in a room are told.
///
/// @param upTo the position up to which he may look
/// @param shows whether he may see the event
/// @param ignored of whom he wants to hear nothing
public record Viewer(
        UserId user, RoomRef room, long upTo, Predicate<StoredEvent> shows, Set<UserId> ignored) {
    public Viewer {
        ignored = Set.copyOf(ignored);
    }

    /// The last ordinal that he may see.
    long last() {
        return EventStore.ordinal(upTo);
    }
}
