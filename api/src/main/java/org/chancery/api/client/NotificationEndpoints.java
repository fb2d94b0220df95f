package org.chancery.api.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.push.Notifications;
import org.chancery.homeserver.push.Notifications.Notification;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// Of what users were notified (client-server API, "Listing notifications").
public final class NotificationEndpoints {
    static final Endpoint NOTIFICATIONS =
            Endpoint.get("/_matrix/client/v3/notifications")
                    .limit(LimitClass.EXPENSIVE)
                    .mayAnswer(MatrixError.InvalidParam.class);

    private static final int LIMIT_DEFAULT = 20;

    private final Notifications notifications;
    private final EventJson json;

    public NotificationEndpoints(Notifications notifications, EventJson json) {
        this.notifications = notifications;
        this.json = json;
    }

    public List<Route> routes() {
        return List.of(NOTIFICATIONS.by(this::list));
    }

    private Response list(Request request) {
        OptionalLong from =
                request.query("from").isEmpty() ? OptionalLong.empty() : request.queryLong("from");
        long limit = request.queryLong("limit").orElse(LIMIT_DEFAULT);
        Notifications.Page page =
                notifications.before(
                        request.session().user(),
                        from,
                        (int) Math.min(limit, Notifications.PAGE_MAX),
                        request.query("only").filter("highlight"::equals).isPresent());
        List<JsonObject> list =
                page.notifications().stream().map(each -> one(each, request)).toList();
        JsonObject body = JsonObject.of("notifications", JsonArray.of(list));
        return Response.json(
                page.next().isPresent()
                        ? body.with("next_token", String.valueOf(page.next().getAsLong()))
                        : body);
    }

    private JsonObject one(Notification notification, Request request) {
        EventJson.Reader reader = new EventJson.Reader(request.session(), Optional.empty());
        return JsonObject.builder()
                .put("actions", notification.actions())
                .put("event", json.one(notification.event(), reader).without("room_id"))
                .put("read", notification.read())
                .put("room_id", notification.event().room().id().value())
                .put("ts", notification.event().originServerTs())
                .build();
    }
}
