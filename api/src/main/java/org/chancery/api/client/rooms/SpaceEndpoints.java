package org.chancery.api.client.rooms;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.api.client.Fields;
import org.chancery.api.client.RoomPaths;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.directory.Directory;
import org.chancery.homeserver.directory.RoomSummaries;
import org.chancery.homeserver.directory.Spaces;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.rooms.RoomReader;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.RoomAlias;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// Rooms in short, alone and in spaces, and the rooms that two people share (client-server API,
/// "Spaces", `GET /room_summary`, "Mutual Rooms").
public final class SpaceEndpoints {
    private static final String V1 = "/_matrix/client/v1";

    static final Endpoint HIERARCHY =
            Endpoint.get(V1 + "/rooms/{roomId}/hierarchy")
                    .limit(LimitClass.EXPENSIVE)
                    .mayAnswer(MatrixError.Forbidden.class, MatrixError.InvalidParam.class);
    static final Endpoint SUMMARY =
            Endpoint.get(V1 + "/room_summary/{roomIdOrAlias}")
                    .limit(LimitClass.EXPENSIVE)
                    .mayAnswer(MatrixError.NotFound.class);
    static final Endpoint MUTUAL =
            Endpoint.get(V1 + "/mutual_rooms")
                    .limit(LimitClass.EXPENSIVE)
                    .mayAnswer(MatrixError.InvalidParam.class);

    private static final int LIMIT_DEFAULT = 50;
    private static final int MUTUAL_PAGE = 100;

    private final Spaces spaces;
    private final RoomSummaries summaries;
    private final Directory directory;
    private final RoomReader reader;

    public SpaceEndpoints(
            Spaces spaces, RoomSummaries summaries, Directory directory, RoomReader reader) {
        this.spaces = spaces;
        this.summaries = summaries;
        this.directory = directory;
        this.reader = reader;
    }

    public List<Route> routes() {
        return List.of(
                HIERARCHY.by(this::hierarchy), SUMMARY.by(this::summary), MUTUAL.by(this::mutual));
    }

    private Response hierarchy(Request request) {
        Spaces.Walk walk =
                new Spaces.Walk(
                        request.queryFlag("suggested_only"),
                        number(request, "max_depth", Spaces.DEPTH_MAX, 0, Spaces.DEPTH_MAX));
        int limit = number(request, "limit", LIMIT_DEFAULT, 1, Spaces.PAGE_MAX);
        String mark = walk.depth() + (walk.suggestedOnly() ? "s" : "a");
        int skip = request.query("from").map(token -> place(token, mark)).orElse(0);
        Spaces.Page page =
                spaces.page(request.session().user(), RoomPaths.room(request), walk, skip, limit);
        JsonObject body =
                JsonObject.of(
                        "rooms",
                        JsonArray.of(page.rooms().stream().map(SpaceEndpoints::node).toList()));
        return Response.json(
                page.next().isPresent()
                        ? body.with("next_batch", page.next().getAsInt() + "_" + mark)
                        : body);
    }

    private static JsonObject node(Spaces.Node node) {
        return RoomSummaryJson.of(node.summary())
                .with(
                        "children_state",
                        JsonArray.of(node.children().stream().map(SpaceEndpoints::child).toList()));
    }

    private static JsonObject child(StoredEvent event) {
        return JsonObject.of("type", event.type())
                .with("state_key", event.stateKey().orElseThrow())
                .with("content", event.content())
                .with("sender", event.sender().toString())
                .with("origin_server_ts", event.originServerTs());
    }

    private Response summary(Request request) {
        String named = request.path("roomIdOrAlias");
        Optional<RoomId> room =
                named.startsWith("#")
                        ? directory.find(RoomPaths.id(named, RoomAlias::parse))
                        : Optional.of(RoomPaths.id(named, RoomId::parse));
        RoomSummaries.Summary summary =
                room.flatMap(it -> summaries.find(request.session().user(), it))
                        .orElseThrow(() -> new MatrixError.NotFound("No such room").asException());
        JsonObject json = RoomSummaryJson.of(summary);
        return Response.json(
                summary.membership().isPresent()
                        ? json.with("membership", summary.membership().get())
                        : json);
    }

    private Response mutual(Request request) {
        UserId user =
                RoomPaths.id(
                        request.query("user_id").orElseThrow(() -> Fields.missing("user_id")),
                        UserId::parse);
        UserId own = request.session().user();
        if (user.equals(own)) {
            throw new MatrixError.InvalidParam("These are your own rooms").asException();
        }
        int skip = request.query("from").map(token -> place(token, "m")).orElse(0);
        List<String> his = reader.joinedRooms(user).stream().map(RoomId::value).toList();
        List<String> both =
                reader.joinedRooms(own).stream()
                        .map(RoomId::value)
                        .filter(Set.copyOf(his)::contains)
                        .sorted()
                        .toList();
        int start = Math.min(skip, both.size());
        int end = Math.min(start + MUTUAL_PAGE, both.size());
        JsonObject body =
                JsonObject.of("joined", JsonArray.ofTexts(both.subList(start, end)))
                        .with("count", both.size());
        return Response.json(end < both.size() ? body.with("next_batch", end + "_m") : body);
    }

    private static int number(Request request, String name, int otherwise, int least, int most) {
        long number = request.queryLong(name).orElse(otherwise);
        if (number < least) {
            throw new MatrixError.InvalidParam(name + " is less than " + least).asException();
        }
        return (int) Math.min(number, most);
    }

    /// The place in a token that belongs to the same question.
    private static int place(String token, String mark) {
        int gap = token.indexOf('_');
        if (gap <= 0 || !token.substring(gap + 1).equals(mark)) {
            throw malformed();
        }
        try {
            int place = Integer.parseInt(token, 0, gap, 10);
            if (place >= 0) {
                return place;
            }
        } catch (NumberFormatException e) {
            throw malformed();
        }
        throw malformed();
    }

    private static MatrixException malformed() {
        return new MatrixError.InvalidParam("The token is not one of ours, or of another question")
                .asException();
    }
}
