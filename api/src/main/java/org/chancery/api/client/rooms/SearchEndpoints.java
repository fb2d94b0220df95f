package org.chancery.api.client.rooms;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.chancery.api.client.EventJson;
import org.chancery.api.client.Fields;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.accounts.NameWords;
import org.chancery.homeserver.directory.EventSearch;
import org.chancery.homeserver.directory.EventSearch.Hit;
import org.chancery.homeserver.events.PageToken;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.relations.Bundle;
import org.chancery.homeserver.relations.Relations;
import org.chancery.homeserver.rooms.RoomReader;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.filter.MalformedFilter;
import org.chancery.protocol.filter.RoomEventFilter;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonDecimal;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;

/// Looking for words in rooms (client-server API, "Server Side Search").
public final class SearchEndpoints {
    static final Endpoint SEARCH =
            Endpoint.post("/_matrix/client/v3/search")
                    .limit(LimitClass.EXPENSIVE)
                    .mayAnswer(MatrixError.InvalidParam.class, MatrixError.MissingParam.class);

    private static final int LIMIT_DEFAULT = 10;
    private static final int CONTEXT_DEFAULT = 5;
    private static final int CONTEXT_MAX = 20;

    private final EventSearch search;
    private final RoomReader reader;
    private final Relations relations;
    private final EventJson json;

    public SearchEndpoints(
            EventSearch search, RoomReader reader, Relations relations, EventJson json) {
        this.search = search;
        this.reader = reader;
        this.relations = relations;
        this.json = json;
    }

    public List<Route> routes() {
        return List.of(SEARCH.by(this::search));
    }

    private Response search(Request request) {
        JsonObject categories =
                Fields.objectIfAny(request.json(), "search_categories")
                        .orElseThrow(() -> Fields.missing("search_categories"));
        Optional<JsonObject> asked = Fields.objectIfAny(categories, "room_events");
        return Response.json(
                JsonObject.of(
                        "search_categories",
                        asked.map(it -> JsonObject.of("room_events", roomEvents(request, it)))
                                .orElse(JsonObject.EMPTY)));
    }

    private JsonObject roomEvents(Request request, JsonObject asked) {
        List<String> words = NameWords.of(Fields.text(asked, "search_term"));
        RoomEventFilter filter = filter(asked);
        boolean byRank =
                switch (Fields.textIfAny(asked, "order_by").orElse("rank")) {
                    case "rank" -> true;
                    case "recent" -> false;
                    default -> throw invalid("order_by is rank or recent");
                };
        Set<UserId> ignored = relations.ignoredBy(request.session().user());
        EventSearch.Page page =
                search.find(
                        request.session().user(),
                        new EventSearch.Asked(
                                words,
                                keys(asked),
                                filter::acceptsRoom,
                                event ->
                                        !ignored.contains(event.sender())
                                                && filter.accepts(
                                                        event.type(),
                                                        event.sender(),
                                                        event.content()),
                                before(request),
                                filter.limit(LIMIT_DEFAULT, EventSearch.PAGE_MAX)));
        List<Hit> hits = new ArrayList<>(page.hits());
        if (byRank) {
            hits.sort(Comparator.comparingDouble(Hit::rank).reversed());
        }
        JsonObject.Builder answer = JsonObject.builder();
        Optional<JsonObject> context = Fields.objectIfAny(asked, "event_context");
        answer.put("count", hits.size());
        answer.put("highlights", JsonArray.ofTexts(words));
        answer.put(
                "results",
                JsonArray.of(hits.stream().map(hit -> result(request, hit, context)).toList()));
        if (page.next().isPresent()) {
            answer.put("next_batch", new PageToken(page.next().getAsLong()).toString());
        }
        groups(asked, hits).ifPresent(groups -> answer.put("groups", groups));
        if (Fields.flag(asked, "include_state", false)) {
            answer.put("state", state(request, hits));
        }
        return answer.build();
    }

    private static OptionalLong before(Request request) {
        Optional<PageToken> token = request.query("next_batch").map(PageToken::parse);
        return token.isPresent() ? OptionalLong.of(token.get().ordinal()) : OptionalLong.empty();
    }

    private static RoomEventFilter filter(JsonObject asked) {
        try {
            return Fields.objectIfAny(asked, "filter")
                    .map(RoomEventFilter::parse)
                    .orElse(RoomEventFilter.ALL);
        } catch (MalformedFilter e) {
            throw invalid("filter is not a room event filter");
        }
    }

    private static List<EventSearch.Key> keys(JsonObject asked) {
        JsonValue given = asked.get("keys");
        if (given == null) {
            return List.of(EventSearch.Key.values());
        }
        if (!(given instanceof JsonArray array)) {
            throw Fields.wrong("keys", "a list");
        }
        Set<EventSearch.Key> keys = EnumSet.noneOf(EventSearch.Key.class);
        for (JsonValue key : array) {
            keys.add(
                    switch (key instanceof JsonString(String text) ? text : "") {
                        case "content.body" -> EventSearch.Key.BODY;
                        case "content.name" -> EventSearch.Key.NAME;
                        case "content.topic" -> EventSearch.Key.TOPIC;
                        default -> throw invalid("keys are content.body, .name and .topic");
                    });
        }
        return List.copyOf(keys);
    }

