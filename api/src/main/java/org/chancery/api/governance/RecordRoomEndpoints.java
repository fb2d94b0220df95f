package org.chancery.api.governance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.governance.rooms.DeviceRotation;
import org.chancery.governance.rooms.DeviceTerm;
import org.chancery.governance.rooms.RecordRoom;
import org.chancery.governance.rooms.RecordRooms;
import org.chancery.governance.rooms.Replacement;
import org.chancery.governance.rooms.RoomClass;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;

/// Record rooms: a member turns a chat into one, and the records desk sees how they stand. New ones
/// are made by `POST /createRoom`.
public final class RecordRoomEndpoints {
    private static final String ROOMS = "/_chancery/admin/v1/record_rooms";
    private static final int PAGE_MAX = 1_000;
    private static final int PAGE = 100;

    static final Endpoint REPLACE =
            Endpoint.post("/_chancery/client/v1/rooms/{roomId}/record_room")
                    .limit(LimitClass.EXPENSIVE)
                    .mayAnswer(
                            MatrixError.Forbidden.class,
                            MatrixError.InvalidParam.class,
                            MatrixError.InvalidRoomState.class);
    static final Endpoint LIST =
            Endpoint.get(ROOMS).auth(Auth.ADMIN).mayAnswer(MatrixError.InvalidParam.class);
    static final Endpoint SHOW =
            Endpoint.get(ROOMS + "/{roomId}")
                    .auth(Auth.ADMIN)
                    .mayAnswer(MatrixError.InvalidParam.class, MatrixError.NotFound.class);
    static final Endpoint ROTATE =
            Endpoint.post(ROOMS + "/{roomId}/rotate")
                    .auth(Auth.ADMIN)
                    .mayAnswer(
                            MatrixError.InvalidParam.class,
                            MatrixError.InvalidRoomState.class,
                            MatrixError.NotFound.class);

    private final RecordRooms rooms;
    private final Replacement replacement;
    private final DeviceRotation rotation;

    public RecordRoomEndpoints(
            RecordRooms rooms, Replacement replacement, DeviceRotation rotation) {
        this.rooms = rooms;
        this.replacement = replacement;
        this.rotation = rotation;
    }

    public List<Route> routes() {
        return List.of(
                REPLACE.by(this::replace),
                LIST.by(this::list),
                SHOW.by(this::show),
                ROTATE.by(this::rotate));
    }

    private Response replace(Request request) {
        request.session().requireNotSuspended();
        String word = request.json().string("class").orElse(RoomClass.WORK.toString());
        RoomClass roomClass =
                RoomClass.of(word).orElseThrow(() -> invalid("A record room is of class work"));
        RoomId made = replacement.replace(request.session().user(), room(request), roomClass);
        return Response.json(JsonObject.of("replacement_room", made.value()));
    }

    private Response list(Request request) {
        String after = request.query("from").orElse("");
        int limit = limit(request);
        List<RecordRoom> page =
                rooms.all().stream()
                        .filter(each -> each.room().value().compareTo(after) > 0)
                        .sorted(Comparator.comparing(each -> each.room().value()))
                        .limit(limit)
                        .toList();
        DeviceRotation.Outlook outlook = rotation.outlook();
        JsonObject answer =
                JsonObject.EMPTY
                        .with("total", outlook.rooms())
                        .with("ending", outlook.ending())
                        .with("overdue", outlook.overdue())
                        .with("scarce", outlook.scarce())
                        .with(
                                "rooms",
                                JsonArray.of(
                                        page.stream().map(RecordRoomEndpoints::json).toList()));
        return Response.json(
                page.size() < limit ? answer : answer.with("next", page.getLast().room().value()));
    }

    private static int limit(Request request) {
        try {
            int limit = request.query("limit").map(Integer::parseInt).orElse(PAGE);
            if (limit >= 1 && limit <= PAGE_MAX) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw invalid("limit is a number");
        }
        throw invalid("limit is from 1 to " + PAGE_MAX);
    }

    private Response show(Request request) {
        RecordRoom room = rooms.find(room(request)).orElseThrow(RecordRoomEndpoints::notFound);
        List<JsonValue> devices = new ArrayList<>();
        for (DeviceTerm term : rooms.devices(room.archive())) {
            devices.add(json(term));
        }
        return Response.json(
                json(room)
                        .with("spares_left", rotation.sparesLeft(room))
                        .with("devices", JsonArray.of(devices)));
    }

    private Response rotate(Request request) {
        DeviceTerm.Cause cause =
                switch (request.json().string("cause").orElse("")) {
                    case "exposure" -> DeviceTerm.Cause.EXPOSURE;
                    case "opening" -> DeviceTerm.Cause.OPENING;
                    default -> throw invalid("cause is exposure or opening");
                };
        return Response.json(json(rotation.rotate(room(request), cause)));
    }

    private static JsonObject json(RecordRoom room) {
        return JsonObject.builder()
                .put("room_id", room.room().value())
                .put("class", room.roomClass().toString())
                .put("archive_user", room.archive().toString())
                .put("stock", room.stock().value())
                .put("number", room.number())
                .put("device_id", room.device().value())
                .put("slot", room.slot().toString())
                .put("period", room.period().toString())
                .put("ends", room.ends().toString())
                .put("made_ts", room.madeAt().toEpochMilli())
                .build();
    }

    private static JsonObject json(DeviceTerm term) {
        JsonObject json =
                JsonObject.of("device_id", term.device().value())
                        .with("slot", term.slot().toString())
                        .with("period", term.period().toString())
                        .with("cause", term.cause().toString())
                        .with("from_ts", term.from().toEpochMilli());
        Optional<Long> until = term.until().map(it -> it.toEpochMilli());
        return until.map(it -> json.with("until_ts", it)).orElse(json);
    }

    private static RoomId room(Request request) {
        try {
            return RoomId.parse(request.path("roomId"));
        } catch (MalformedId e) {
            throw invalid("This is no room ID");
        }
    }

    private static MatrixException notFound() {
        return new MatrixError.NotFound("No such record room").asException();
    }

    private static MatrixException invalid(String why) {
        return new MatrixError.InvalidParam(why).asException();
    }
}
