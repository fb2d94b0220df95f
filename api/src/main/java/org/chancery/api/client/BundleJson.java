package org.chancery.api.client;

import java.util.List;
import java.util.function.BiFunction;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.relations.Bundle;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// Writes `m.relations` of an event's `unsigned` (client-server API, "Aggregations of child
/// events").
final class BundleJson {
    private static final String NAME = "m.relations";

    /// Writes an event that stands in a bundle: the event, and its own `unsigned` so far.
    private final BiFunction<StoredEvent, Bundle, JsonObject> event;

    BundleJson(BiFunction<StoredEvent, Bundle, JsonObject> event) {
        this.event = event;
    }

    /// The `unsigned` with what relates to the event.
    JsonObject into(JsonObject unsigned, Bundle bundle) {
        return bundle.isEmpty() ? unsigned : unsigned.with(NAME, of(bundle));
    }

    /// The bundle alone.
    JsonObject of(Bundle bundle) {
        JsonObject.Builder json = JsonObject.builder();
        bundle.replacement().ifPresent(it -> json.put("m.replace", event.apply(it, Bundle.NONE)));
        bundle.thread().ifPresent(it -> json.put("m.thread", thread(it)));
        if (!bundle.references().isEmpty()) {
            List<JsonObject> chunk =
                    bundle.references().stream()
                            .map(id -> JsonObject.of("event_id", id.value()))
                            .toList();
            json.put("m.reference", JsonObject.of("chunk", JsonArray.of(chunk)));
        }
        return json.build();
    }

    private JsonObject thread(Bundle.ThreadSummary thread) {
        return JsonObject.of("latest_event", event.apply(thread.latest(), thread.ofLatest()))
                .with("count", thread.count())
                .with("current_user_participated", thread.participated());
    }
}
