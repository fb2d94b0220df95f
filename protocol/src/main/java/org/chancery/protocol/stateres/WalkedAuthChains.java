package org.chancery.protocol.stateres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.protocol.id.EventId;

/// Answers by walking from event to event. Each walk visits an event once.
public final class WalkedAuthChains implements AuthChains {
    private final EventSource events;

    public WalkedAuthChains(EventSource events) {
        this.events = events;
    }

    /// What all states share need be walked once only: its chain is in every state's chain, and a
    /// walk of what differs may stop there.
    @Override
    public Set<EventId> difference(List<? extends Collection<EventId>> states) {
        if (states.isEmpty()) {
            return Set.of();
        }
        var shared = new HashSet<>(states.getFirst());
        states.forEach(shared::retainAll);
        var everywhere = chain(shared, Set.of());
        var counts = new HashMap<EventId, Integer>();
        for (var state : states) {
            var own = new HashSet<>(state);
            own.removeAll(shared);
            for (var event : chain(own, everywhere)) {
                counts.merge(event, 1, Integer::sum);
            }
        }
        var difference = new HashSet<EventId>();
        counts.forEach(
                (event, count) -> {
                    if (count < states.size()) {
                        difference.add(event);
                    }
                });
        return difference;
    }

    /// Walks down from the conflicted events, noting who cites whom, then up again from them: what
    /// the second walk meets lies between two.
    @Override
    public Set<EventId> subgraph(Set<EventId> conflicted) {
        Map<EventId, List<EventId>> citedBy = new HashMap<>();
        var visited = new HashSet<>(conflicted);
        var waiting = new ArrayDeque<>(conflicted);
        while (!waiting.isEmpty()) {
            var event = waiting.remove();
            for (var auth : authEvents(event)) {
                citedBy.computeIfAbsent(auth, _ -> new ArrayList<>()).add(event);
                if (visited.add(auth)) {
                    waiting.add(auth);
                }
            }
        }
        var between = new HashSet<>(conflicted);
        waiting.addAll(conflicted);
        while (!waiting.isEmpty()) {
            for (var citing : citedBy.getOrDefault(waiting.remove(), List.of())) {
                if (between.add(citing)) {
                    waiting.add(citing);
                }
            }
        }
        return between;
    }

    /// The auth chain of all these events, less what `known` holds, which is a chain itself.
    private Set<EventId> chain(Collection<EventId> from, Set<EventId> known) {
        var chain = new LinkedHashSet<EventId>();
        var waiting = new ArrayDeque<>(from);
        while (!waiting.isEmpty()) {
            for (var auth : authEvents(waiting.remove())) {
                if (!known.contains(auth) && chain.add(auth)) {
                    waiting.add(auth);
                }
            }
        }
        return chain;
    }

    private List<EventId> authEvents(EventId id) {
        var event = events.get(id);
        return event == null ? List.of() : event.pdu().authEvents();
    }
}
