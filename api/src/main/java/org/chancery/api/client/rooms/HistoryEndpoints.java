package org.chancery.api.client.rooms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.chancery.api.client.RoomPaths.ROOM;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.chancery.api.client.EventJson;
import org.chancery.api.client.Fields;
import org.chancery.api.client.RoomPaths;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.events.EventStore.Direction;
import org.chancery.homeserver.events.PageToken;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.relations.Bundle;
import org.chancery.homeserver.relations.Relations;
import org.chancery.homeserver.rooms.ClosestEvent;
import org.chancery.homeserver.rooms.RoomReader;
import org.chancery.homeserver.sessions.Session;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.filter.MalformedFilter;
import org.chancery.protocol.filter.RoomEventFilter;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.MalformedJson;

/// Reading rooms (client-server API, "Getting events for a room").
public final class HistoryEndpoints {
    static final Endpoint EVENT =
            Endpoint.get(ROOM + "/event/{eventId}").mayAnswer(MatrixError.NotFound.class);
    static final Endpoint STATE =
            Endpoint.get(ROOM + "/state").mayAnswer(MatrixError.Forbidden.class);
    static final Endpoint STATE_ENTRY =
            Endpoint.get(ROOM + "/state/{eventType}/{stateKey}")
                    .aliases(ROOM + "/state/{eventType}", ROOM + "/state/{eventType}/")
                    .mayAnswer(MatrixError.Forbidden.class, MatrixError.NotFound.class);
    static final Endpoint MEMBERS =
            Endpoint.get(ROOM + "/members").mayAnswer(MatrixError.Forbidden.class);
    static final Endpoint JOINED_MEMBERS =
            Endpoint.get(ROOM + "/joined_members").mayAnswer(MatrixError.Forbidden.class);
    static final Endpoint MESSAGES =
            Endpoint.get(ROOM + "/messages").mayAnswer(MatrixError.Forbidden.class);
    static final Endpoint MOMENT =
            Endpoint.get("/_matrix/client/v1/rooms/{roomId}/timestamp_to_event")
                    .limit(LimitClass.EXPENSIVE)
                    .mayAnswer(MatrixError.Forbidden.class, MatrixError.NotFound.class);
    static final Endpoint CONTEXT =
            Endpoint.get(ROOM + "/context/{eventId}").mayAnswer(MatrixError.NotFound.class);

    private static final int LIMIT_DEFAULT = 10;

    private final RoomReader reader;
    private final ClosestEvent closest;
    private final Relations relations;
    private final EventJson json;

    public HistoryEndpoints(
            RoomReader reader, ClosestEvent closest, Relations relations, EventJson json) {
        this.reader = reader;
        this.closest = closest;
        this.relations = relations;
        this.json = json;
    }

    public List<Route> routes() {
        return List.of(
                EVENT.by(this::event),
                STATE.by(this::state),
                STATE_ENTRY.by(this::stateEntry),
                MEMBERS.by(this::members),
                JOINED_MEMBERS.by(this::joinedMembers),
                MESSAGES.by(this::messages),
                MOMENT.by(this::moment),
                CONTEXT.by(this::context));
    }

    private Response event(Request request) {
        UserId user = request.session().user();
        RoomId room = RoomPaths.room(request);
        StoredEvent event = reader.event(user, room, RoomPaths.event(request));
        RoomReader.Access access = reader.access(user, room);
        return Response.json(
                json.one(
                        event,
                        as(request.session(), access),
                        relations.bundles(user, access, List.of(event))));
    }

    private Response state(Request request) {
        List<StoredEvent> state = reader.state(request.session().user(), RoomPaths.room(request));
        JsonArray events = json.list(state, as(request.session()));
        return Response.json(200, events.bytes());
    }

    private Response stateEntry(Request request) {
        StateKey key = new StateKey(request.path("eventType"), request.path("stateKey"));
        StoredEvent event = reader.state(request.session().user(), RoomPaths.room(request), key);
        return switch (request.query("format").orElse("content")) {
            case "content" -> Response.json(event.content());
            case "event" -> Response.json(json.one(event, as(request.session())));
            default ->
                    throw new MatrixError.InvalidParam("format is neither content nor event")
                            .asException();
        };
    }

    private Response members(Request request) {
        Optional<String> only = request.query("membership");
        Optional<String> not = request.query("not_membership");
        Predicate<String> wanted =
                membership ->
                        only.map(membership::equals).orElse(not.isEmpty())
                                || not.filter(it -> !membership.equals(it)).isPresent();
        OptionalLong at =
                request.query("at")
                        .map(text -> OptionalLong.of(PageToken.parse(text).position()))
                        .orElse(OptionalLong.empty());
        List<StoredEvent> members =
                reader.members(request.session().user(), RoomPaths.room(request), at, wanted);
        return Response.json(JsonObject.of("chunk", json.list(members, as(request.session()))));
    }

    private Response joinedMembers(Request request) {
        JsonObject.Builder joined = JsonObject.builder();
        for (StoredEvent member :
                reader.joined(request.session().user(), RoomPaths.room(request))) {
            joined.put(member.stateKey().orElseThrow(), profile(member.content()));
        }
        return Response.json(JsonObject.of("joined", joined.build()));
    }

