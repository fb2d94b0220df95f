package org.chancery.api.client.rooms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.api.client.Fields;
import org.chancery.api.client.RoomPaths;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.rooms.NewRoom;
import org.chancery.homeserver.rooms.NewRoom.Preset;
import org.chancery.homeserver.rooms.RoomMaker;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.roomversion.RoomVersion;

/// `POST /createRoom` (client-server API, "Creation").
public final class CreateRoomEndpoints {
    static final Endpoint CREATE =
            Endpoint.post("/_matrix/client/v3/createRoom")
                    .mayAnswer(
                            MatrixError.Forbidden.class,
                            MatrixError.RoomInUse.class,
                            MatrixError.InvalidRoomState.class,
                            MatrixError.UnsupportedRoomVersion.class);

    private static final int USERS_MAX = 1_000;
    private static final int INITIAL_STATE_MAX = 1_000;

    private final RoomMaker maker;

    public CreateRoomEndpoints(RoomMaker maker) {
        this.maker = maker;
    }

    public List<Route> routes() {
        return List.of(CREATE.by(this::create));
    }

    private Response create(Request request) {
        request.session().requireNotSuspended();
        RoomId room = maker.create(parse(request.session().user(), request.json()));
        return Response.json(JsonObject.of("room_id", room.value()));
    }

    private static NewRoom parse(UserId creator, JsonObject body) {
        boolean published =
                switch (Fields.textIfAny(body, "visibility").orElse("private")) {
                    case "public" -> true;
                    case "private" -> false;
                    default ->
                            throw new MatrixError.InvalidParam(
                                            "visibility is neither public nor private")
                                    .asException();
                };
        return new NewRoom(
                creator,
                Fields.textIfAny(body, "room_version").map(CreateRoomEndpoints::version),
                preset(body, published),
                published,
                Fields.textIfAny(body, "room_alias_name"),
                users(body, "invite"),
                Fields.flag(body, "is_direct", false),
                Fields.objectIfAny(body, "creation_content").orElse(JsonObject.EMPTY),
                Fields.objectIfAny(body, "power_level_content_override").orElse(JsonObject.EMPTY),
                initialState(body),
                Fields.textIfAny(body, "name"),
                Fields.textIfAny(body, "topic"));
    }

    static RoomVersion version(String id) {
        return RoomVersion.of(id)
                .orElseThrow(
                        () ->
                                new MatrixError.UnsupportedRoomVersion(
                                                "This room version is not known")
                                        .asException());
    }

    private static Preset preset(JsonObject body, boolean published) {
        Optional<String> named = Fields.textIfAny(body, "preset");
        if (named.isEmpty()) {
            return published ? Preset.PUBLIC_CHAT : Preset.PRIVATE_CHAT;
        }
        return switch (named.get()) {
            case "private_chat" -> Preset.PRIVATE_CHAT;
            case "trusted_private_chat" -> Preset.TRUSTED_PRIVATE_CHAT;
            case "public_chat" -> Preset.PUBLIC_CHAT;
            default -> throw new MatrixError.InvalidParam("preset is not known").asException();
        };
    }

    /// A list of users, empty if it is left out.
    static List<UserId> users(JsonObject body, String name) {
        List<UserId> users = new ArrayList<>();
        for (JsonValue user : array(body, name, USERS_MAX)) {
            if (!(user instanceof JsonString(String text))) {
                throw Fields.wrong(name, "a list of user IDs");
            }
            users.add(RoomPaths.id(text, UserId::parse));
        }
        return users;
    }

    private static List<NewRoom.InitialState> initialState(JsonObject body) {
        List<NewRoom.InitialState> state = new ArrayList<>();
        for (JsonValue value : array(body, "initial_state", INITIAL_STATE_MAX)) {
            if (!(value instanceof JsonObject event)) {
                throw Fields.wrong("initial_state", "a list of events");
            }
            StateKey key =
                    new StateKey(
                            Fields.text(event, "type"),
                            Fields.textIfAny(event, "state_key").orElse(""));
            JsonObject content =
                    Fields.objectIfAny(event, "content")
                            .orElseThrow(() -> Fields.missing("content"));
            state.add(new NewRoom.InitialState(key, content));
        }
        return state;
    }

    private static List<JsonValue> array(JsonObject body, String name, int max) {
        JsonValue value = body.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array)) {
            throw Fields.wrong(name, "a list");
        }
        if (array.size() > max) {
            throw new MatrixError.InvalidParam(name + " has more than " + max + " entries")
                    .asException();
        }
        List<JsonValue> values = new ArrayList<>();
        array.forEach(values::add);
        return values;
    }
}
