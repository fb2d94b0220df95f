package org.chancery.api.governance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.governance.log.LogKey;
import org.chancery.governance.log.ServerLog;
import org.chancery.governance.log.Witnesses;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.tile.LogFile;
import org.chancery.tlog.verify.TlogProof;

/// The log of this server as everybody reads it (C2SP tlog-tiles): checkpoints, tiles and entries.
/// Beside these a proof for who has no program to make one of tiles (C2SP tlog-proof), and for
/// administrators how the log stands.
public final class LogEndpoints {
    static final Endpoint CHECKPOINT = open("/checkpoint");
    static final Endpoint WITNESSED = open("/checkpoint.witnessed");
    static final Endpoint TILE =
            open("/tile/{level}/{a}/{b}/{c}/{d}/{e}")
                    .aliases(
                            LogKey.PATH + "/tile/{level}/{a}",
                            LogKey.PATH + "/tile/{level}/{a}/{b}",
                            LogKey.PATH + "/tile/{level}/{a}/{b}/{c}",
                            LogKey.PATH + "/tile/{level}/{a}/{b}/{c}/{d}");
    static final Endpoint PROOF = open("/proof/{hash}").limit(LimitClass.EXPENSIVE);
    static final Endpoint STATE = Endpoint.get("/_chancery/admin/v1/log").auth(Auth.ADMIN);
    static final Endpoint ADMIN_PROOF =
            Endpoint.get("/_chancery/admin/v1/log/proofs/{hash}")
                    .auth(Auth.ADMIN)
                    .mayAnswer(MatrixError.NotFound.class);

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String SHORTLY = "public, max-age=1";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private static Endpoint open(String path) {
        return Endpoint.get(LogKey.PATH + path)
                .auth(Auth.NONE)
                .mayAnswer(MatrixError.NotFound.class);
    }

    private final ServerLog log;

    public LogEndpoints(ServerLog log) {
        this.log = log;
    }

    public List<Route> routes() {
        return List.of(
                CHECKPOINT.by(_ -> checkpoint(log.checkpoint())),
                WITNESSED.by(_ -> checkpoint(log.witnessed())),
                TILE.by(this::tile),
                PROOF.by(this::proof),
                ADMIN_PROOF.by(this::adminProof),
                STATE.by(this::state));
    }

    private static Response checkpoint(Optional<SignedCheckpoint> signed) {
        byte[] bytes = signed.orElseThrow(() -> none("There is none yet")).note().bytes();
        return Response.bytes(200, TEXT, bytes).with("Cache-Control", SHORTLY);
    }

    private Response tile(Request request) {
        StringBuilder path = new StringBuilder("tile/").append(request.path("level"));
        for (String name : List.of("a", "b", "c", "d", "e")) {
            String part = request.path(name);
            if (!part.isEmpty()) {
                path.append('/').append(part);
            }
        }
        LogFile file =
                LogFile.parse(path.toString()).orElseThrow(() -> none("This is no file of a log"));
        byte[] bytes = log.file(file).orElseThrow(() -> none("The log has no such file"));
        boolean zipped =
                file instanceof LogFile.Bundle
                        && request.header("Accept-Encoding").orElse("").contains("gzip");
        Response response =
                Response.bytes(200, "application/octet-stream", zipped ? zip(bytes) : bytes)
                        .with("Cache-Control", FOR_EVER)
                        .with("Vary", "Accept-Encoding");
        return zipped ? response.with("Content-Encoding", "gzip") : response;
    }

    private static byte[] zip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private Response proof(Request request) {
        return Response.bytes(200, TEXT, proved(request).bytes()).with("Cache-Control", SHORTLY);
    }

    private Response adminProof(Request request) {
        TlogProof proof = proved(request);
        return Response.json(
                JsonObject.EMPTY
                        .with("index", proof.index())
                        .with("proof", new String(proof.bytes(), UTF_8)));
    }

    private TlogProof proved(Request request) {
        Hash hash;
        try {
            hash = Hash.of(HexFormat.of().parseHex(request.path("hash")));
        } catch (IllegalArgumentException e) {
            throw none("A leaf is named by its hash, 64 hexadecimal digits");
        }
        if (log.index(hash).isEmpty()) {
            throw none("There is no such leaf in the log, or not yet");
        }
        return log.prove(hash)
                .orElseThrow(() -> none("The leaf is in the log; its witnesses have not signed"));
    }

    private Response state(Request request) {
        return Response.json(state(log));
    }

    /// What everybody may know of it: the key to pin, how long it is, and what keeps it from being
    /// appended to or witnessed.
    public static JsonObject state(ServerLog log) {
        JsonObject state =
                JsonObject.of("key", log.verifierKey().toString()).with("size", log.size());
        if (log.witnesses().areWanted()) {
            state = state.with("witnesses", witnesses(log));
        }
        String trouble = log.trouble().orElse("");
        return trouble.isEmpty() ? state : state.with("trouble", trouble);
    }

    private static JsonObject witnesses(ServerLog log) {
        List<JsonValue> all = new ArrayList<>();
        for (Witnesses.State one : log.witnesses().states()) {
            JsonObject told = JsonObject.of("name", one.name()).with("size", one.size());
            all.add(one.trouble().map(why -> told.with("trouble", why)).orElse(told));
        }
        long size = log.witnessed().map(signed -> signed.checkpoint().size()).orElse(0L);
        return JsonObject.of("wanted", log.witnesses().policy().quorum().words())
                .with("size", size)
                .with("asked", JsonArray.of(all));
    }

    private static RuntimeException none(String why) {
        return new MatrixError.NotFound(why).asException();
    }
}
