package org.chancery.api.client.keys;

import java.util.List;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.e2ee.CrossSigning;
import org.chancery.homeserver.e2ee.SignatureUploads;
import org.chancery.homeserver.sessions.Stage;
import org.chancery.homeserver.sessions.UserInteractive;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Cross-signing keys and signatures (client-server API, "Cross-signing").
public final class CrossSigningEndpoints {
    private static final int BODY_BYTES_MAX = 4 << 20;
    private static final List<List<String>> BY_PASSWORD = List.of(List.of(Stage.PASSWORD));

    static final Endpoint KEYS =
            Endpoint.post("/_matrix/client/v3/keys/device_signing/upload")
                    .aliases("/_matrix/client/unstable/keys/device_signing/upload")
                    .mayAnswer(
                            MatrixError.UserInteractive.class,
                            MatrixError.InvalidSignature.class,
                            MatrixError.MissingParam.class,
                            MatrixError.Forbidden.class);
    static final Endpoint SIGNATURES =
            Endpoint.post("/_matrix/client/v3/keys/signatures/upload")
                    .aliases("/_matrix/client/unstable/keys/signatures/upload")
                    .bodyMax(BODY_BYTES_MAX)
                    .mayAnswer(MatrixError.TooLarge.class);

    private final CrossSigning crossSigning;
    private final SignatureUploads signatures;
    private final UserInteractive interactive;

    public CrossSigningEndpoints(
            CrossSigning crossSigning, SignatureUploads signatures, UserInteractive interactive) {
        this.crossSigning = crossSigning;
        this.signatures = signatures;
        this.interactive = interactive;
    }

    public List<Route> routes() {
        return List.of(KEYS.by(this::keys), SIGNATURES.by(this::signatures));
    }

    private Response keys(Request request) {
        JsonObject body = request.json();
        UserId user = request.session().user();
        CrossSigning.Upload upload = CrossSigning.Upload.parse(user, body);
        CrossSigning.Proof proof = CrossSigning.Proof.NONE;
        if (crossSigning.needsProof(upload)) {
            interactive.require(operation(request, body), BY_PASSWORD);
            proof = CrossSigning.Proof.GIVEN;
        }
        crossSigning.upload(upload, proof);
        return Response.ok();
    }

    private static UserInteractive.Operation operation(Request request, JsonObject body) {
        return new UserInteractive.Operation(
                request.method(), KEYS.path(), body, request.session().user());
    }

    private Response signatures(Request request) {
        return Response.json(signatures.upload(request.session().user(), request.json()));
    }
}
