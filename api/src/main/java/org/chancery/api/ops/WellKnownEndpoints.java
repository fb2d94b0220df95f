package org.chancery.api.ops;

import java.util.List;
import java.util.Optional;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonObject;

/// Where clients find the homeserver of a server name (client-server API, "Well-known URI").
public final class WellKnownEndpoints {
    static final Endpoint CLIENT =
            Endpoint.get("/.well-known/matrix/client")
                    .auth(Auth.NONE)
                    .mayAnswer(MatrixError.NotFound.class);

    private final Optional<JsonObject> client;

    /// @param baseUrl the URL that clients shall use; none when another web server tells them
    /// @param more further members, under names of the Java package convention
    public WellKnownEndpoints(Optional<String> baseUrl, JsonObject more) {
        this.client = baseUrl.map(url -> more.with("m.homeserver", JsonObject.of("base_url", url)));
    }

    public List<Route> routes() {
        return List.of(CLIENT.by(_ -> answer()));
    }

    private Response answer() {
        return client.map(Response::json)
                .orElseThrow(() -> new MatrixError.NotFound("Not announced here").asException());
    }
}
