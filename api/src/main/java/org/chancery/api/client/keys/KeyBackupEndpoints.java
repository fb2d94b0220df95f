package org.chancery.api.client.keys;

import java.util.List;
import org.chancery.api.client.Fields;
import org.chancery.api.client.RoomPaths;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.e2ee.BackedUpKey;
import org.chancery.homeserver.e2ee.KeyBackupStore.Part;
import org.chancery.homeserver.e2ee.KeyBackups;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Backups of room keys (client-server API, "Server-side key backups").
public final class KeyBackupEndpoints {
    private static final String VERSIONS = "/_matrix/client/v3/room_keys/version";
    private static final String VERSION = VERSIONS + "/{version}";
    private static final String ALL = "/_matrix/client/v3/room_keys/keys";
    private static final String OF_ROOM = ALL + "/{roomId}";
    private static final String ONE = OF_ROOM + "/{sessionId}";
    private static final int BODY_BYTES_MAX = 8 << 20;

    static final Endpoint CREATE = Endpoint.post(VERSIONS);
    static final Endpoint GET_LATEST =
            Endpoint.get(VERSIONS).aliases(VERSIONS + "/").mayAnswer(MatrixError.NotFound.class);
    static final Endpoint GET_VERSION = Endpoint.get(VERSION).mayAnswer(MatrixError.NotFound.class);
    static final Endpoint PUT_VERSION =
            Endpoint.put(VERSION)
                    .mayAnswer(MatrixError.NotFound.class, MatrixError.InvalidParam.class);
    static final Endpoint DELETE_VERSION =
            Endpoint.delete(VERSION).mayAnswer(MatrixError.NotFound.class);
    static final Endpoint PUT_ALL = writing(Endpoint.put(ALL));
    static final Endpoint GET_ALL = Endpoint.get(ALL).mayAnswer(MatrixError.NotFound.class);
    static final Endpoint DELETE_ALL = Endpoint.delete(ALL).mayAnswer(MatrixError.NotFound.class);
    static final Endpoint PUT_ROOM = writing(Endpoint.put(OF_ROOM));
    static final Endpoint GET_ROOM = Endpoint.get(OF_ROOM).mayAnswer(MatrixError.NotFound.class);
    static final Endpoint DELETE_ROOM =
            Endpoint.delete(OF_ROOM).mayAnswer(MatrixError.NotFound.class);
    static final Endpoint PUT_ONE = writing(Endpoint.put(ONE));
    static final Endpoint GET_ONE = Endpoint.get(ONE).mayAnswer(MatrixError.NotFound.class);
    static final Endpoint DELETE_ONE = Endpoint.delete(ONE).mayAnswer(MatrixError.NotFound.class);

    private final KeyBackups backups;

    public KeyBackupEndpoints(KeyBackups backups) {
        this.backups = backups;
    }

    private static Endpoint writing(Endpoint endpoint) {
        return endpoint.bodyMax(BODY_BYTES_MAX)
                .mayAnswer(
                        MatrixError.WrongRoomKeysVersion.class,
                        MatrixError.NotFound.class,
                        MatrixError.TooLarge.class);
    }

    public List<Route> routes() {
        return List.of(
                CREATE.by(this::create),
                GET_LATEST.by(request -> Response.json(backups.latest(user(request)).json())),
                GET_VERSION.by(this::version),
                PUT_VERSION.by(this::update),
                DELETE_VERSION.by(this::deleteVersion),
                PUT_ALL.by(request -> put(request, BackedUpKey.parseRooms(request.json()))),
                GET_ALL.by(request -> Response.json(backups.all(user(request), of(request)))),
                DELETE_ALL.by(request -> delete(request, Part.ALL)),
                PUT_ROOM.by(this::putRoom),
                GET_ROOM.by(this::room),
                DELETE_ROOM.by(request -> delete(request, Part.of(RoomPaths.room(request)))),
                PUT_ONE.by(this::putOne),
                GET_ONE.by(this::one),
                DELETE_ONE.by(request -> delete(request, session(request))));
    }

    private Response create(Request request) {
        String version = backups.create(user(request), request.json());
        return Response.json(JsonObject.of("version", version));
    }

    private Response version(Request request) {
        return Response.json(backups.backup(user(request), request.path("version")).json());
    }

    private Response update(Request request) {
        backups.update(user(request), request.path("version"), request.json());
        return Response.ok();
    }

    private Response deleteVersion(Request request) {
        backups.delete(user(request), request.path("version"));
        return Response.ok();
    }

    private Response putRoom(Request request) {
        return put(request, BackedUpKey.parseRoom(RoomPaths.room(request), request.json()));
    }

    private Response putOne(Request request) {
        RoomId room = RoomPaths.room(request);
        String session = request.path("sessionId");
        return put(request, List.of(BackedUpKey.parse(room, session, request.json())));
    }

    private Response put(Request request, List<BackedUpKey> keys) {
        return Response.json(backups.put(user(request), of(request), keys));
    }

    private Response room(Request request) {
        Part part = Part.of(RoomPaths.room(request));
        return Response.json(backups.ofRoom(user(request), of(request), part));
    }

    private Response one(Request request) {
        return Response.json(backups.one(user(request), of(request), session(request)));
    }

    private Response delete(Request request, Part part) {
        return Response.json(backups.delete(user(request), of(request), part));
    }

    private static Part session(Request request) {
        return Part.of(RoomPaths.room(request), request.path("sessionId"));
    }

    /// The version that a request for keys is about.
    private static String of(Request request) {
        return request.query("version").orElseThrow(() -> Fields.missing("version"));
    }

    private static UserId user(Request request) {
        return request.session().user();
    }
}
