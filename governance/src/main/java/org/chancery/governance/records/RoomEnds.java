package org.chancery.governance.records;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.chancery.ledger.leaf.LeafLimits;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;

/// The ends of a room's graph as far as the archive has it: the events that no other names among
/// its `prev_events`, and those that are named and have not come. Of far more than a leaf can name,
/// the first are kept.
final class RoomEnds {
    static final int KEPT_MAX = 8 * LeafLimits.EXTREMITIES_MAX;

    private final NavigableSet<EventId> open = new TreeSet<>(Comparator.comparing(EventId::value));
    private final NavigableSet<EventId> awaited =
            new TreeSet<>(Comparator.comparing(EventId::value));

    /// Of a room of which nothing has come.
    RoomEnds() {}

    /// Reads what [#bytes] wrote.
    static RoomEnds parse(byte[] bytes) {
        JsonObject json = Json.parseObject(bytes);
        RoomEnds ends = new RoomEnds();
        ids(json, "open").forEach(ends.open::add);
        ids(json, "awaited").forEach(ends.awaited::add);
        return ends;
    }

    private static List<EventId> ids(JsonObject json, String name) {
        return json.array(name).orElseThrow().strings().stream().map(EventId::parse).toList();
    }

    void add(Pdu event) {
        for (EventId before : event.prevEvents()) {
            if (!open.remove(before)) {
                awaited.add(before);
            }
        }
        if (!awaited.remove(event.eventId())) {
            open.add(event.eventId());
        }
        keepFirst(open);
        keepFirst(awaited);
    }

    private static void keepFirst(NavigableSet<EventId> ids) {
        while (ids.size() > KEPT_MAX) {
            ids.pollLast();
        }
    }

    /// As a leaf names them.
    List<EventId> named() {
        return LeafLimits.extremities(open);
    }

    byte[] bytes() {
        return JsonObject.EMPTY.with("open", texts(open)).with("awaited", texts(awaited)).bytes();
    }

    private static JsonArray texts(NavigableSet<EventId> ids) {
        return JsonArray.of(ids.stream().map(id -> new JsonString(id.value())).toList());
    }
}
