package org.chancery.protocol.event;

import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;
import org.jspecify.annotations.Nullable;

/// How clients see an event (Client-Server API, "Room event format"). The `unsigned` part is made
/// for each reader and not written here; its name sorts last, so it can be spliced in before the
/// closing brace.
public final class ClientEvent {
    private static final String REDACTS = "redacts";

    private ClientEvent() {}

    /// The event with its room and ID. A redaction names its target both at the top and in the
    /// content, for clients old and new (room version 11, "Moving the redacts property").
    public static JsonObject of(Pdu event) {
        var builder =
                JsonObject.builder()
                        .put("content", content(event))
                        .put("event_id", event.eventId().value())
                        .put("origin_server_ts", originServerTs(event));
        var redacts = redacts(event);
        if (redacts != null) {
            builder.put(REDACTS, redacts);
        }
        builder.put("room_id", event.roomId().value()).put("sender", event.sender().toString());
        putStateKey(builder, event);
        return builder.put("type", event.type()).build();
    }

    /// Stripped state, as invites and room previews show it (Client-Server API, "Stripped state").
    public static JsonObject stripped(Pdu event) {
        var builder =
                JsonObject.builder()
                        .put("content", event.content())
                        .put("sender", event.sender().toString());
        putStateKey(builder, event);
        return builder.put("type", event.type()).build();
    }

    private static void putStateKey(JsonObject.Builder builder, Pdu event) {
        var stateKey = event.stateKey();
        if (stateKey != null) {
            builder.put("state_key", stateKey);
        }
    }

    /// As it stands in the event, which in old rooms may be beyond canonical JSON.
    private static JsonValue originServerTs(Pdu event) {
        var value = event.json().get("origin_server_ts");
        if (value == null) {
            throw new IllegalStateException("a PDU without origin_server_ts");
        }
        return value;
    }

    private static JsonObject content(Pdu event) {
        var redacts = redacts(event);
        return redacts == null ? event.content() : event.content().with(REDACTS, redacts);
    }

    private static @Nullable JsonValue redacts(Pdu event) {
        if (!event.type().equals(EventType.REDACTION)) {
            return null;
        }
        return (event.version().redactsInContent() ? event.content() : event.json()).get(REDACTS);
    }
}
