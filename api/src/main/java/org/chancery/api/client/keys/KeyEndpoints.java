package org.chancery.api.client.keys;

import java.util.List;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.e2ee.KeyClaims;
import org.chancery.homeserver.e2ee.KeyQueries;
import org.chancery.homeserver.e2ee.KeyUpload;
import org.chancery.homeserver.e2ee.KeyUploads;
import org.chancery.homeserver.sessions.Session;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonObject;

/// Keys of devices (client-server API, "Key management API").
public final class KeyEndpoints {
    private static final String KEYS = "/_matrix/client/v3/keys";
    private static final int BODY_BYTES_MAX = 4 << 20;

    static final Endpoint UPLOAD =
            Endpoint.post(KEYS + "/upload")
                    .bodyMax(BODY_BYTES_MAX)
                    .mayAnswer(MatrixError.InvalidParam.class, MatrixError.TooLarge.class);
    static final Endpoint QUERY =
            Endpoint.post(KEYS + "/query")
                    .bodyMax(BODY_BYTES_MAX)
                    .mayAnswer(MatrixError.TooLarge.class);
    static final Endpoint CLAIM =
            Endpoint.post(KEYS + "/claim")
                    .bodyMax(BODY_BYTES_MAX)
                    .mayAnswer(MatrixError.TooLarge.class);

    private final KeyUploads uploads;
    private final KeyQueries queries;
    private final KeyClaims claims;

    public KeyEndpoints(KeyUploads uploads, KeyQueries queries, KeyClaims claims) {
        this.uploads = uploads;
        this.queries = queries;
        this.claims = claims;
    }

    public List<Route> routes() {
        return List.of(UPLOAD.by(this::upload), QUERY.by(this::query), CLAIM.by(this::claim));
    }

    private Response upload(Request request) {
        Session session = request.session();
        KeyUpload upload = KeyUpload.parse(request.json(), session.user(), session.device());
        return Response.json(
                JsonObject.of(
                        "one_time_key_counts",
                        uploads.upload(session.user(), session.device(), upload)));
    }

    private Response query(Request request) {
        return Response.json(
                queries.query(request.session().user(), KeyQueries.parse(request.json())));
    }

    private Response claim(Request request) {
        return Response.json(claims.claim(KeyClaims.parse(request.json())));
    }
}
