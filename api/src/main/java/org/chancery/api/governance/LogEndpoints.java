package org.chancery.api.governance;

import java.util.List;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.governance.log.ServerLog;
import org.chancery.protocol.json.JsonObject;

/// The log of this server, for administrators.
public final class LogEndpoints {
    static final Endpoint STATE = Endpoint.get("/_chancery/admin/v1/log").auth(Auth.ADMIN);

    private final ServerLog log;

    public LogEndpoints(ServerLog log) {
        this.log = log;
    }

    public List<Route> routes() {
        return List.of(STATE.by(this::state));
    }

    private Response state(Request request) {
        return Response.json(state(log));
    }

    /// What everybody may know of it: the key to pin, how long it is, and whether it takes leaves.
    public static JsonObject state(ServerLog log) {
        JsonObject state =
                JsonObject.of("key", log.verifierKey().toString()).with("size", log.size());
        return log.trouble().map(why -> state.with("trouble", why)).orElse(state);
    }
}
