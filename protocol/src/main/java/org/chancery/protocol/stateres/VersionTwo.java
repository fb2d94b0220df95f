package org.chancery.protocol.stateres;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Membership;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;

/// Version 2 of the algorithm, and 2.1 (Rooms, versions 2 and 12, "State resolution").
final class VersionTwo {
    private final ResolvedRoom room;
    private final AuthChains chains;

    VersionTwo(ResolvedRoom room, AuthChains chains) {
        this.room = room;
        this.chains = chains;
    }

    Map<StateKey, EventId> resolve(List<Map<StateKey, EventId>> states, boolean fromEmpty) {
        var unconflicted = StateResolution.unconflicted(states);
        var full = fullConflictedSet(states, unconflicted, fromEmpty);

        // 1 and 2: the events that take power, and their reasons.
        var power = new LinkedHashMap<EventId, Pdu>();
        for (var event : full.values()) {
            if (isPowerEvent(event)) {
                addWithReasons(event, full, power);
            }
        }
        Map<StateKey, EventId> state = fromEmpty ? new HashMap<>() : new HashMap<>(unconflicted);
        apply(PowerOrder.sort(power, room::senderLevel), state);

        // 3 and 4: the rest.
        var rest = new LinkedHashMap<>(full);
        rest.keySet().removeAll(power.keySet());
        apply(MainlineOrder.sort(rest.values(), state.get(StateKey.POWER_LEVELS), room), state);

        // 5
        state.putAll(unconflicted);
        return Map.copyOf(state);
    }

    /// Ordered by event ID, so that no later step can depend on the order of a hash table.
    private Map<EventId, Pdu> fullConflictedSet(
            List<Map<StateKey, EventId>> states,
            Map<StateKey, EventId> unconflicted,
            boolean withSubgraph) {
        Set<EventId> conflicted = StateResolution.conflicted(states, unconflicted);
        var ids = new TreeSet<>(conflicted);
        ids.addAll(chains.difference(states.stream().map(Map::values).toList()));
        if (withSubgraph) {
            ids.addAll(chains.subgraph(conflicted));
        }
        var full = new LinkedHashMap<EventId, Pdu>();
        for (var id : ids) {
            var event = room.event(id);
            if (event != null && event.isState()) {
                full.put(id, event);
            }
        }
        return full;
    }

    /// Adds the event and what it rests on within the full conflicted set. The walk does not leave
    /// the set, even where the auth chain enters it again further down: every server does so.
    private static void addWithReasons(Pdu event, Map<EventId, Pdu> full, Map<EventId, Pdu> power) {
        var waiting = new ArrayDeque<Pdu>();
        waiting.add(event);
        while (!waiting.isEmpty()) {
            var next = waiting.remove();
            if (power.putIfAbsent(next.eventId(), next) != null) {
                continue;
            }
            for (var auth : next.authEvents()) {
                var reason = full.get(auth);
                if (reason != null) {
                    waiting.add(reason);
                }
            }
        }
    }

    /// The *iterative auth checks*.
    private void apply(Collection<Pdu> events, Map<StateKey, EventId> state) {
        for (var event : events) {
            if (room.allows(event, state, true)) {
                event.place().ifPresent(key -> state.put(key, event.eventId()));
            }
        }
    }

    /// A state event that might take away what someone may do.
    private static boolean isPowerEvent(Pdu event) {
        return switch (event.type()) {
            case EventType.POWER_LEVELS, EventType.JOIN_RULES -> true;
            case EventType.MEMBER -> {
                var membership = event.membership().orElse(Membership.JOIN);
                yield (membership == Membership.LEAVE || membership == Membership.BAN)
                        && !event.sender().toString().equals(event.stateKey());
            }
            default -> false;
        };
    }
}
