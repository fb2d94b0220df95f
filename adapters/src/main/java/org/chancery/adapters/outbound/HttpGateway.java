package org.chancery.adapters.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.chancery.homeserver.push.PushGateway;
import org.chancery.homeserver.push.Pusher;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.MalformedJson;

/// Tells pushers of kind `http` by their push gateway (push gateway API).
public final class HttpGateway implements PushGateway {
    private static final System.Logger LOG = System.getLogger(HttpGateway.class.getName());
    private static final String PATH = "/_matrix/push/v1/notify";

    private final Outbound outbound;
    private final Hosts allowed;

    public HttpGateway(Outbound outbound, Hosts allowed) {
        this.outbound = outbound;
        this.allowed = allowed;
    }

    @Override
    public void require(Pusher pusher) {
        boolean good =
                url(pusher)
                        .filter(it -> PATH.equals(it.getRawPath()) && it.getRawQuery() == null)
                        .filter(it -> outbound.accepts(it, allowed))
                        .isPresent();
        if (!good) {
            throw new MatrixError.InvalidParam(
                            "data.url must be https, end with "
                                    + PATH
                                    + " and be of a push gateway that this server may ask")
                    .asException();
        }
    }

    @Override
    public Outcome tell(Pusher pusher, JsonObject payload, boolean urgent) {
        Optional<URI> url = url(pusher);
        if (url.isEmpty()) {
            return Outcome.GONE;
        }
        try {
            Outbound.Answer answer =
                    outbound.post(
                            url.get(),
                            allowed,
                            Map.of("Content-Type", "application/json"),
                            payload.bytes());
            return outcome(answer, pusher.key().pushkey());
        } catch (IOException e) {
            LOG.log(Level.INFO, "a push gateway could not be asked: " + e.getClass().getName());
            return Outcome.FAILED;
        }
    }

    private static Outcome outcome(Outbound.Answer answer, String pushkey) {
        if (answer.status() != 200) {
            return Outcome.FAILED;
        }
        try {
            JsonArray rejected =
                    Json.parseObject(answer.body().getBytes(UTF_8))
                            .array("rejected")
                            .orElse(JsonArray.EMPTY);
            return rejected.strings().contains(pushkey) ? Outcome.GONE : Outcome.TOLD;
        } catch (MalformedJson e) {
            return Outcome.FAILED; // Whoever answers there, it is no push gateway.
        }
    }

    static Optional<URI> url(Pusher pusher) {
        try {
            return pusher.data().string("url").map(URI::create);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // No address at all.
        }
    }
}
