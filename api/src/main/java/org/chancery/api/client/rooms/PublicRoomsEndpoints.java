package org.chancery.api.client.rooms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.api.client.Fields;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.directory.PublicRooms;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonNull;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;

/// The published rooms (client-server API, `/publicRooms`).
public final class PublicRoomsEndpoints {
    private static final String PATH = "/_matrix/client/v3/publicRooms";

    static final Endpoint LIST = Endpoint.get(PATH).auth(Auth.NONE).limit(LimitClass.EXPENSIVE);
    static final Endpoint SEARCH = Endpoint.post(PATH).limit(LimitClass.EXPENSIVE);

    private final PublicRooms rooms;

    public PublicRoomsEndpoints(PublicRooms rooms) {
        this.rooms = rooms;
    }

    public List<Route> routes() {
        return List.of(LIST.by(this::list), SEARCH.by(this::search));
    }

    private Response list(Request request) {
        requireOwn(request);
        long limit = request.queryLong("limit").orElse(PublicRooms.PAGE_MAX);
        return page(new PublicRooms.Search("", Optional.empty()), limit, request.query("since"));
    }

    private Response search(Request request) {
        requireOwn(request);
        JsonObject body = request.jsonOrEmpty();
        JsonObject filter = Fields.objectIfAny(body, "filter").orElse(JsonObject.EMPTY);
        String term = Fields.textIfAny(filter, "generic_search_term").orElse("");
        long limit = Fields.wholeIfAny(body, "limit").orElse(PublicRooms.PAGE_MAX);
        return page(
                new PublicRooms.Search(term, types(filter)),
                limit,
                Fields.textIfAny(body, "since"));
    }

    /// A room without a type is asked for by null.
    private static Optional<List<String>> types(JsonObject filter) {
        JsonValue given = filter.get("room_types");
        if (given == null || given instanceof JsonNull) {
            return Optional.empty();
        }
        if (!(given instanceof JsonArray array)) {
            throw Fields.wrong("room_types", "a list");
        }
        List<String> types = new ArrayList<>();
        for (JsonValue type : array) {
            types.add(type instanceof JsonString(String text) ? text : "");
        }
        return Optional.of(types);
    }

    /// Lists of other servers need federation.
    private static void requireOwn(Request request) {
        Optional<String> server = request.query("server");
        if (server.isPresent() && !server.get().isEmpty()) {
            throw new MatrixError.NotFound("That server cannot be reached").asException();
        }
    }

    private Response page(PublicRooms.Search search, long limit, Optional<String> since) {
        List<PublicRooms.Entry> found = rooms.find(search);
        int start = Math.min(since.map(PublicRoomsEndpoints::place).orElse(0), found.size());
        int size = Math.clamp(limit, 1, PublicRooms.PAGE_MAX);
        int end = Math.min(start + size, found.size());
        JsonObject body =
                JsonObject.of(
                                "chunk",
                                JsonArray.of(
                                        found.subList(start, end).stream()
                                                .map(RoomSummaryJson::of)
                                                .toList()))
                        .with("total_room_count_estimate", found.size());
        if (end < found.size()) {
            body = body.with("next_batch", "p" + end);
        }
        if (start > 0) {
            body = body.with("prev_batch", "p" + Math.max(0, start - size));
        }
        return Response.json(body);
    }

    private static int place(String token) {
        try {
            if (token.startsWith("p")) {
                return Math.max(0, Integer.parseInt(token, 1, token.length(), 10));
            }
        } catch (NumberFormatException e) {
            throw malformed();
        }
        throw malformed();
    }

    private static RuntimeException malformed() {
        return new MatrixError.InvalidParam("The token is not one of ours").asException();
    }
}
