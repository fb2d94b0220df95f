package org.chancery.protocol.stateres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;

/// Version 1 of the algorithm (Rooms, version 1, "State resolution"), with the faults it is known
/// for. Where the spec is silent it does what servers always did: the conflicts of one pass do not
/// see each other's outcome, and if no event of a key is allowed, the one of least depth stays.
final class VersionOne {
    private static final List<String> PASSES =
            List.of(EventType.POWER_LEVELS, EventType.JOIN_RULES, EventType.MEMBER);

    private final ResolvedRoom room;

    private record Aged(Pdu event, String hash) {
        /// Ascending depth, then descending SHA-1 of the event ID.
        static final Comparator<Aged> ORDER =
                Comparator.<Aged>comparingLong(aged -> aged.event.depth())
                        .thenComparing(Aged::hash, Comparator.reverseOrder());
    }

    VersionOne(ResolvedRoom room) {
        this.room = room;
    }

    Map<StateKey, EventId> resolve(List<Map<StateKey, EventId>> states) {
        var all = new HashMap<StateKey, Set<EventId>>();
        for (var state : states) {
            state.forEach((key, id) -> all.computeIfAbsent(key, _ -> new TreeSet<>()).add(id));
        }
        var resolved = new HashMap<StateKey, EventId>();
        var conflicts = new HashMap<StateKey, List<Pdu>>();
        all.forEach(
                (key, ids) -> {
                    if (ids.size() == 1) {
                        resolved.put(key, ids.iterator().next());
                    } else {
                        conflicts.put(key, oldestFirst(ids));
                    }
                });
        for (var type : PASSES) {
            var outcome = new HashMap<StateKey, EventId>();
            conflicts.forEach(
                    (key, events) -> {
                        if (key.type().equals(type) && !events.isEmpty()) {
                            outcome.put(key, lastOfRow(key, events, resolved));
                        }
                    });
            resolved.putAll(outcome);
            conflicts.keySet().removeIf(key -> key.type().equals(type));
        }
        var rest = new HashMap<StateKey, EventId>();
        conflicts.forEach(
                (key, events) -> {
                    if (!events.isEmpty()) {
                        rest.put(key, newestAllowed(events, resolved));
                    }
                });
        resolved.putAll(rest);
        return Map.copyOf(resolved);
    }

    private List<Pdu> oldestFirst(Set<EventId> ids) {
        var aged = new ArrayList<Aged>();
        for (var id : ids) {
            var event = room.event(id);
            if (event != null) {
                aged.add(new Aged(event, sha1(id)));
            }
        }
        aged.sort(Aged.ORDER);
        return aged.stream().map(Aged::event).toList();
    }

    /// The last event of the row that is allowed after the one before it.
    private EventId lastOfRow(StateKey key, List<Pdu> events, Map<StateKey, EventId> resolved) {
        var state = new HashMap<>(resolved);
        var last = events.getFirst();
        state.put(key, last.eventId());
        for (var event : events.subList(1, events.size())) {
            if (!room.allows(event, state, false)) {
                break;
            }
            last = event;
            state.put(key, last.eventId());
        }
        return last.eventId();
    }

    private EventId newestAllowed(List<Pdu> events, Map<StateKey, EventId> resolved) {
        for (var event : events.reversed()) {
            if (room.allows(event, resolved, false)) {
                return event.eventId();
            }
        }
        return events.getFirst().eventId();
    }

    private static String sha1(EventId id) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(id.value().getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }
}