    private JsonObject result(Request request, Hit hit, Optional<JsonObject> context) {
        EventJson.Reader as = as(request, hit);
        Map<Long, Bundle> bundles =
                relations.bundles(request.session().user(), hit.access(), List.of(hit.event()));
        JsonObject result =
                JsonObject.of("rank", new JsonDecimal(Double.toString(hit.rank())))
                        .with("result", json.one(hit.event(), as, bundles));
        return context.isPresent()
                ? result.with("context", context(request, hit, context.get()))
                : result;
    }

    private static EventJson.Reader as(Request request, Hit hit) {
        return new EventJson.Reader(request.session(), Optional.of(hit.access().visibility()));
    }

    private JsonObject context(Request request, Hit hit, JsonObject asked) {
        RoomReader.Beside beside =
                reader.beside(
                        hit.access(),
                        hit.event(),
                        limit(asked, "before_limit"),
                        limit(asked, "after_limit"));
        EventJson.Reader as = as(request, hit);
        JsonObject context =
                JsonObject.of("events_before", json.list(beside.before(), as))
                        .with("events_after", json.list(beside.after(), as))
                        .with("start", PageToken.before(first(beside.before(), hit)).toString())
                        .with("end", PageToken.behind(first(beside.after(), hit)).toString());
        return Fields.flag(asked, "include_profile", false)
                ? context.with("profile_info", profiles(hit, beside))
                : context;
    }

    /// The event farthest from the hit.
    private static StoredEvent first(List<StoredEvent> events, Hit hit) {
        return events.isEmpty() ? hit.event() : events.getLast();
    }

    private JsonObject profiles(Hit hit, RoomReader.Beside beside) {
        Set<UserId> senders = new HashSet<>();
        senders.add(hit.event().sender());
        beside.before().forEach(event -> senders.add(event.sender()));
        beside.after().forEach(event -> senders.add(event.sender()));
        JsonObject profiles = JsonObject.EMPTY;
        for (StoredEvent member : reader.memberEvents(hit.access(), senders)) {
            JsonObject.Builder profile = JsonObject.builder();
            for (String name : List.of("displayname", "avatar_url")) {
                member.content().string(name).ifPresent(text -> profile.put(name, text));
            }
            profiles = profiles.with(member.stateKey().orElseThrow(), profile.build());
        }
        return profiles;
    }

    private static int limit(JsonObject asked, String name) {
        long limit = Fields.wholeIfAny(asked, name).orElse(CONTEXT_DEFAULT);
        return Math.clamp(limit, 0, CONTEXT_MAX);
    }

    private JsonObject state(Request request, List<Hit> hits) {
        JsonObject state = JsonObject.EMPTY;
        for (Hit hit : hits) {
            String room = hit.event().room().id().value();
            if (!state.has(room)) {
                List<StoredEvent> events =
                        reader.state(request.session().user(), hit.event().room().id());
                state = state.with(room, json.list(events, as(request, hit)));
            }
        }
        return state;
    }

    private static Optional<JsonObject> groups(JsonObject asked, List<Hit> hits) {
        Optional<JsonArray> groupBy =
                Fields.objectIfAny(asked, "groupings").flatMap(it -> it.array("group_by"));
        if (groupBy.isEmpty()) {
            return Optional.empty();
        }
        JsonObject groups = JsonObject.EMPTY;
        for (JsonObject group : groupBy.get().objects()) {
            String key = Fields.text(group, "key");
            Function<StoredEvent, String> value =
                    switch (key) {
                        case "room_id" -> event -> event.room().id().value();
                        case "sender" -> event -> event.sender().toString();
                        default -> throw invalid("groups go by room_id or sender");
                    };
            groups = groups.with(key, grouped(hits, value));
        }
        return Optional.of(groups);
    }

    private static JsonObject grouped(List<Hit> hits, Function<StoredEvent, String> value) {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        for (Hit hit : hits) {
            ids.computeIfAbsent(value.apply(hit.event()), _ -> new ArrayList<>())
                    .add(hit.event().id().value());
        }
        JsonObject groups = JsonObject.EMPTY;
        int order = 0;
        for (Map.Entry<String, List<String>> group : ids.entrySet()) {
            groups =
                    groups.with(
                            group.getKey(),
                            JsonObject.of("results", JsonArray.ofTexts(group.getValue()))
                                    .with("order", order++));
        }
        return groups;
    }

    private static RuntimeException invalid(String message) {
        return new MatrixError.InvalidParam(message).asException();
    }
}
