package org.chancery.api.client.accounts;

import java.util.List;
import org.chancery.api.client.Fields;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.accounts.AccountStore;
import org.chancery.homeserver.sessions.Device;
import org.chancery.homeserver.sessions.Restrictions;
import org.chancery.homeserver.sessions.Session;
import org.chancery.homeserver.sessions.Sessions;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// What administrators can do by the spec (client-server API, "Server administration").
public final class AdminEndpoints {
    private static final String LOCK = "/_matrix/client/v1/admin/lock/{userId}";
    private static final String SUSPEND = "/_matrix/client/v1/admin/suspend/{userId}";

    static final Endpoint GET_LOCK = restriction(Endpoint.get(LOCK));
    static final Endpoint PUT_LOCK = restriction(Endpoint.put(LOCK));
    static final Endpoint GET_SUSPEND = restriction(Endpoint.get(SUSPEND));
    static final Endpoint PUT_SUSPEND = restriction(Endpoint.put(SUSPEND));
    static final Endpoint WHOIS =
            Endpoint.get("/_matrix/client/v3/admin/whois/{userId}")
                    .mayAnswer(MatrixError.Forbidden.class, MatrixError.NotFound.class);

    private static Endpoint restriction(Endpoint endpoint) {
        return endpoint.mayAnswer(
                MatrixError.Forbidden.class,
                MatrixError.InvalidParam.class,
                MatrixError.NotFound.class);
    }

    private final Restrictions restrictions;
    private final AccountStore accounts;
    private final Sessions sessions;

    public AdminEndpoints(Restrictions restrictions, AccountStore accounts, Sessions sessions) {
        this.restrictions = restrictions;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    public List<Route> routes() {
        return List.of(
                GET_LOCK.by(
                        request ->
                                locked(
                                        restrictions
                                                .account(request.session(), user(request))
                                                .locked())),
                PUT_LOCK.by(this::putLock),
                GET_SUSPEND.by(
                        request ->
                                suspended(
                                        restrictions
                                                .account(request.session(), user(request))
                                                .suspended())),
                PUT_SUSPEND.by(this::putSuspend),
                WHOIS.by(this::whois));
    }

    private Response putLock(Request request) {
        boolean locked = Fields.flag(request.json(), "locked");
        restrictions.lock(request.session(), user(request), locked);
        return locked(locked);
    }

    private Response putSuspend(Request request) {
        boolean suspended = Fields.flag(request.json(), "suspended");
        restrictions.suspend(request.session(), user(request), suspended);
        return suspended(suspended);
    }

    private static Response locked(boolean is) {
        return Response.json(JsonObject.EMPTY.with("locked", is));
    }

    private static Response suspended(boolean is) {
        return Response.json(JsonObject.EMPTY.with("suspended", is));
    }

    private static UserId user(Request request) {
        return UserId.parse(request.path("userId"));
    }

    private Response whois(Request request) {
        Session by = request.session();
        UserId user = user(request);
        if (!by.admin() && !by.user().equals(user)) {
            throw new MatrixError.Forbidden("Only an administrator may").asException();
        }
        if (accounts.find(user).isEmpty()) {
            throw new MatrixError.NotFound("User not found").asException();
        }
        JsonObject devices = JsonObject.EMPTY;
        for (Device device : sessions.devices(user)) {
            devices = devices.with(device.id().value(), connections(device));
        }
        return Response.json(JsonObject.of("user_id", user.toString()).with("devices", devices));
    }

    private static JsonObject connections(Device device) {
        JsonArray connections = JsonArray.EMPTY;
        if (device.lastSeenIp() != null && device.lastSeenTs().isPresent()) {
            connections =
                    JsonArray.of(
                            JsonObject.of("ip", device.lastSeenIp())
                                    .with("last_seen", device.lastSeenTs().getAsLong()));
        }
        return JsonObject.of("sessions", JsonArray.of(JsonObject.of("connections", connections)));
    }
}
