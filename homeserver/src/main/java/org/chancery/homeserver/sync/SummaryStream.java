package org.chancery.homeserver.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateChange;
import org.chancery.homeserver.events.StateHistory;
import org.chancery.homeserver.events.StateStore;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;

/// The summary of a room, for clients that load members lazily: when they first hear of the room,
/// and when members or the room's names change (client-server API, `RoomSummary`).
final class SummaryStream {
    private static final int HEROES = 5;

    private final EventStore events;
    private final StateStore states;
    private final StateHistory history;

    SummaryStream(EventStore events, StateStore states, StateHistory history) {
        this.events = events;
        this.states = states;
        this.history = history;
    }

    /// The summary, if there is news of it.
    ///
    /// @param changes what of the state changed within the span
    Optional<RoomSummary> of(Span span, Stay stay, List<StateChange> changes) {
        boolean wanted =
                span.filter().room().state().lazyLoadMembers()
                        && stay.section() == Stay.Section.JOIN
                        && (stay.whole() || changes.stream().anyMatch(SummaryStream::matters));
        return wanted ? Optional.of(summary(stay.room(), span.user())) : Optional.empty();
    }

    private static boolean matters(StateChange change) {
        return switch (change.key().type()) {
            case EventType.MEMBER, EventType.NAME, EventType.CANONICAL_ALIAS -> true;
            default -> false;
        };
    }

    private RoomSummary summary(RoomRef room, UserId user) {
        Map<String, Long> counts = history.memberCounts(room);
        return new RoomSummary(
                isNamed(room) ? Optional.empty() : Optional.of(heroes(room, user)),
                counts.getOrDefault("join", 0L),
                counts.getOrDefault("invite", 0L));
    }

    private List<UserId> heroes(RoomRef room, UserId user) {
        List<UserId> heroes = others(room, user, Set.of("join", "invite"));
        return heroes.isEmpty() ? others(room, user, Set.of("leave", "ban")) : heroes;
    }

    private List<UserId> others(RoomRef room, UserId user, Set<String> memberships) {
        List<UserId> others = new ArrayList<>(history.firstMembers(room, memberships, HEROES + 1));
        others.remove(user);
        return List.copyOf(others.subList(0, Math.min(HEROES, others.size())));
    }

    private boolean isNamed(RoomRef room) {
        return has(room, EventType.NAME, "name") || has(room, EventType.CANONICAL_ALIAS, "alias");
    }

    private boolean has(RoomRef room, String type, String field) {
        return states.current(room, new StateKey(type, "")).stream()
                .flatMap(row -> events.events(List.of(row.event().position())).stream())
                .anyMatch(
                        event ->
                                event.content()
                                        .string(field)
                                        .filter(text -> !text.isEmpty())
                                        .isPresent());
    }
}
