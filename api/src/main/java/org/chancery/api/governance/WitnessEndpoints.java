package org.chancery.api.governance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonObject;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.witness.AddCheckpoint;
import org.chancery.tlog.witness.Witness;
import org.chancery.tlog.witness.WitnessAnswer;

/// This server as a witness of its neighbours' logs (C2SP tlog-witness). Both prefixes of the
/// protocol are the same path.
public final class WitnessEndpoints {
    /// Where the witness is; its name is that of the server and this.
    public static final String PATH = "/_chancery/witness";

    static final Endpoint ADD =
            Endpoint.post(PATH + "/add-checkpoint")
                    .auth(Auth.NONE)
                    .limit(LimitClass.EXPENSIVE)
                    .bodyMax(AddCheckpoint.BYTES_MAX);
    static final Endpoint LATEST =
            Endpoint.get(PATH + "/{originHash}/checkpoint")
                    .auth(Auth.NONE)
                    .mayAnswer(MatrixError.NotFound.class);

    private final Witness witness;
    private final Map<String, String> origins = new HashMap<>();

    /// @param logs the origins of the logs that are witnessed
    public WitnessEndpoints(Witness witness, Set<String> logs) {
        this.witness = witness;
        logs.forEach(origin -> origins.put(hash(origin), origin));
    }

    public List<Route> routes() {
        return List.of(ADD.by(this::add), LATEST.by(this::latest));
    }

    /// The key by which neighbours know this witness.
    public JsonObject state() {
        return JsonObject.of("key", witness.key().toString());
    }

    private Response add(Request request) {
        WitnessAnswer answer = witness.addCheckpoint(request.bytes());
        return answer.contentType()
                .map(type -> Response.bytes(answer.status(), type, answer.body()))
                .orElseGet(() -> Response.empty(answer.status()));
    }

    private Response latest(Request request) {
        SignedCheckpoint signed =
                Optional.ofNullable(origins.get(request.path("originHash")))
                        .flatMap(witness::latest)
                        .orElseThrow(
                                () ->
                                        new MatrixError.NotFound("No such log was witnessed here")
                                                .asException());
        return Response.bytes(200, "text/plain; charset=utf-8", signed.note().bytes())
                .with("Cache-Control", "public, max-age=10");
    }

    private static String hash(String origin) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(origin.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
