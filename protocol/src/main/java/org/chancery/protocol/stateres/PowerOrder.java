package org.chancery.protocol.stateres;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;

/// The *reverse topological power ordering*: reasons first, and among events whose reasons are all
/// placed the one of the most powerful sender, then the older, then the smaller event ID (Kahn's
/// algorithm with a queue that knows that order). Events on a circle are left out.
final class PowerOrder {
    private PowerOrder() {}

    private record Ranked(Pdu event, long level) {
        static final Comparator<Ranked> ORDER =
                Comparator.comparingLong(Ranked::level)
                        .reversed()
                        .thenComparingLong(ranked -> ranked.event.originServerTs())
                        .thenComparing(ranked -> ranked.event.eventId());
    }

    static List<Pdu> sort(Map<EventId, Pdu> events, ToLongFunction<Pdu> senderLevel) {
        var waitsFor = new HashMap<EventId, Integer>();
        var holdsUp = new HashMap<EventId, List<Pdu>>();
        var ready = new PriorityQueue<>(Ranked.ORDER);
        for (var event : events.values()) {
            var reasons = new HashSet<>(event.authEvents());
            reasons.retainAll(events.keySet());
            waitsFor.put(event.eventId(), reasons.size());
            for (var reason : reasons) {
                holdsUp.computeIfAbsent(reason, _ -> new ArrayList<>()).add(event);
            }
            if (reasons.isEmpty()) {
                ready.add(new Ranked(event, senderLevel.applyAsLong(event)));
            }
        }
        var sorted = new ArrayList<Pdu>(events.size());
        while (!ready.isEmpty()) {
            var next = ready.remove().event;
            sorted.add(next);
            for (var held : holdsUp.getOrDefault(next.eventId(), List.of())) {
                if (waitsFor.merge(held.eventId(), -1, Integer::sum) == 0) {
                    ready.add(new Ranked(held, senderLevel.applyAsLong(held)));
                }
            }
        }
        return sorted;
    }
}
