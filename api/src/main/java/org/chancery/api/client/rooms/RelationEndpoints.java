package org.chancery.api.client.rooms;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.chancery.api.client.EventJson;
import org.chancery.api.client.RoomPaths;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.EventStore.Direction;
import org.chancery.homeserver.events.PageToken;
import org.chancery.homeserver.events.RelationIndex;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.relations.Relations;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.event.Redaction;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// What relates to an event, and the threads of a room (client-server API, "Relationships API" and
/// "Querying threads in a room").
public final class RelationEndpoints {
    private static final String ROOM = "/_matrix/client/v1/rooms/{roomId}";
    private static final String OF_EVENT = ROOM + "/relations/{eventId}";

    static final Endpoint RELATIONS = Endpoint.get(OF_EVENT).mayAnswer(MatrixError.NotFound.class);
    static final Endpoint BY_RELATION =
            Endpoint.get(OF_EVENT + "/{relType}").mayAnswer(MatrixError.NotFound.class);
    static final Endpoint BY_EVENT =
            Endpoint.get(OF_EVENT + "/{relType}/{eventType}").mayAnswer(MatrixError.NotFound.class);
    static final Endpoint THREADS =
            Endpoint.get(ROOM + "/threads")
                    .limit(LimitClass.EXPENSIVE)
                    .mayAnswer(MatrixError.Forbidden.class, MatrixError.InvalidParam.class);

    private static final int LIMIT_DEFAULT = 50;

    private final Relations relations;
    private final EventJson json;

    public RelationEndpoints(Relations relations, EventJson json) {
        this.relations = relations;
        this.json = json;
    }

    public List<Route> routes() {
        return List.of(
                RELATIONS.by(it -> children(it, Optional.empty(), Optional.empty())),
                BY_RELATION.by(it -> children(it, named(it, "relType"), Optional.empty())),
                BY_EVENT.by(it -> children(it, named(it, "relType"), named(it, "eventType"))),
                THREADS.by(this::threads));
    }

    private static Optional<String> named(Request request, String name) {
        return Optional.of(request.path(name));
    }

    private Response children(Request request, Optional<String> relation, Optional<String> event) {
        UserId user = request.session().user();
        RoomId room = RoomPaths.room(request);
        boolean deep = request.queryFlag("recurse");
        Relations.Page page =
                relations.children(
                        user,
                        room,
                        RoomPaths.event(request),
                        new Relations.Asked(
                                relation,
                                event,
                                deep,
                                direction(request),
                                place(request, "from"),
                                place(request, "to"),
                                limit(request)));
        JsonObject body = JsonObject.of("chunk", chunk(page, request));
        if (page.next().isPresent()) {
            body = body.with("next_batch", new PageToken(page.next().getAsLong()).toString());
        }
        if (request.query("from").isPresent()) {
            body = body.with("prev_batch", request.query("from").get());
        }
        return Response.json(
                request.query("recurse").isPresent()
                        ? body.with("recursion_depth", deep ? RelationIndex.DEPTH : 1L)
                        : body);
    }

    private Response threads(Request request) {
        boolean participated =
                switch (request.query("include").orElse("all")) {
                    case "all" -> false;
                    case "participated" -> true;
                    default ->
                            throw new MatrixError.InvalidParam("include is all or participated")
                                    .asException();
                };
        Optional<PageToken> from = request.query("from").map(PageToken::parse);
        Relations.Page page =
                relations.threads(
                        request.session().user(),
                        RoomPaths.room(request),
                        participated,
                        from.isPresent()
                                ? OptionalLong.of(from.get().position())
                                : OptionalLong.empty(),
                        limit(request));
        JsonObject body = JsonObject.of("chunk", chunk(page, request));
        if (page.next().isPresent()) {
            long next = EventStore.ordinal(page.next().getAsLong());
            body = body.with("next_batch", new PageToken(next).toString());
        }
        return Response.json(body);
    }

    /// The events; one of somebody who is ignored only as if it were redacted, as it can be no more
    /// than the root of a thread.
    private JsonArray chunk(Relations.Page page, Request request) {
        EventJson.Reader reader =
                new EventJson.Reader(request.session(), Optional.of(page.visibility()));
        Set<UserId> ignored = relations.ignoredBy(request.session().user());
        return JsonArray.of(
                page.events().stream()
                        .map(
                                event -> {
                                    JsonObject whole = json.one(event, reader, page.bundles());
                                    return ignored.contains(event.sender())
                                            ? redacted(event, whole)
                                            : whole;
                                })
                        .toList());
    }

    private static JsonObject redacted(StoredEvent event, JsonObject whole) {
        JsonObject redacted = Redaction.redact(event.event(), event.room().version());
        return whole.with("content", redacted.object("content").orElse(JsonObject.EMPTY));
    }

    private static Direction direction(Request request) {
        return switch (request.query("dir").orElse("b")) {
            case "b" -> Direction.BACKWARDS;
            case "f" -> Direction.FORWARDS;
            default -> throw new MatrixError.InvalidParam("dir is b or f").asException();
        };
    }

    private static OptionalLong place(Request request, String name) {
        Optional<String> text = request.query(name);
        return text.isPresent()
                ? OptionalLong.of(PageToken.parse(text.get()).ordinal())
                : OptionalLong.empty();
    }

    private static int limit(Request request) {
        long limit = request.queryLong("limit").orElse(LIMIT_DEFAULT);
        return (int) Math.min(limit, Relations.PAGE_MAX);
    }
}
