package org.chancery.homeserver.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.StateChange;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.relations.Bundle;
import org.chancery.homeserver.rooms.RoomVisibility;
import org.chancery.protocol.json.JsonObject;

/// Gives events what depends on who looks at them. What other events are needed for it is read in
/// one go.
final class Dressing {
    private final EventStore events;

    Dressing(EventStore events) {
        this.events = events;
    }

    /// The events of a timeline; a state event tells what it replaced.
    ///
    /// @param changes of the state, at least from the start of the timeline
    /// @param bundles what relates to the events, by position
    List<ShownEvent> timeline(
            Span span,
            Optional<RoomVisibility> visibility,
            Timeline timeline,
            List<StateChange> changes,
            Map<Long, Bundle> bundles) {
        return dress(span, visibility, timeline.events(), replaced(timeline, changes), bundles);
    }

    /// The events of a state.
    List<ShownEvent> state(
            Span span, Optional<RoomVisibility> visibility, List<StoredEvent> state) {
        return dress(span, visibility, state, Map.of(), Map.of());
    }

    private List<ShownEvent> dress(
            Span span,
            Optional<RoomVisibility> visibility,
            Collection<StoredEvent> shown,
            Map<Long, Long> replaced,
            Map<Long, Bundle> bundles) {
        Set<Long> others = new HashSet<>(replaced.values());
        shown.forEach(event -> event.redactedBy().ifPresent(others::add));
        Map<Long, StoredEvent> loaded = new HashMap<>();
        EventLoad.at(events, others).forEach(event -> loaded.put(event.position(), event));
        List<ShownEvent> dressed = new ArrayList<>(shown.size());
        for (StoredEvent event : shown) {
            Long before = replaced.get(event.position());
            dressed.add(
                    new ShownEvent(
                            event,
                            event.transactionId(span.user(), span.device().value()),
                            before == null
                                    ? Optional.empty()
                                    : Optional.ofNullable(loaded.get(before)),
                            event.redactedBy().isPresent()
                                    ? Optional.ofNullable(
                                            loaded.get(event.redactedBy().getAsLong()))
                                    : Optional.empty(),
                            Optional.of(membership(visibility, event)),
                            span.filter().federationFormat()
                                    ? Optional.of(federation(event))
                                    : Optional.empty(),
                            Optional.ofNullable(bundles.get(event.position()))));
        }
        return dressed;
    }

    private JsonObject federation(StoredEvent event) {
        return events.pdus(List.of(event.position())).getFirst().json();
    }

    /// The membership when the event was sent; the one it gave, if it is the user's own.
    private static String membership(Optional<RoomVisibility> visibility, StoredEvent event) {
        return visibility.map(it -> it.at(event.position()).toString()).orElse("join");
    }

    /// What each state event of the timeline replaced.
    private static Map<Long, Long> replaced(Timeline timeline, List<StateChange> changes) {
        Map<Long, Long> replaced = new HashMap<>();
        for (StateChange change : changes) {
            if (change.event().isPresent() && change.replaced().isPresent()) {
                replaced.put(change.event().getAsLong(), change.replaced().getAsLong());
            }
        }
        replaced.keySet().retainAll(timeline.positions());
        return replaced;
    }
}
