package org.chancery.api.ops;

import java.util.List;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.protocol.json.JsonObject;

/// Tells a watcher whether to send requests here (not of the Matrix spec).
public final class HealthEndpoints {
    static final Endpoint HEALTH = Endpoint.get("/_chancery/health").auth(Auth.NONE);

    private final HealthSource source;

    public HealthEndpoints(HealthSource source) {
        this.source = source;
    }

    public List<Route> routes() {
        return List.of(HEALTH.by(this::health));
    }

    private Response health(Request request) {
        return source.isHealthy()
                ? Response.json(JsonObject.of("status", "ok"))
                : Response.json(503, JsonObject.of("status", "stopped"));
    }
}
