package org.chancery.protocol.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonDecimal;
import org.chancery.protocol.json.JsonInteger;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a PDU, each with its limits (each room version, section "Event format";
/// Client-Server API, "Size limits"). All throw [MalformedPdu].
final class PduFields {
    static final int PREV_EVENTS_MAX = 20;
    static final int AUTH_EVENTS_MAX = 10;
    private static final int TEXT_BYTES_MAX = 255;

    private PduFields() {}

    static EventId assignedId(JsonObject event) {
        var id = id(event.get("event_id"), "event_id", EventId::parse);
        if (id.server().isEmpty()) {
            throw MalformedPdu.wrong("event_id");
        }
        return id;
    }

    static UserId sender(JsonObject event) {
        return id(event.get("sender"), "sender", UserId::parse);
    }

    /// The room; of a creation since room version 12, the event's own hash.
    static RoomId roomId(JsonObject event, RoomVersion version, String type, EventId eventId) {
        if (version.roomIdFromCreate() && type.equals(EventType.CREATE)) {
            return new RoomId("!" + eventId.value().substring(1));
        }
        return id(event.get("room_id"), "room_id", RoomId::parse);
    }

    static String type(JsonObject event) {
        return limited("type", event.get("type"));
    }

    static @Nullable String stateKey(JsonObject event) {
        var value = event.get("state_key");
        return value == null ? null : limited("state_key", value);
    }

    static JsonObject object(JsonObject event, String name) {
        return event.object(name).orElseThrow(() -> MalformedPdu.wrong(name));
    }

    static long depth(JsonObject event) {
        long depth = integer(event, "depth");
        if (depth < 0) {
            throw MalformedPdu.wrong("depth");
        }
        return depth;
    }

    /// An integer. In old rooms it may go beyond canonical JSON, up to what fits 63 bits.
    static long integer(JsonObject event, String name) {
        return switch (event.get(name)) {
            case JsonInteger(var number) -> number;
            case JsonDecimal(var token) -> parseLong(name, token);
            case null, default -> throw MalformedPdu.wrong(name);
        };
    }

    /// `prev_events` or `auth_events`; in room versions 1 and 2 pairs of ID and hash.
    static List<EventId> references(
            JsonObject event, String name, int countMax, RoomVersion version) {
        var array = event.array(name).orElseThrow(() -> MalformedPdu.wrong(name));
        if (array.size() > countMax) {
            throw MalformedPdu.tooLarge(name);
        }
        var ids = new ArrayList<EventId>(array.size());
        for (var element : array) {
            var id = version.referencesCarryHashes() ? first(element, name) : element;
            ids.add(id(id, name, EventId::parse));
        }
        return List.copyOf(ids);
    }

    static <T> T id(@Nullable JsonValue value, String name, Function<String, T> parse) {
        if (!(value instanceof JsonString(var text))) {
            throw MalformedPdu.wrong(name);
        }
        try {
            return parse.apply(text);
        } catch (MalformedId e) {
            throw MalformedPdu.wrong(name);
        }
    }

    private static JsonValue first(JsonValue pair, String name) {
        if (pair instanceof JsonArray array && array.size() == 2) {
            return array.get(0);
        }
        throw MalformedPdu.wrong(name);
    }

    private static long parseLong(String name, String token) {
        try {
            return Long.parseLong(token);
        } catch (NumberFormatException e) {
            throw MalformedPdu.wrong(name);
        }
    }

    private static String limited(String name, @Nullable JsonValue value) {
        if (!(value instanceof JsonString(var text))) {
            throw MalformedPdu.wrong(name);
        }
        boolean surelyFits = text.length() <= TEXT_BYTES_MAX / 3;
        if (!surelyFits && text.getBytes(UTF_8).length > TEXT_BYTES_MAX) {
            throw MalformedPdu.tooLarge(name);
        }
        return text;
    }
}
