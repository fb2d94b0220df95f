package org.chancery.api.governance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseGround;
import org.chancery.archive.entry.CaseOfficer;
import org.chancery.archive.entry.CaseScope;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.PublicKey;
import org.chancery.governance.cases.CaseNotices;
import org.chancery.governance.cases.CaseStore;
import org.chancery.governance.cases.CaseWish;
import org.chancery.governance.cases.Cases;
import org.chancery.governance.cases.HeldCase;
import org.chancery.governance.cases.Outcomes;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;
import org.chancery.tlog.verify.TlogProof;

/// Cases, as their officers write, sign, refuse and follow them; and the notices, as everybody
/// reads those about themselves. Administrators draft; who is named to approve need be none.
public final class CaseEndpoints {
    private static final String CASES = "/_chancery/admin/v1/cases";
    private static final String ONE = CASES + "/{caseId}";

    static final Endpoint LIST = Endpoint.get(CASES);
    static final Endpoint DRAFT = signing(Endpoint.post(CASES)).auth(Auth.ADMIN);
    static final Endpoint GET = changing(Endpoint.get(ONE));
    static final Endpoint REQUEST = signing(Endpoint.put(ONE + "/request"));
    static final Endpoint APPROVE = signing(Endpoint.put(ONE + "/approval"));
    static final Endpoint REFUSE = changing(Endpoint.put(ONE + "/refusal"));
    static final Endpoint PROOF = changing(Endpoint.get(ONE + "/proof"));
    static final Endpoint DOSSIER = changing(Endpoint.post(ONE + "/dossier"));
    static final Endpoint DOWNLOAD = changing(Endpoint.get(ONE + "/dossier"));
    static final Endpoint OUTCOME = changing(Endpoint.put(ONE + "/outcome"));
    static final Endpoint NOTICES = Endpoint.get("/_chancery/client/v1/notices");

    private static Endpoint signing(Endpoint endpoint) {
        return endpoint.mayAnswer(
                MatrixError.Forbidden.class,
                MatrixError.InvalidParam.class,
                MatrixError.InvalidRoomState.class,
                MatrixError.NotFound.class);
    }

    private static Endpoint changing(Endpoint endpoint) {
        return endpoint.mayAnswer(
                MatrixError.Forbidden.class,
                MatrixError.InvalidParam.class,
                MatrixError.NotFound.class);
    }

    private final Cases cases;
    private final CaseNotices notices;
    private final Outcomes outcomes;
    private final HandOver handOver;
    private final RoomNames names;

    /// Writes the dossier of a case where its officers fetch it, and lets them fetch it.
    public interface HandOver {
        /// @return that the case is in the log, and where the dossier lies
        Given give(String caseId, UserId by);

        /// The dossier that was written, as one archive; to be closed.
        Download fetch(String caseId, UserId by);

        /// @param bytes a tar archive of that length
        record Download(InputStream bytes, long length) {}

        /// @param place a folder on the machine of the server
        record Given(TlogProof proof, String place) {}
    }

    public CaseEndpoints(
            Cases cases,
            CaseNotices notices,
            Outcomes outcomes,
            HandOver handOver,
            RoomNames names) {
        this.cases = cases;
        this.notices = notices;
        this.outcomes = outcomes;
        this.handOver = handOver;
        this.names = names;
    }

    public List<Route> routes() {
        return List.of(
                LIST.by(this::list),
                DRAFT.by(this::draft),
                GET.by(request -> answer(read(request))),
                REQUEST.by(this::request),
                APPROVE.by(this::approve),
                REFUSE.by(this::refuse),
                PROOF.by(this::proof),
                DOSSIER.by(this::dossier),
                DOWNLOAD.by(this::download),
                OUTCOME.by(this::outcome),
                NOTICES.by(this::notices));
    }

    /// All cases for administrators, for everybody else those of which they are an officer.
    private Response list(Request request) {
        long before = request.queryLong("before").orElse(Long.MAX_VALUE);
        int limit =
                Math.clamp(request.queryLong("limit").orElse(Cases.PAGE_MAX), 1, Cases.PAGE_MAX);
        List<HeldCase> page =
                request.session().admin()
                        ? cases.page(before, limit)
                        : cases.page(request.session().user(), before, limit);
        List<JsonValue> told = new ArrayList<>();
        page.forEach(held -> told.add(json(held)));
        JsonObject answer = JsonObject.EMPTY.with("cases", JsonArray.of(told));
        boolean more = page.size() == limit && page.getLast().number() > 1;
        return Response.json(more ? answer.with("next", page.getLast().number()) : answer);
    }

    private Response draft(Request request) {
        HeldCase held = cases.draft(wish(request.json(), request.session().user()));
        return answer(held);
    }

    private static CaseWish wish(JsonObject json, UserId by) {
        JsonObject ground = member(json, "ground");
        JsonObject approver = member(json, "approver");
        return refusing(
                () ->
                        new CaseWish(
                                new CaseGround(
                                        CaseGround.Kind.parse(text(ground, "kind")),
                                        text(ground, "reference"),
                                        text(ground, "article"),
                                        text(ground, "necessity")),
                                scope(json),
                                new PublicKey(text(json, "reading_room")),
                                new CaseEntry.Notice(
                                        json.has("notice_at")
                                                ? time(json, "notice_at")
                                                : Instant.EPOCH,
                                        json.string("notice_reason").orElse("")),
                                officer(member(json, "requester"), by),
                                officer(approver, UserId.parse(text(approver, "user_id")))));
    }

