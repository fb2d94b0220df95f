package org.chancery.protocol.stateres;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.jspecify.annotations.Nullable;

/// The *mainline ordering*: the mainline is the row of power levels events that led to the resolved
/// one, and an event stands where its own power levels join that row; older power levels first.
final class MainlineOrder {
    private static final int NOWHERE = Integer.MAX_VALUE;

    private final ResolvedRoom room;

    /// Positions of the mainline's events, and of the power levels events met on the way to it.
    private final Map<EventId, Integer> positions = new HashMap<>();

    private record Placed(Pdu event, int position) {
        static final Comparator<Placed> ORDER =
                Comparator.comparingInt(Placed::position)
                        .reversed()
                        .thenComparingLong(placed -> placed.event.originServerTs())
                        .thenComparing(placed -> placed.event.eventId());
    }

    private MainlineOrder(ResolvedRoom room, @Nullable EventId head) {
        this.room = room;
        var event = head == null ? null : room.event(head);
        int position = 0;
        while (event != null && positions.putIfAbsent(event.eventId(), position) == null) {
            event = room.authEvent(event, StateKey.POWER_LEVELS);
            position++;
        }
    }

    static List<Pdu> sort(
            Collection<Pdu> events, @Nullable EventId powerLevels, ResolvedRoom room) {
        var order = new MainlineOrder(room, powerLevels);
        var placed = new ArrayList<Placed>(events.size());
        for (var event : events) {
            placed.add(new Placed(event, order.position(event)));
        }
        placed.sort(Placed.ORDER);
        return placed.stream().map(Placed::event).toList();
    }

    private int position(Pdu event) {
        var passed = new HashSet<EventId>();
        var levels = room.authEvent(event, StateKey.POWER_LEVELS);
        int position = NOWHERE;
        while (levels != null && passed.add(levels.eventId())) {
            Integer known = positions.get(levels.eventId());
            if (known != null) {
                position = known;
                break;
            }
            levels = room.authEvent(levels, StateKey.POWER_LEVELS);
        }
        for (var id : passed) {
            positions.putIfAbsent(id, position);
        }
        return position;
    }
}
