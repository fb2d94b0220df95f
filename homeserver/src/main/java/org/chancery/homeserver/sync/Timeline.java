package org.chancery.homeserver.sync;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chancery.homeserver.events.PageToken;
import org.chancery.homeserver.events.StoredEvent;

/// The part of a room's events that an answer shows, oldest first (client-server API,
/// `Timeline Batch`).
///
/// @param limited whether events before these were left out
/// @param prevBatch where to read on backwards
record Timeline(List<StoredEvent> events, boolean limited, PageToken prevBatch) {

    /// Whether the state event is shown in it, so that `state` must tell what was before.
    Set<Long> positions() {
        Set<Long> positions = new HashSet<>();
        events.forEach(event -> positions.add(event.position()));
        return positions;
    }

    /// The position before the first event; the end of the span where there is none.
    long start(Stay stay) {
        return events.isEmpty() ? stay.upTo() : events.getFirst().position() - 1;
    }
}
