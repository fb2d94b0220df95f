package org.chancery.api.governance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.governance.records.Kind;
import org.chancery.governance.records.PieceStore;
import org.chancery.governance.records.PieceStore.Amount;
import org.chancery.governance.records.PieceStore.Archive;
import org.chancery.governance.records.Place;
import org.chancery.governance.records.Present;
import org.chancery.governance.records.RoomLeafStore;
import org.chancery.governance.records.Session;
import org.chancery.governance.records.SessionStore;
import org.chancery.ledger.leaf.RoomLeaf;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;

/// What the records desk sees of the archive: which rooms, how much of each, its leaves, and which
/// sessions the archive is presumed to be able to read. Counts and names, never what was said.
///
/// A page ends with `next`, which is the `from` of the following one; without it there is none.
public final class RecordEndpoints {
    private static final String RECORDS = "/_chancery/admin/v1/records";
    private static final String ROOMS = RECORDS + "/rooms";
    private static final String ROOM = ROOMS + "/{roomId}";

    static final Endpoint TOTALS = reading(RECORDS);
    static final Endpoint LIST = reading(ROOMS);
    static final Endpoint SHOW = reading(ROOM);
    static final Endpoint SESSIONS = reading(ROOM + "/coverage");
    static final Endpoint GAPS = reading(ROOM + "/gaps");
    static final Endpoint LEAVES = reading(ROOM + "/leaves");

    private static final int LIMIT_MAX = 100;
    private static final Duration PRESENT_WITHIN = Duration.ofSeconds(2);

    private static Endpoint reading(String path) {
        return Endpoint.get(path)
                .mayAnswer(
                        MatrixError.Forbidden.class,
                        MatrixError.InvalidParam.class,
                        MatrixError.NotFound.class);
    }

    private final PieceStore pieces;
    private final RoomLeafStore leaves;
    private final SessionStore sessions;
    private final Present present;
    private final RoomNames names;

    public RecordEndpoints(
            PieceStore pieces,
            RoomLeafStore leaves,
            SessionStore sessions,
            Present present,
            RoomNames names) {
        this.pieces = pieces;
        this.leaves = leaves;
        this.sessions = sessions;
        this.present = present;
        this.names = names;
    }

    public List<Route> routes() {
        return List.of(
                TOTALS.by(this::totals),
                LIST.by(this::list),
                SHOW.by(this::show),
                SESSIONS.by(this::sessions),
                GAPS.by(this::gaps),
                LEAVES.by(this::leaves));
    }

    private Response totals(Request request) {
        enter(request);
        SessionStore.Totals totals = sessions.totals();
        return Response.json(
                JsonObject.EMPTY
                        .with("sessions", totals.sessions())
                        .with("partly", totals.partly())
                        .with("missing", totals.missing()));
    }

    private Response list(Request request) {
        enter(request);
        int limit = limit(request);
        List<Archive> page = pieces.archives(from(request, -1), limit);
        return page(
                "rooms",
                page.stream().map(this::brief).toList(),
                page.size() == limit
                        ? Optional.of(page.getLast().room().number())
                        : Optional.empty());
    }

    private JsonObject brief(Archive archive) {
        SessionStore.Counts counts = sessions.counts(archive.room());
        JsonObject.Builder json =
                JsonObject.builder()
                        .put("room_id", archive.room().id().value())
                        .put("opened_at", archive.openedAt())
                        .put("coverage", coverage(counts));
        leaves.last(archive.room())
                .ifPresent(
                        last -> {
                            json.put("leaves", last.number() + 1);
                            json.put("leaf_until", RoomLeaf.parse(last.bytes()).until());
                        });
        return names.of(archive.room().id()).in(json.build());
    }

    private static JsonObject coverage(SessionStore.Counts counts) {
        return JsonObject.EMPTY
                .with("presumed", counts.presumed())
                .with("partly", counts.partly())
                .with("withheld", counts.withheld())
                .with("unknown", counts.unknown());
    }

    private Response show(Request request) {
        Archive archive = archive(request);
        JsonObject.Builder amounts = JsonObject.builder();
        for (Map.Entry<Kind, Amount> each : pieces.amounts(archive.room()).entrySet()) {
            amounts.put(
                    each.getKey().name().toLowerCase(Locale.ROOT),
                    JsonObject.EMPTY
                            .with("count", each.getValue().count())
                            .with("disposed", each.getValue().disposed())
                            .with("bytes", each.getValue().bytes()));
        }
        return Response.json(brief(archive).with("pieces", amounts.build()));
    }

    private Response sessions(Request request) {
        Archive archive = archive(request);
        int limit = limit(request);
        return told(sessions.read(archive.room(), from(request, 0), limit), limit);
    }

    private Response gaps(Request request) {
        Archive archive = archive(request);
        int limit = limit(request);
        return told(sessions.gaps(archive.room(), from(request, 0), limit), limit);
    }

    private static Response told(List<SessionStore.Told> page, int limit) {
        return page(
                "sessions",
                page.stream().map(RecordEndpoints::json).toList(),
                page.size() == limit
                        ? Optional.of(page.getLast().session().first().piece())
                        : Optional.empty());
    }

    private static JsonObject json(SessionStore.Told told) {
        Session session = told.session();
        JsonObject.Builder json =
                JsonObject.builder()
                        .put("sender", session.sender().user().toString())
                        .put("device_id", session.sender().device().value())
                        .put("session_id", session.id())
                        .put("state", told.state().toString())
                        .put("first_index", session.first().index())
                        .put("first_at", session.first().at())
                        .put("first_position", Place.position(session.first().piece()));
        session.covered().ifPresent(from -> json.put("from", from));
        if (!told.code().isEmpty()) {
            json.put("code", told.code());
        }
        return json.build();
    }

    private Response leaves(Request request) {
        Archive archive = archive(request);
        int limit = limit(request);
        List<RoomLeafStore.Made> page = leaves.read(archive.room(), from(request, 0), limit);
        List<JsonObject> told = new ArrayList<>();
        for (RoomLeafStore.Made made : page) {
            RoomLeaf leaf = RoomLeaf.parse(made.bytes());
            told.add(
                    JsonObject.builder()
                            .put("number", made.number())
                            .put("from", leaf.from())
                            .put("until", leaf.until())
                            .put("events", leaf.events().count())
                            .put("inbox", leaf.inbox().count())
                            .put("hash", leaf.hash().toString())
                            .build());
        }
        return page(
                "leaves",
                told,
                page.size() == limit ? Optional.of(page.getLast().number() + 1) : Optional.empty());
    }

    private static Response page(
            String name, List<? extends JsonValue> entries, Optional<Long> next) {
        JsonObject json = JsonObject.EMPTY.with(name, JsonArray.of(entries));
        return Response.json(next.map(from -> json.with("next", from)).orElse(json));
    }

    private Archive archive(Request request) {
        enter(request);
        RoomId room = RoomId.parse(request.path("roomId"));
        return pieces.archive(room)
                .orElseThrow(
                        () ->
                                new MatrixError.NotFound("The archive has no such room")
                                        .asException());
    }

    private static int limit(Request request) {
        return Math.clamp(request.queryLong("limit").orElse(LIMIT_MAX), 1, LIMIT_MAX);
    }

    private static long from(Request request, long usual) {
        return request.queryLong("from").orElse(usual);
    }

    /// What was said before a request is in its answer, unless the archive is stuck.
    private void enter(Request request) {
        if (!request.session().admin()) {
            throw new MatrixError.Forbidden("Only an administrator may").asException();
        }
        present.await(PRESENT_WITHIN);
    }
}
