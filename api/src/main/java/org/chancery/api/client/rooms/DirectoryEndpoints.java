package org.chancery.api.client.rooms;

import static org.chancery.api.client.RoomPaths.ROOM;

import java.util.List;
import java.util.Optional;
import org.chancery.api.client.Fields;
import org.chancery.api.client.RoomPaths;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.directory.Directory;
import org.chancery.homeserver.rooms.Identity;
import org.chancery.homeserver.rooms.RoomReader;
import org.chancery.homeserver.sessions.Session;
import org.chancery.protocol.authrules.PowerLevels;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.RoomAlias;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// Aliases, and whether a room is published (client-server API, "Room aliases").
public final class DirectoryEndpoints {
    private static final String ALIAS = "/_matrix/client/v3/directory/room/{roomAlias}";
    private static final String LISTED = "/_matrix/client/v3/directory/list/room/{roomId}";

    static final Endpoint FIND =
            Endpoint.get(ALIAS).auth(Auth.NONE).mayAnswer(MatrixError.NotFound.class);
    static final Endpoint ADD =
            Endpoint.put(ALIAS)
                    .mayAnswer(MatrixError.AliasInUse.class, MatrixError.Forbidden.class);
    static final Endpoint REMOVE =
            Endpoint.delete(ALIAS)
                    .mayAnswer(MatrixError.NotFound.class, MatrixError.Forbidden.class);
    static final Endpoint OF_ROOM =
            Endpoint.get(ROOM + "/aliases").mayAnswer(MatrixError.Forbidden.class);
    static final Endpoint IS_LISTED =
            Endpoint.get(LISTED).auth(Auth.NONE).mayAnswer(MatrixError.NotFound.class);
    static final Endpoint LIST =
            Endpoint.put(LISTED).mayAnswer(MatrixError.NotFound.class, MatrixError.Forbidden.class);

    private final Directory directory;
    private final RoomReader reader;
    private final Identity identity;

    public DirectoryEndpoints(Directory directory, RoomReader reader, Identity identity) {
        this.directory = directory;
        this.reader = reader;
        this.identity = identity;
    }

    public List<Route> routes() {
        return List.of(
                FIND.by(this::find),
                ADD.by(this::add),
                REMOVE.by(this::remove),
                OF_ROOM.by(this::ofRoom),
                IS_LISTED.by(this::isListed),
                LIST.by(this::list));
    }

    private Response find(Request request) {
        RoomId room =
                directory
                        .find(alias(request))
                        .orElseThrow(() -> new MatrixError.NotFound("No such alias").asException());
        return Response.json(
                JsonObject.of("room_id", room.value())
                        .with("servers", JsonArray.ofTexts(List.of(identity.server()))));
    }

    private Response add(Request request) {
        RoomId room = RoomPaths.id(Fields.text(request.json(), "room_id"), RoomId::parse);
        directory.add(request.session().user(), alias(request), room);
        return Response.ok();
    }

    private Response remove(Request request) {
        Session session = request.session();
        RoomAlias alias = alias(request);
        Optional<PowerLevels> levels = directory.find(alias).flatMap(room -> levels(session, room));
        directory.remove(session.user(), session.admin(), alias, levels);
        return Response.ok();
    }

    private Optional<PowerLevels> levels(Session session, RoomId room) {
        try {
            RoomReader.Access access = reader.access(session.user(), room);
            return Optional.of(reader.powerLevels(access.room()));
        } catch (MatrixException e) {
            return Optional.empty(); // Not in the room: the maker of the alias may still remove it.
        }
    }

    private Response ofRoom(Request request) {
        RoomReader.Access access = reader.access(request.session().user(), RoomPaths.room(request));
        return Response.json(
                JsonObject.of("aliases", JsonArray.ofTexts(directory.aliases(access))));
    }

    private Response isListed(Request request) {
        boolean published = directory.isPublished(RoomPaths.room(request));
        return Response.json(JsonObject.of("visibility", published ? "public" : "private"));
    }

    private Response list(Request request) {
        Session session = request.session();
        boolean on =
                switch (Fields.textIfAny(request.jsonOrEmpty(), "visibility").orElse("public")) {
                    case "public" -> true;
                    case "private" -> false;
                    default ->
                            throw new MatrixError.InvalidParam(
                                            "visibility is neither public nor private")
                                    .asException();
                };
        directory.isPublished(RoomPaths.room(request)); // M_NOT_FOUND before M_FORBIDDEN.
        RoomReader.Access access = reader.access(session.user(), RoomPaths.room(request));
        directory.setPublished(
                session.user(), session.admin(), access, reader.powerLevels(access.room()), on);
        return Response.ok();
    }

    private static RoomAlias alias(Request request) {
        return RoomPaths.id(request.path("roomAlias"), RoomAlias::parse);
    }
}
