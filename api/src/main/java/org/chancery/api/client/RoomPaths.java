package org.chancery.api.client;

import java.util.function.Function;
import org.chancery.api.http.Request;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Reads identifiers where requests name them; a malformed one is `M_INVALID_PARAM`.
public final class RoomPaths {
    public static final String ROOM = "/_matrix/client/v3/rooms/{roomId}";

    private RoomPaths() {}

    public static RoomId room(Request request) {
        return id(request.path("roomId"), RoomId::parse);
    }

    public static EventId event(Request request) {
        return id(request.path("eventId"), EventId::parse);
    }

    /// The user whom the body names.
    public static UserId target(JsonObject body) {
        return id(Fields.text(body, "user_id"), UserId::parse);
    }

    public static <T> T id(String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (MalformedId e) {
            throw new MatrixError.InvalidParam(String.valueOf(e.getMessage())).asException();
        }
    }
}
