package org.chancery.api.ops;

import java.util.ArrayList;
import java.util.List;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;

/// Tells administrators which operations this server serves (not of the Matrix spec). The
/// conformance run asks it, so that none is served unproven.
public final class ServedEndpoints {
    static final Endpoint SERVED = Endpoint.get("/_chancery/admin/v1/endpoints").auth(Auth.ADMIN);

    private final JsonObject answer;

    public ServedEndpoints(List<Route> routes) {
        List<JsonValue> endpoints = new ArrayList<>();
        for (Route route : routes) {
            Endpoint endpoint = route.endpoint();
            endpoints.add(
                    JsonObject.of("method", endpoint.method().name())
                            .with("path", endpoint.path())
                            .with("aliases", JsonArray.ofTexts(endpoint.aliases()))
                            .with("auth", endpoint.auth().name()));
        }
        this.answer = JsonObject.of("endpoints", new JsonArray(endpoints));
    }

    public List<Route> routes() {
        return List.of(SERVED.by(_ -> Response.json(answer)));
    }
}
