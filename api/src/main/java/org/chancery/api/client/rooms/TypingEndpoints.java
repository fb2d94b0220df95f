package org.chancery.api.client.rooms;

import static org.chancery.api.client.RoomPaths.ROOM;

import java.time.Duration;
import java.util.List;
import org.chancery.api.client.Fields;
import org.chancery.api.client.RoomPaths;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.ephemeral.Typing;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Who is typing (client-server API, "Typing notifications").
public final class TypingEndpoints {
    static final Endpoint TYPING =
            Endpoint.put(ROOM + "/typing/{userId}").mayAnswer(MatrixError.Forbidden.class);

    private static final long TIMEOUT_DEFAULT_MILLIS = 30_000;

    private final Typing typing;

    public TypingEndpoints(Typing typing) {
        this.typing = typing;
    }

    public List<Route> routes() {
        return List.of(TYPING.by(this::typing));
    }

    private Response typing(Request request) {
        UserId user = request.session().user();
        if (!user.equals(RoomPaths.id(request.path("userId"), UserId::parse))) {
            throw new MatrixError.Forbidden("You type for yourself only").asException();
        }
        RoomId room = RoomPaths.room(request);
        JsonObject body = request.json();
        if (Fields.flag(body, "typing")) {
            long millis = Fields.wholeIfAny(body, "timeout").orElse(TIMEOUT_DEFAULT_MILLIS);
            typing.start(user, room, Duration.ofMillis(Math.max(0, millis)));
        } else {
            typing.stop(user, room);
        }
        return Response.ok();
    }
}
