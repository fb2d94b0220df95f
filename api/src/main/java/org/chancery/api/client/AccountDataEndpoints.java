package org.chancery.api.client;

import java.util.List;
import java.util.Optional;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.accountdata.ClientData;
import org.chancery.homeserver.accountdata.Tags;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Account data and tags (client-server API, "Client Config" and "Room Tagging").
public final class AccountDataEndpoints {
    private static final String GLOBAL = OwnPaths.USER + "/account_data/{type}";
    private static final String ROOM = OwnPaths.USER + "/rooms/{roomId}/account_data/{type}";
    private static final String TAGS = OwnPaths.USER + "/rooms/{roomId}/tags";
    private static final String TAG = TAGS + "/{tag}";

    static final Endpoint PUT_GLOBAL = writing(Endpoint.put(GLOBAL));
    static final Endpoint GET_GLOBAL = reading(Endpoint.get(GLOBAL));
    static final Endpoint PUT_ROOM = writing(Endpoint.put(ROOM));
    static final Endpoint GET_ROOM = reading(Endpoint.get(ROOM));
    static final Endpoint GET_TAGS = reading(Endpoint.get(TAGS));
    static final Endpoint PUT_TAG = writing(Endpoint.put(TAG));
    static final Endpoint DELETE_TAG = reading(Endpoint.delete(TAG));

    private final ClientData data;
    private final Tags tags;

    public AccountDataEndpoints(ClientData data, Tags tags) {
        this.data = data;
        this.tags = tags;
    }

    private static Endpoint writing(Endpoint endpoint) {
        return endpoint.mayAnswer(
                MatrixError.Forbidden.class,
                MatrixError.ServerControlled.class,
                MatrixError.TooLarge.class);
    }

    private static Endpoint reading(Endpoint endpoint) {
        return endpoint.mayAnswer(MatrixError.Forbidden.class, MatrixError.NotFound.class);
    }

    public List<Route> routes() {
        return List.of(
                PUT_GLOBAL.by(request -> put(request, Optional.empty())),
                GET_GLOBAL.by(request -> get(request, Optional.empty())),
                PUT_ROOM.by(request -> put(request, Optional.of(RoomPaths.room(request)))),
                GET_ROOM.by(request -> get(request, Optional.of(RoomPaths.room(request)))),
                GET_TAGS.by(this::tags),
                PUT_TAG.by(this::putTag),
                DELETE_TAG.by(this::deleteTag));
    }

    private Response put(Request request, Optional<RoomId> room) {
        data.set(OwnPaths.user(request), room, request.path("type"), request.json());
        return Response.ok();
    }

    private Response get(Request request, Optional<RoomId> room) {
        UserId user = OwnPaths.user(request);
        return Response.json(data.get(user, room, request.path("type")));
    }

    private Response tags(Request request) {
        return Response.json(tags.get(OwnPaths.user(request), RoomPaths.room(request)));
    }

    private Response putTag(Request request) {
        UserId user = OwnPaths.user(request);
        JsonObject tag = request.jsonOrEmpty();
        tags.put(user, RoomPaths.room(request), request.path("tag"), tag);
        return Response.ok();
    }

    private Response deleteTag(Request request) {
        UserId user = OwnPaths.user(request);
        tags.delete(user, RoomPaths.room(request), request.path("tag"));
        return Response.ok();
    }
}
