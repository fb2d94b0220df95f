package org.chancery.api.client;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.StateChange;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.relations.Bundle;
import org.chancery.homeserver.rooms.RoomVisibility;
import org.chancery.homeserver.sessions.Session;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// Writes stored events as clients see them (client-server API, "Room event format").
public final class EventJson {
    private final EventStore events;
    private final StateStore states;
    private final InstantSource clock;

    public EventJson(EventStore events, StateStore states, InstantSource clock) {
        this.events = events;
        this.states = states;
        this.clock = clock;
    }

    /// For whom events are written.
    ///
    /// @param visibility where the reader's membership at each event is to be told
    public record Reader(Session session, Optional<RoomVisibility> visibility) {}

    /// Events, in order.
    public JsonArray list(List<StoredEvent> all, Reader reader) {
        return JsonArray.of(all.stream().map(event -> one(event, reader)).toList());
    }

    /// Events with what relates to them, in order.
    ///
    /// @param bundles by the events' positions
    public JsonArray list(List<StoredEvent> all, Reader reader, Map<Long, Bundle> bundles) {
        return JsonArray.of(all.stream().map(event -> one(event, reader, bundles)).toList());
    }

    /// One event.
    public JsonObject one(StoredEvent event, Reader reader) {
        return one(event, reader, Map.of());
    }

    /// One event with what relates to it.
    public JsonObject one(StoredEvent event, Reader reader, Map<Long, Bundle> bundles) {
        return bundled(event, bundles.getOrDefault(event.position(), Bundle.NONE), reader);
    }

    private JsonObject bundled(StoredEvent event, Bundle bundle, Reader reader) {
        BundleJson json = new BundleJson((other, of) -> bundled(other, of, reader));
        return bare(event).with("unsigned", json.into(unsigned(event, reader), bundle));
    }

    private static JsonObject bare(StoredEvent event) {
        JsonObject json =
                event.event()
                        .with("event_id", event.id().value())
                        .with("room_id", event.room().id().value());
        return event.type().equals(EventType.REDACTION) ? withTarget(json) : json;
    }

    /// A redaction names its target in both places, for clients old and new.
    private static JsonObject withTarget(JsonObject redaction) {
        JsonObject content = redaction.object("content").orElse(JsonObject.EMPTY);
        Optional<String> target = redaction.string("redacts").or(() -> content.string("redacts"));
        return target.map(
                        id ->
                                redaction
                                        .with("redacts", id)
                                        .with("content", content.with("redacts", id)))
                .orElse(redaction);
    }

    private JsonObject unsigned(StoredEvent event, Reader reader) {
        JsonObject unsigned =
                JsonObject.EMPTY.with("age", Math.max(0, clock.millis() - event.originServerTs()));
        Optional<String> transaction =
                event.transactionId(reader.session().user(), reader.session().device().value());
        if (transaction.isPresent()) {
            unsigned = unsigned.with("transaction_id", transaction.get());
        }
        if (reader.visibility().isPresent()) {
            String membership = reader.visibility().get().at(event.position()).toString();
            unsigned = unsigned.with("membership", membership);
        }
        if (event.redactedBy().isPresent()) {
            List<StoredEvent> redaction = events.events(List.of(event.redactedBy().getAsLong()));
            unsigned = unsigned.with("redacted_because", bare(redaction.getFirst()));
        }
        return event.stateKey().isPresent() ? withReplaced(unsigned, event) : unsigned;
    }

    private JsonObject withReplaced(JsonObject unsigned, StoredEvent event) {
        List<StateChange> changes =
                states.changes(event.room(), event.position() - 1, event.position());
        if (changes.isEmpty() || changes.getFirst().replaced().isEmpty()) {
            return unsigned;
        }
        StoredEvent replaced =
                events.events(List.of(changes.getFirst().replaced().getAsLong())).getFirst();
        return unsigned.with("replaces_state", replaced.id().value())
                .with("prev_content", replaced.content())
                .with("prev_sender", replaced.sender().toString());
    }
}