    private static JsonObject profile(JsonObject content) {
        JsonObject profile = JsonObject.EMPTY;
        if (content.string("displayname").isPresent()) {
            profile = profile.with("display_name", content.string("displayname").get());
        }
        if (content.string("avatar_url").isPresent()) {
            profile = profile.with("avatar_url", content.string("avatar_url").get());
        }
        return profile;
    }

    private Response messages(Request request) {
        Direction direction = direction(request);
        RoomEventFilter filter = filter(request);
        RoomReader.Access access = reader.access(request.session().user(), RoomPaths.room(request));
        RoomReader.Page page =
                reader.messages(
                        access,
                        direction,
                        token(request, "from"),
                        token(request, "to"),
                        new RoomReader.Wanted(
                                Math.max(1, limit(request, filter)), filtered(filter)));
        EventJson.Reader as = as(request.session(), access);
        Map<Long, Bundle> bundles =
                relations.bundles(request.session().user(), access, page.events());
        JsonObject body =
                JsonObject.of("chunk", json.list(page.events(), as, bundles))
                        .with("start", new PageToken(Math.max(0, page.start())).toString());
        if (page.end().isPresent()) {
            body = body.with("end", new PageToken(page.end().getAsLong()).toString());
        }
        if (filter.lazyLoadMembers()) {
            body = body.with("state", senders(access, page.events(), as));
        }
        return Response.json(body);
    }

    private Response moment(Request request) {
        long ts = request.queryLong("ts").orElseThrow(() -> Fields.missing("ts"));
        StoredEvent event =
                closest.find(
                                request.session().user(),
                                RoomPaths.room(request),
                                ts,
                                direction(request))
                        .orElseThrow(
                                () ->
                                        new MatrixError.NotFound("No event in that direction")
                                                .asException());
        return Response.json(
                JsonObject.of("event_id", event.id().value())
                        .with("origin_server_ts", event.originServerTs()));
    }

    private static Direction direction(Request request) {
        return switch (request.query("dir").orElseThrow(() -> Fields.missing("dir"))) {
            case "b" -> Direction.BACKWARDS;
            case "f" -> Direction.FORWARDS;
            default -> throw new MatrixError.InvalidParam("dir is b or f").asException();
        };
    }

    private Response context(Request request) {
        UserId user = request.session().user();
        RoomId room = RoomPaths.room(request);
        RoomEventFilter filter = filter(request);
        RoomReader.Context context =
                reader.context(
                        user,
                        room,
                        RoomPaths.event(request),
                        new RoomReader.Wanted(limit(request, filter), filtered(filter)));
        RoomReader.Access access = reader.access(user, room);
        EventJson.Reader as = as(request.session(), access);
        List<StoredEvent> all = new ArrayList<>(context.before().events());
        all.add(context.event());
        all.addAll(context.after().events());
        Map<Long, Bundle> bundles = relations.bundles(user, access, all);
        return Response.json(
                JsonObject.of("event", json.one(context.event(), as, bundles))
                        .with("events_before", json.list(context.before().events(), as, bundles))
                        .with("events_after", json.list(context.after().events(), as, bundles))
                        .with("start", place(context.before(), context.event().ordinal() - 1))
                        .with("end", place(context.after(), context.event().ordinal()))
                        .with("state", json.list(context.state(), as)));
    }

    private static String place(RoomReader.Page page, long otherwise) {
        long edge =
                page.end()
                        .orElseGet(
                                () ->
                                        page.events().isEmpty()
                                                ? otherwise
                                                : page.events().getLast().ordinal()
                                                        - (page.start() < otherwise ? 0 : 1));
        return new PageToken(edge).toString();
    }

    /// The membership events of those who sent the events (lazy loading of members).
    private JsonArray senders(
            RoomReader.Access access, List<StoredEvent> page, EventJson.Reader as) {
        Set<UserId> senders = new LinkedHashSet<>();
        page.forEach(event -> senders.add(event.sender()));
        return json.list(reader.memberEvents(access, senders), as);
    }

    private static OptionalLong token(Request request, String name) {
        Optional<String> text = request.query(name);
        return text.isPresent()
                ? OptionalLong.of(PageToken.parse(text.get()).ordinal())
                : OptionalLong.empty();
    }

    private static int limit(Request request, RoomEventFilter filter) {
        int unasked = filter.limit(LIMIT_DEFAULT, RoomReader.PAGE_MAX);
        return (int) Math.min(request.queryLong("limit").orElse(unasked), RoomReader.PAGE_MAX);
    }

    private static RoomEventFilter filter(Request request) {
        Optional<String> text = request.query("filter");
        if (text.isEmpty()) {
            return RoomEventFilter.ALL;
        }
        try {
            return RoomEventFilter.parse(Json.parseObject(text.get().getBytes(UTF_8)));
        } catch (MalformedJson | MalformedFilter e) {
            throw new MatrixError.InvalidParam("filter is not a room event filter").asException();
        }
    }

    private static Predicate<StoredEvent> filtered(RoomEventFilter filter) {
        return filter.isAll()
                ? _ -> true
                : event -> filter.accepts(event.type(), event.sender(), event.content());
    }

    private static EventJson.Reader as(Session session, RoomReader.Access access) {
        return new EventJson.Reader(session, Optional.of(access.visibility()));
    }

    private static EventJson.Reader as(Session session) {
        return new EventJson.Reader(session, Optional.empty());
    }
}
