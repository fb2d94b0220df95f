package org.chancery.api.client;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.ephemeral.Presence;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Who is there (client-server API, "Presence").
public final class PresenceEndpoints {
    private static final String STATUS = "/_matrix/client/v3/presence/{userId}/status";
    static final Endpoint SET = Endpoint.put(STATUS).mayAnswer(MatrixError.Forbidden.class);
    static final Endpoint GET = Endpoint.get(STATUS).mayAnswer(MatrixError.Forbidden.class);

    private static final Set<String> STATES = Set.of("online", "unavailable", "offline");

    private final Presence presence;
    private final InstantSource clock;

    public PresenceEndpoints(Presence presence, InstantSource clock) {
        this.presence = presence;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(SET.by(this::set), GET.by(this::get));
    }

    private Response set(Request request) {
        UserId user = request.session().user();
        if (!user.equals(RoomPaths.id(request.path("userId"), UserId::parse))) {
            throw new MatrixError.Forbidden("You speak for yourself only").asException();
        }
        JsonObject body = request.json();
        String state = Fields.text(body, "presence");
        if (!STATES.contains(state)) {
            throw new MatrixError.InvalidParam("That is no state of presence").asException();
        }
        presence.set(user, state, Fields.textIfAny(body, "status_msg"));
        return Response.ok();
    }

    private Response get(Request request) {
        UserId user = RoomPaths.id(request.path("userId"), UserId::parse);
        if (!presence.mayKnow(request.session().user(), user)) {
            throw new MatrixError.Forbidden("You share no room with this user").asException();
        }
        return Response.json(PresenceJson.of(presence.of(user), clock.instant()));
    }
}
