package org.chancery.homeserver.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.StateChange;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.filter.RoomEventFilter;
import org.chancery.protocol.id.UserId;

/// The state of a room, or what of it changed (client-server API, "Syncing").
///
/// Asked for as of the end of the timeline (`state_after`), it is read off the log of changes.
/// Asked
/// for as of its start (`state`), an entry whose event the timeline shows is taken back to what it
/// was before the timeline; an entry whose event the timeline does not show (a filter, a limit, a
/// resolution) is told as it is.
///
/// With lazy-loading only those members are told who are needed; but in a delta every change of a
/// membership, so that none is lost in a gap.
final class StateStream {
    private final EventStore events;
    private final RoomStates roomStates;
    private final LazyMembers lazyMembers;

    StateStream(EventStore events, RoomStates roomStates, LazyMembers lazyMembers) {
        this.events = events;
        this.roomStates = roomStates;
        this.lazyMembers = lazyMembers;
    }

    /// The state to tell.
    ///
    /// @param changes of the state, from the start of the span or, in a new room, of the timeline
    /// @param heroes members who name the room, needed with lazy-loading
    List<StoredEvent> of(
            Span span,
            Stay stay,
            Timeline timeline,
            List<StateChange> changes,
            Collection<UserId> heroes) {
        if (stay.inUntil() == 0) {
            return List.of();
        }
        RoomEventFilter filter = span.filter().room().state();
        Part part = new Part(span, stay, timeline, until(changes, stay.inUntil()), heroes);
        Map<StateKey, Long> state = stay.whole() ? whole(part) : delta(part);
        state.keySet().removeIf(key -> !filter.acceptsType(key.type()));
        List<StoredEvent> all = new ArrayList<>(EventLoad.at(events, Set.copyOf(state.values())));
        if (!filter.isAll()) {
            all.removeIf(event -> !wanted(filter, event));
        }
        return all;
    }

    /// What the state of one room is worked out from.
    private record Part(
            Span span,
            Stay stay,
            Timeline timeline,
            List<StateChange> changes,
            Collection<UserId> heroes) {
        boolean isLazy() {
            return span.filter().room().state().lazyLoadMembers();
        }

        /// The events that the timeline shows and the client therefore applies itself.
        Set<Long> shown() {
            return span.request().stateAfter() ? Set.of() : timeline.positions();
        }

        Set<UserId> neededMembers() {
            Set<UserId> needed = new HashSet<>(heroes);
            timeline.events().forEach(event -> needed.add(event.sender()));
            return needed;
        }
    }

    private static List<StateChange> until(List<StateChange> changes, long position) {
        return changes.isEmpty() || changes.getLast().position() <= position
                ? changes
                : changes.stream().filter(change -> change.position() <= position).toList();
    }

    private Map<StateKey, Long> whole(Part part) {
        Stay stay = part.stay();
        Map<StateKey, Long> state;
        if (part.isLazy()) {
            Set<UserId> needed = part.neededMembers();
            needed.add(part.span().user());
            state = roomStates.withMembers(stay.room(), stay.inUntil(), needed);
        } else {
            state = roomStates.all(stay.room(), stay.inUntil());
        }
        takeBack(part, state);
        return remembered(part, state);
    }

    /// The latest change of each entry that the timeline does not show. Where it shows the latest,
    /// what was before its start, if that has changed at all.
    private Map<StateKey, Long> delta(Part part) {
        Map<StateKey, Long> state = new HashMap<>();
        Set<Long> shown = part.shown();
        Set<StateKey> taken = new HashSet<>();
        for (StateChange change : part.changes().reversed()) {
            boolean isShown =
                    change.event().isPresent() && shown.contains(change.event().getAsLong());
            if (!isShown && taken.add(change.key()) && change.event().isPresent()) {
                state.put(change.key(), change.event().getAsLong());
            }
        }
        if (part.isLazy()) {
            unknownMembers(part).forEach(state::putIfAbsent);
        }
        return remembered(part, state);
    }

    /// The members that the client needs for this timeline and does not have yet.
    private Map<StateKey, Long> unknownMembers(Part part) {
        Set<UserId> needed = part.neededMembers();
        if (needed.isEmpty()) {
            return Map.of();
        }
        Span span = part.span();
        Stay stay = part.stay();
        Map<StateKey, Long> members = roomStates.members(stay.room(), stay.inUntil(), needed);
        takeBack(part, members);
        return span.filter().room().state().includeRedundantMembers()
                ? members
                : lazyMembers.unknown(span, stay.room().number(), members);
    }

    private Map<StateKey, Long> remembered(Part part, Map<StateKey, Long> state) {
        if (part.isLazy()) {
            Map<StateKey, Long> members = new HashMap<>(state);
            members.keySet().removeIf(key -> !key.type().equals(EventType.MEMBER));
            lazyMembers.sent(part.span(), part.stay().room().number(), members);
        }
        return state;
    }

    /// Takes what the timeline shows back to what it was before the timeline.
    private static void takeBack(Part part, Map<StateKey, Long> state) {
        Set<Long> shown = part.shown();
        if (shown.isEmpty() || state.values().stream().noneMatch(shown::contains)) {
            return;
        }
        long start = part.timeline().start(part.stay());
        Map<StateKey, OptionalLong> before =
                RoomStates.firstReplaced(
                        part.changes().stream()
                                .filter(change -> change.position() > start)
                                .toList());
        for (StateKey key : List.copyOf(state.keySet())) {
            if (shown.contains(Objects.requireNonNull(state.get(key)))) {
                RoomStates.undo(state, key, before.getOrDefault(key, OptionalLong.empty()));
            }
        }
    }

    private static boolean wanted(RoomEventFilter filter, StoredEvent event) {
        return filter.acceptsRoom(event.room().id())
                && filter.accepts(event.type(), event.sender(), event.content());
    }
}
