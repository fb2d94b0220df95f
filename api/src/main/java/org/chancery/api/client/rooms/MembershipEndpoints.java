package org.chancery.api.client.rooms;

import static org.chancery.api.client.RoomPaths.ROOM;

import java.util.List;
import org.chancery.api.client.Fields;
import org.chancery.api.client.RoomPaths;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.directory.Directory;
import org.chancery.homeserver.rooms.Memberships;
import org.chancery.homeserver.rooms.RoomReader;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomAlias;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// Joining, leaving, and the rest of room membership (client-server API, "Room membership").
public final class MembershipEndpoints {
    static final Endpoint JOINED = Endpoint.get("/_matrix/client/v3/joined_rooms");
    static final Endpoint JOIN_ANY =
            Endpoint.post("/_matrix/client/v3/join/{roomIdOrAlias}")
                    .mayAnswer(MatrixError.Forbidden.class, MatrixError.NotFound.class);
    static final Endpoint KNOCK =
            Endpoint.post("/_matrix/client/v3/knock/{roomIdOrAlias}")
                    .mayAnswer(MatrixError.Forbidden.class, MatrixError.NotFound.class);

    private final Memberships memberships;
    private final RoomReader reader;
    private final Directory directory;

    public MembershipEndpoints(Memberships memberships, RoomReader reader, Directory directory) {
        this.memberships = memberships;
        this.reader = reader;
        this.directory = directory;
    }

    public List<Route> routes() {
        return List.of(
                JOINED.by(this::joined),
                JOIN_ANY.by(request -> join(request, named(request))),
                act("join").by(request -> join(request, RoomPaths.room(request))),
                KNOCK.by(this::knock),
                act("leave").by(this::leave),
                act("forget").by(this::forget),
                act("invite").by(this::invite),
                act("kick").by(this::kick),
                act("ban").by(this::ban),
                act("unban").by(this::unban));
    }

    private static Endpoint act(String name) {
        return Endpoint.post(ROOM + "/" + name)
                .mayAnswer(MatrixError.Forbidden.class, MatrixError.LimitExceeded.class);
    }

    private Response joined(Request request) {
        List<RoomId> rooms = reader.joinedRooms(request.session().user());
        return Response.json(JsonObject.of("joined_rooms", JsonArray.ofTexts(rooms)));
    }

    private Response join(Request request, RoomId room) {
        request.session().requireNotSuspended();
        memberships.join(request.session().user(), room, reason(request.jsonOrEmpty()));
        return Response.json(JsonObject.of("room_id", room.value()));
    }

    private Response knock(Request request) {
        request.session().requireNotSuspended();
        RoomId room = named(request);
        memberships.knock(request.session().user(), room, reason(request.jsonOrEmpty()));
        return Response.json(JsonObject.of("room_id", room.value()));
    }

    private Response leave(Request request) {
        memberships.leave(
                request.session().user(), RoomPaths.room(request), reason(request.jsonOrEmpty()));
        return Response.ok();
    }

    private Response forget(Request request) {
        memberships.forget(request.session().user(), RoomPaths.room(request));
        return Response.ok();
    }

    private Response invite(Request request) {
        request.session().requireNotSuspended();
        JsonObject body = request.json();
        memberships.invite(
                request.session().user(),
                RoomPaths.target(body),
                RoomPaths.room(request),
                reason(body));
        return Response.ok();
    }

    private Response kick(Request request) {
        JsonObject body = request.json();
        memberships.kick(
                request.session().user(),
                RoomPaths.target(body),
                RoomPaths.room(request),
                reason(body));
        return Response.ok();
    }

    private Response ban(Request request) {
        JsonObject body = request.json();
        memberships.ban(
                request.session().user(),
                RoomPaths.target(body),
                RoomPaths.room(request),
                reason(body));
        return Response.ok();
    }

    private Response unban(Request request) {
        JsonObject body = request.json();
        memberships.unban(
                request.session().user(),
                RoomPaths.target(body),
                RoomPaths.room(request),
                reason(body));
        return Response.ok();
    }

    /// The room of an id or an alias.
    private RoomId named(Request request) {
        String text = request.path("roomIdOrAlias");
        if (text.startsWith("#")) {
            RoomAlias alias = RoomPaths.id(text, RoomAlias::parse);
            return directory
                    .find(alias)
                    .orElseThrow(() -> new MatrixError.NotFound("No such alias").asException());
        }
        return RoomPaths.id(text, RoomId::parse);
    }

    private static JsonObject reason(JsonObject body) {
        return Fields.textIfAny(body, "reason")
                .map(reason -> JsonObject.of("reason", reason))
                .orElse(JsonObject.EMPTY);
    }
}
