package org.chancery.api.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.InstantSource;
import java.util.Optional;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.relations.Bundle;
import org.chancery.homeserver.sync.ShownEvent;
import org.chancery.protocol.filter.Filter;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonWriter;

/// Writes events into an answer of `/sync`: the stored bytes are copied, and what depends on the
/// reader is put behind them (client-server API, "Room event format").
final class ShownEventJson {
    private static final byte[] REDACTION_END = "\"type\":\"m.room.redaction\"}".getBytes(US_ASCII);

    private final Filter filter;
    private final long now;
    private final BundleJson bundles = new BundleJson(this::inBundle);

    ShownEventJson(Filter filter, InstantSource clock) {
        this.filter = filter;
        this.now = clock.millis();
    }

    void write(JsonWriter out, ShownEvent shown) {
        if (filter.wantsAllFields()) {
            splice(out, shown);
        } else {
            JsonWriter whole = new JsonWriter();
            splice(whole, shown);
            out.value(filter.fieldsOf(Json.parseObject(whole.bytes())));
        }
    }

    private void splice(JsonWriter out, ShownEvent shown) {
        begin(out, shown.event(), shown.federation());
        out.name("unsigned").beginObject();
        out.name("age").value(Math.max(0, now - shown.event().originServerTs()));
        if (shown.bundle().isPresent()) {
            out.name("m.relations").value(bundles.of(shown.bundle().get()));
        }
        if (shown.membership().isPresent()) {
            out.name("membership").value(shown.membership().get());
        }
        if (shown.replaced().isPresent()) {
            StoredEvent replaced = shown.replaced().get();
            out.name("prev_content").value(replaced.content());
            out.name("prev_sender").value(replaced.sender().toString());
            out.name("replaces_state").value(replaced.id().value());
        }
        if (shown.redaction().isPresent()) {
            out.name("redacted_because");
            begin(out, shown.redaction().get(), Optional.empty());
            out.endObject();
        }
        if (shown.transactionId().isPresent()) {
            out.name("transaction_id").value(shown.transactionId().get());
        }
        out.endObject().endObject();
    }

    /// An event beside one to which it relates.
    private JsonObject inBundle(StoredEvent event, Bundle bundle) {
        JsonObject unsigned =
                JsonObject.EMPTY.with("age", Math.max(0, now - event.originServerTs()));
        return event.event()
                .with("event_id", event.id().value())
                .with("room_id", event.room().id().value())
                .with("unsigned", bundles.into(unsigned, bundle));
    }

    /// The event up to, but without, its `unsigned`.
    private static void begin(
            JsonWriter out, StoredEvent event, Optional<JsonObject> federationFormat) {
        byte[] json = event.json();
        if (federationFormat.isPresent()) {
            out.beginObject(federationFormat.get().without("unsigned").bytes());
        } else if (isRedaction(json)) {
            out.beginObject(withTarget(event.event()).bytes());
        } else {
            out.beginObject(json);
        }
        if (!federationFormat.map(it -> it.has("event_id")).orElse(false)) {
            out.name("event_id").value(event.id().value());
        }
    }

    /// The stored bytes are canonical, so that `type` stands last.
    private static boolean isRedaction(byte[] json) {
        int start = json.length - REDACTION_END.length;
        if (start < 0) {
            return false;
        }
        for (int i = 0; i < REDACTION_END.length; i++) {
            if (json[start + i] != REDACTION_END[i]) {
                return false;
            }
        }
        return true;
    }

    /// A redaction names its target in both places, for clients old and new (room version 11,
    /// "Moving the `redacts` property").
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
}
