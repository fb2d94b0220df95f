package org.chancery.api.client;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// Which versions of the spec are served (client-server API, "API Versions").
///
/// Each version is listed singly, as clients look for exact members and draw no conclusions from a
/// later one.
public final class VersionsEndpoints {
    static final Endpoint VERSIONS = Endpoint.get("/_matrix/client/versions").auth(Auth.OPTIONAL);

    private static final int LAST_MINOR = 18;

    private final Response versions;

    /// @param unstableFeatures what is served of proposals that are not in the spec yet
    public VersionsEndpoints(Collection<String> unstableFeatures) {
        var features = JsonObject.builder();
        unstableFeatures.forEach(name -> features.put(name, true));
        var listed = IntStream.rangeClosed(1, LAST_MINOR).mapToObj(minor -> "v1." + minor).toList();
        this.versions =
                Response.json(
                        JsonObject.of(
                                "versions",
                                JsonArray.ofTexts(listed),
                                "unstable_features",
                                features.build()));
    }

    public List<Route> routes() {
        return List.of(VERSIONS.by(_ -> versions));
    }
}
