package org.chancery.homeserver.relations;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.id.EventId;

/// What is told of an event's children beside it (client-server API, "Aggregations of child
/// events").
///
/// @param replacement the most recent valid edit
/// @param thread the thread of which it is the root
/// @param references the events that refer to it, the oldest first
public record Bundle(
        Optional<StoredEvent> replacement,
        Optional<ThreadSummary> thread,
        List<EventId> references) {
    /// Nothing.
    public static final Bundle NONE = new Bundle(Optional.empty(), Optional.empty(), List.of());

    public Bundle {
        references = List.copyOf(references);
    }

    /// Whether there is anything to tell.
    public boolean isEmpty() {
        return replacement.isEmpty() && thread.isEmpty() && references.isEmpty();
    }

    /// A thread in short.
    ///
    /// @param latest its latest event
    /// @param ofLatest what is told of the latest event's own children
    /// @param count how many events are in it, without its root
    /// @param participated whether the reader sent its root or one of its events
    public record ThreadSummary(
            StoredEvent latest, Bundle ofLatest, long count, boolean participated) {}
}