    private static List<CaseWish.Part> scope(JsonObject json) {
        JsonArray scope = json.array("scope").orElseThrow(() -> missing("scope"));
        List<JsonObject> parts = scope.objects();
        if (parts.size() != scope.size()) {
            throw new MalformedArchive("scope holds objects");
        }
        return parts.stream().map(CaseEndpoints::part).toList();
    }

    private static CaseWish.Part part(JsonObject json) {
        return new CaseWish.Part(
                RoomId.parse(text(json, "room_id")), time(json, "from"), time(json, "until"));
    }

    /// A time in milliseconds since 1970.
    private static Instant time(JsonObject json, String name) {
        if (!json.has(name)) {
            throw missing(name);
        }
        return Fields.of(json, "a case").time(name);
    }

    private static CaseOfficer officer(JsonObject json, UserId user) {
        return new CaseOfficer(user, text(json, "name"), new PublicKey(text(json, "signing_key")));
    }

    private Response request(Request request) {
        String signature = text(request.json(), "signature");
        return answer(cases.request(id(request), request.session().user(), signature));
    }

    private Response approve(Request request) {
        String signature = text(request.json(), "signature");
        HeldCase held = cases.approve(id(request), request.session().user(), signature);
        notices.ask();
        return answer(held);
    }

    private Response refuse(Request request) {
        String reason = text(request.json(), "reason");
        return answer(cases.refuse(id(request), request.session().user(), reason));
    }

    private Response proof(Request request) {
        HeldCase held = read(request);
        return Response.json(proof(cases.proof(held)).with("entry", held.entry().json()));
    }

    /// For its officers, who need not be administrators, and for administrators.
    private HeldCase read(Request request) {
        HeldCase held = cases.get(id(request));
        if (!request.session().admin() && !held.isOfficer(request.session().user())) {
            throw new MatrixError.NotFound("No such case").asException();
        }
        return held;
    }

    private Response dossier(Request request) {
        HandOver.Given given = handOver.give(id(request), request.session().user());
        return Response.json(proof(given.proof()).with("place", given.place()));
    }

    private Response download(Request request) {
        String id = read(request).id();
        HandOver.Download archive = handOver.fetch(id, request.session().user());
        return Response.stream(
                        200,
                        "application/x-tar",
                        archive.bytes(),
                        OptionalLong.of(archive.length()))
                .with("Content-Disposition", "attachment; filename=\"dossier-" + id + ".tar\"")
                .with(List.of(Response.SAME_ORIGIN));
    }

    /// Takes a leaf of an opening, as it is.
    private Response outcome(Request request) {
        UserId by = request.session().user();
        return Response.json(proof(outcomes.log(id(request), by, request.json())));
    }

    private Response notices(Request request) {
        List<JsonValue> told = new ArrayList<>();
        for (CaseStore.Told one : notices.of(request.session().user())) {
            told.add(
                    CaseNotices.state(one.of().entry(), one.room())
                            .with("room_id", one.room().toString())
                            .with("told_at", one.at().toEpochMilli()));
        }
        return Response.json(JsonObject.EMPTY.with("notices", JsonArray.of(told)));
    }

    private static JsonObject proof(TlogProof proof) {
        return JsonObject.EMPTY
                .with("index", proof.index())
                .with("proof", new String(proof.bytes(), UTF_8));
    }

    private Response answer(HeldCase held) {
        return Response.json(json(held));
    }

    private JsonObject json(HeldCase held) {
        List<JsonValue> rooms = new ArrayList<>();
        for (CaseScope scope : held.entry().scope()) {
            JsonObject room = JsonObject.of("room_id", scope.room().value());
            rooms.add(names.of(scope.room()).in(room));
        }
        JsonObject json =
                JsonObject.of("case_id", held.id())
                        .with("state", held.state().toString())
                        .with("changed_at", held.changedAt().toEpochMilli())
                        .with("prepared", held.prepared())
                        .with("rooms", JsonArray.of(rooms))
                        .with("entry", held.entry().json());
        JsonObject more = held.refusal().map(why -> json.with("refusal", why)).orElse(json);
        return held.noticedAt().map(at -> more.with("noticed_at", at.toEpochMilli())).orElse(more);
    }

    private static String id(Request request) {
        return request.path("caseId");
    }

    private static JsonObject member(JsonObject json, String name) {
        return json.object(name).orElseThrow(() -> missing(name));
    }

    private static String text(JsonObject json, String name) {
        return json.string(name).orElseThrow(() -> missing(name));
    }

    private static RuntimeException missing(String name) {
        return new MatrixError.MissingParam(name + " is missing").asException();
    }

    private static <T> T refusing(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (MalformedArchive | MalformedId e) {
            throw new MatrixError.InvalidParam(String.valueOf(e.getMessage())).asException();
        }
    }
}
