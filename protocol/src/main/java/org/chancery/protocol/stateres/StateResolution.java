package org.chancery.protocol.stateres;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.protocol.authrules.AuthRules;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.roomversion.RoomVersion;

/// Resolves the states of a room's branches into one (Rooms, "State resolution").
///
/// **Life of a resolution** (versions 2 and 2.1). Where every state has the same event under a key,
/// that event stands: it is *unconflicted*. All other events, and those by which the branches'
/// reasons differ (the auth difference), are tried anew, one by one, each against the state built
/// so far. First come the events that take power away, ordered so that reasons precede what they
/// allow and the more powerful precede the less: [PowerOrder]. Then the rest, ordered by which
/// power levels they were sent under: [MainlineOrder]. What the rules refuse is left out. At last
/// the unconflicted state is laid over it.
///
/// Version 2.1 starts from an empty state instead of the unconflicted one, and tries the events
/// that lie between conflicted ones as well, so that no power gets lost on the way (MSC4297).
public final class StateResolution {
    private final AuthRules rules;

    public StateResolution(AuthRules rules) {
        this.rules = rules;
    }

    /// The resolution of some states, which are those after the previous events of one event.
    public Map<StateKey, EventId> resolve(
            RoomVersion version,
            List<Map<StateKey, EventId>> states,
            EventSource events,
            AuthChains chains) {
        var distinct = List.copyOf(new LinkedHashSet<>(states));
        if (distinct.isEmpty()) {
            return Map.of();
        }
        if (distinct.size() == 1) {
            return Map.copyOf(distinct.getFirst());
        }
        var room = new ResolvedRoom(rules, version, events);
        return switch (version.stateResolution()) {
            case V1 -> new VersionOne(room).resolve(distinct);
            case V2 -> new VersionTwo(room, chains).resolve(distinct, false);
            case V2_1 -> new VersionTwo(room, chains).resolve(distinct, true);
        };
    }

    /// The *unconflicted state map*: the keys that every state has, with the same event.
    static Map<StateKey, EventId> unconflicted(List<Map<StateKey, EventId>> states) {
        var shared = new HashMap<>(states.getFirst());
        for (var state : states) {
            shared.entrySet()
                    .removeIf(entry -> !entry.getValue().equals(state.get(entry.getKey())));
        }
        return shared;
    }

    /// The *conflicted state set*: the events of all other keys.
    static Set<EventId> conflicted(
            List<Map<StateKey, EventId>> states, Map<StateKey, EventId> unconflicted) {
        var conflicted = new HashSet<EventId>();
        for (var state : states) {
            for (var entry : state.entrySet()) {
                if (!unconflicted.containsKey(entry.getKey())) {
                    conflicted.add(entry.getValue());
                }
            }
        }
        return conflicted;
    }
}
