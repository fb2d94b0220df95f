package org.chancery.homeserver.sync;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateChange;
import org.chancery.homeserver.events.StateHistory;
import org.chancery.homeserver.events.StateStore;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;

/// The state of a room at a position near the present: the state now, with what changed since then
/// undone. The state now is read first, so whatever is in it too much is among the changes.
final class RoomStates {
    private final StateStore states;
    private final StateHistory history;

    RoomStates(StateStore states, StateHistory history) {
        this.states = states;
        this.history = history;
    }

    /// All state, by the position of the event in force.
    Map<StateKey, Long> all(RoomRef room, long position) {
        Map<StateKey, Long> state = map(history.withoutMembers(room));
        state.putAll(map(history.members(room)));
        changesAfter(room, position).forEach((key, before) -> undo(state, key, before));
        return state;
    }

    /// The state without memberships, but for those of these users.
    Map<StateKey, Long> withMembers(RoomRef room, long position, Collection<UserId> users) {
        Map<StateKey, Long> state = map(history.withoutMembers(room));
        Map<StateKey, OptionalLong> changes = changesAfter(room, position);
        changes.forEach(
                (key, before) -> {
                    if (!key.type().equals(EventType.MEMBER)) {
                        undo(state, key, before);
                    }
                });
        state.putAll(members(room, users, changes));
        return state;
    }

    /// The memberships of these users.
    Map<StateKey, Long> members(RoomRef room, long position, Collection<UserId> users) {
        return members(room, users, changesAfter(room, position));
    }

    private Map<StateKey, Long> members(
            RoomRef room, Collection<UserId> users, Map<StateKey, OptionalLong> changes) {
        Map<StateKey, Long> members =
                users.isEmpty() ? new HashMap<>() : map(history.members(room, users));
        for (UserId user : users) {
            StateKey key = StateKey.member(user);
            OptionalLong before = changes.get(key);
            if (before != null) {
                undo(members, key, before);
            }
        }
        return members;
    }

    /// What was in force at the position, of all that has changed since.
    private Map<StateKey, OptionalLong> changesAfter(RoomRef room, long position) {
        return firstReplaced(states.changes(room, position, Long.MAX_VALUE));
    }

    /// What each entry was before the first of these changes to it.
    static Map<StateKey, OptionalLong> firstReplaced(List<StateChange> changes) {
        Map<StateKey, OptionalLong> before = new HashMap<>();
        for (StateChange change : changes) {
            before.putIfAbsent(change.key(), change.replaced());
        }
        return before;
    }

    static void undo(Map<StateKey, Long> state, StateKey key, OptionalLong before) {
        if (before.isPresent()) {
            state.put(key, before.getAsLong());
        } else {
            state.remove(key);
        }
    }

    private static Map<StateKey, Long> map(List<StateHistory.Entry> entries) {
        Map<StateKey, Long> map = HashMap.newHashMap(entries.size());
        entries.forEach(entry -> map.put(entry.key(), entry.event()));
        return map;
    }
}
