package org.chancery.homeserver.events;

import java.util.Optional;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.json.JsonObject;

/// What an event says of its parent (client-server API, "Forming relationships between events").
///
/// @param type the `rel_type`
/// @param key of an annotation, what it annotates with
public record Relation(String type, EventId parent, Optional<String> key) {
    public static final String ANNOTATION = "m.annotation";
    public static final String REFERENCE = "m.reference";
    public static final String REPLACE = "m.replace";
    public static final String THREAD = "m.thread";

    /// The relation in an event's content; empty if there is none, or one that breaks the schema
    /// and
    /// so is ignored. A rich reply has no `rel_type` and is none.
    public static Optional<Relation> of(JsonObject content) {
        Optional<JsonObject> said = content.object("m.relates_to");
        if (said.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> type = said.get().string("rel_type");
        Optional<String> parent = said.get().string("event_id");
        if (type.isEmpty() || parent.isEmpty()) {
            return Optional.empty();
        }
        try {
            EventId id = EventId.parse(parent.get());
            return Optional.of(new Relation(type.get(), id, said.get().string("key")));
        } catch (MalformedId e) {
            return Optional.empty(); // It names no event, so it relates to none.
        }
    }
}
