package org.chancery.api.client.rooms;

import static org.chancery.api.client.RoomPaths.ROOM;

import java.util.List;
import org.chancery.api.client.Fields;
import org.chancery.api.client.RoomPaths;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.moderation.Report;
import org.chancery.homeserver.moderation.Reports;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// Reporting rooms, events and users (client-server API, "Reporting Content"), and the list of the
/// reports for administrators.
public final class ReportEndpoints {
    static final Endpoint EVENT =
            Endpoint.post(ROOM + "/report/{eventId}")
                    .limit(LimitClass.EXPENSIVE)
                    .mayAnswer(MatrixError.NotFound.class);
    static final Endpoint OF_ROOM =
            Endpoint.post(ROOM + "/report")
                    .limit(LimitClass.EXPENSIVE)
                    .mayAnswer(MatrixError.NotFound.class);
    static final Endpoint USER =
            Endpoint.post("/_matrix/client/v3/users/{userId}/report")
                    .limit(LimitClass.EXPENSIVE)
                    .mayAnswer(MatrixError.NotFound.class);
    static final Endpoint LIST =
            Endpoint.get("/_chancery/admin/v1/reports")
                    .auth(Auth.ADMIN)
                    .mayAnswer(MatrixError.InvalidParam.class);

    private static final int LIMIT_DEFAULT = 100;

    private final Reports reports;

    public ReportEndpoints(Reports reports) {
        this.reports = reports;
    }

    public List<Route> routes() {
        return List.of(
                EVENT.by(this::event),
                OF_ROOM.by(this::room),
                USER.by(this::user),
                LIST.by(this::list));
    }

    private Response event(Request request) {
        String reason = Fields.textIfAny(request.jsonOrEmpty(), "reason").orElse("");
        reports.event(
                request.session().user(),
                RoomPaths.room(request),
                RoomPaths.event(request),
                reason);
        return Response.ok();
    }

    private Response room(Request request) {
        String reason = Fields.text(request.json(), "reason");
        reports.room(request.session().user(), RoomPaths.room(request), reason);
        return Response.ok();
    }

    private Response user(Request request) {
        String reason = Fields.text(request.json(), "reason");
        UserId user = RoomPaths.id(request.path("userId"), UserId::parse);
        reports.user(request.session().user(), user, reason);
        return Response.ok();
    }

    private Response list(Request request) {
        long limit = request.queryLong("limit").orElse(LIMIT_DEFAULT);
        int size = Math.clamp(limit, 1, Reports.PAGE_MAX);
        long before = request.queryLong("from").orElse(Long.MAX_VALUE);
        List<Report> page = reports.before(before, size);
        JsonObject body =
                JsonObject.of(
                        "reports", JsonArray.of(page.stream().map(ReportEndpoints::json).toList()));
        return Response.json(
                page.size() == size ? body.with("next_from", page.getLast().number()) : body);
    }

    private static JsonObject json(Report report) {
        JsonObject.Builder json = JsonObject.builder();
        json.put("number", report.number());
        json.put("ts", report.ts());
        json.put("reporter", report.reporter().toString());
        report.room().ifPresent(room -> json.put("room_id", room.value()));
        report.event().ifPresent(event -> json.put("event_id", event.value()));
        report.user().ifPresent(user -> json.put("user_id", user.toString()));
        json.put("reason", report.reason());
        return json.build();
    }
}
