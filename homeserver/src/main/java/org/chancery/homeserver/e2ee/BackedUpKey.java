package org.chancery.homeserver.e2ee;

import java.util.ArrayList;
import java.util.List;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonBoolean;
import org.chancery.protocol.json.JsonObject;

/// A room key in a backup (`KeyBackupData`). What it is stays encrypted for its user.
///
/// @param firstMessageIndex from which message on it decrypts
/// @param forwardedCount how many devices passed it on
/// @param isVerified whether it came from a verified device
/// @param sessionData the encrypted key
public record BackedUpKey(
        RoomId room,
        String session,
        long firstMessageIndex,
        long forwardedCount,
        boolean isVerified,
        JsonObject sessionData) {
    /// Keys that one request may store.
    static final int KEYS_MAX = 20_000;

    private static final int BYTES_MAX = 65_536;
    private static final int SESSION_LENGTH_MAX = 255;

    /// Reads one key.
    public static BackedUpKey parse(RoomId room, String session, JsonObject json) {
        if (session.isEmpty() || session.length() > SESSION_LENGTH_MAX) {
            throw new MatrixError.InvalidParam("not a session ID").asException();
        }
        JsonObject data = Shape.object(json, "session_data");
        if (data.bytes().length > BYTES_MAX) {
            throw new MatrixError.TooLarge("session_data is too large").asException();
        }
        if (!(json.get("is_verified") instanceof JsonBoolean verified)) {
            throw Shape.bad("is_verified must be a boolean");
        }
        return new BackedUpKey(
                room,
                session,
                count(json, "first_message_index"),
                count(json, "forwarded_count"),
                verified.value(),
                data);
    }

    /// Reads the keys of a room: `sessions`.
    public static List<BackedUpKey> parseRoom(RoomId room, JsonObject json) {
        JsonObject sessions = Shape.object(json, "sessions");
        Shape.atMost(sessions.size(), KEYS_MAX, "keys");
        List<BackedUpKey> keys = new ArrayList<>(sessions.size());
        for (JsonObject.Member each : sessions.entries()) {
            keys.add(parse(room, each.name(), Shape.asObject(each.value(), "a key")));
        }
        return keys;
    }

    /// Reads the keys of many rooms: `rooms`.
    public static List<BackedUpKey> parseRooms(JsonObject json) {
        List<BackedUpKey> keys = new ArrayList<>();
        for (JsonObject.Member each : Shape.object(json, "rooms").entries()) {
            RoomId room = RoomId.parse(each.name());
            keys.addAll(parseRoom(room, Shape.asObject(each.value(), "the keys of a room")));
            Shape.atMost(keys.size(), KEYS_MAX, "keys");
        }
        return keys;
    }

    private static long count(JsonObject json, String name) {
        long count =
                json.integer(name).orElseThrow(() -> Shape.bad(name + " must be a whole number"));
        if (count < 0) {
            throw new MatrixError.InvalidParam(name + " must not be negative").asException();
        }
        return count;
    }

    /// As it was given.
    public JsonObject json() {
        return JsonObject.builder()
                .put("first_message_index", firstMessageIndex)
                .put("forwarded_count", forwardedCount)
                .put("is_verified", isVerified)
                .put("session_data", sessionData)
                .build();
    }
}
