package org.chancery.api.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.push.Pusher;
import org.chancery.homeserver.push.Pusher.Kind;
import org.chancery.homeserver.push.Pushers;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonNull;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;

/// Pushers (client-server API, "Push Notifications"; for those of browsers MSC4174 under a name of
/// our own).
public final class PusherEndpoints {
    static final Endpoint PUSHERS = Endpoint.get("/_matrix/client/v3/pushers");
    static final Endpoint SET =
            Endpoint.post("/_matrix/client/v3/pushers/set")
                    .mayAnswer(
                            MatrixError.MissingParam.class,
                            MatrixError.BadJson.class,
                            MatrixError.InvalidParam.class);
    static final Endpoint ACK =
            Endpoint.post("/_matrix/client/unstable/org.chancery/pushers/ack")
                    .mayAnswer(
                            MatrixError.MissingParam.class,
                            MatrixError.NotFound.class,
                            MatrixError.InvalidParam.class);

    private static final int APP_ID_LENGTH_MAX = 64;
    private static final int PUSHKEY_BYTES_MAX = 512;
    private static final int LABEL_BYTES_MAX = 255;
    private static final int DATA_BYTES_MAX = 4_096;

    private final Pushers pushers;

    public PusherEndpoints(Pushers pushers) {
        this.pushers = pushers;
    }

    public List<Route> routes() {
        return List.of(PUSHERS.by(this::list), SET.by(this::set), ACK.by(this::acknowledge));
    }

    private Response list(Request request) {
        List<JsonValue> all = new ArrayList<>();
        pushers.of(request.session().user()).forEach(pusher -> all.add(json(pusher)));
        return Response.json(JsonObject.of("pushers", new JsonArray(all)));
    }

    private static JsonObject json(Pusher pusher) {
        JsonObject.Builder json =
                JsonObject.builder()
                        .put("app_id", pusher.key().appId())
                        .put("pushkey", pusher.key().pushkey())
                        .put("kind", pusher.kind().text())
                        .put("app_display_name", pusher.label().app())
                        .put("device_display_name", pusher.label().device())
                        .put("lang", pusher.label().lang());
        pusher.label().profileTag().ifPresent(tag -> json.put("profile_tag", tag));
        boolean mayBeInactive = pusher.kind() == Kind.WEB_PUSH;
        return json.put(
                        "data",
                        mayBeInactive
                                ? pusher.data().with("activated", pusher.standing().activated())
                                : pusher.data())
                .build();
    }

    private Response set(Request request) {
        JsonObject body = request.json();
        JsonValue kind = Fields.value(body, "kind");
        Pusher.Key key =
                new Pusher.Key(
                        fitting(body, "app_id", APP_ID_LENGTH_MAX),
                        fitting(body, "pushkey", PUSHKEY_BYTES_MAX));
        if (kind instanceof JsonNull) {
            pushers.delete(request.session().user(), key);
            return Response.ok();
        }
        Kind known = kind(Fields.text(body, "kind"));
        boolean isNew =
                pushers.set(
                        new Pushers.Wish(
                                request.session().user(),
                                request.session().device(),
                                known,
                                key,
                                label(body),
                                data(body)),
                        Fields.flag(body, "append", false));
        // MSC4174 lets a client see by the status that a token comes.
        return isNew && known == Kind.WEB_PUSH
                ? Response.json(201, JsonObject.EMPTY)
                : Response.ok();
    }

    /// Only what the specification and MSC4174 know, less what this server does not do.
    private static Kind kind(String text) {
        return Kind.of(text)
                .orElseThrow(
                        () ->
                                new MatrixError.InvalidParam(
                                                "This server has no pushers of that kind")
                                        .asException());
    }

    private static Pusher.Label label(JsonObject body) {
        Optional<String> tag = Fields.textIfAny(body, "profile_tag");
        tag.ifPresent(it -> requireFits("profile_tag", it, LABEL_BYTES_MAX));
        return new Pusher.Label(
                fitting(body, "app_display_name", LABEL_BYTES_MAX),
                fitting(body, "device_display_name", LABEL_BYTES_MAX),
                tag,
                fitting(body, "lang", LABEL_BYTES_MAX));
    }

    private static JsonObject data(JsonObject body) {
        JsonObject data =
                Fields.objectIfAny(body, "data").orElseThrow(() -> Fields.missing("data"));
        if (data.string("url").isEmpty()) {
            throw Fields.missing("data.url");
        }
        if (data.bytes().length > DATA_BYTES_MAX) {
            throw new MatrixError.InvalidParam("data is too long").asException();
        }
        return data.without("activated"); // The server's to say.
    }

    private static String fitting(JsonObject body, String name, int bytesMax) {
        String text = Fields.text(body, name);
        requireFits(name, text, bytesMax);
        return text;
    }

    private static void requireFits(String name, String text, int bytesMax) {
        if (text.getBytes(UTF_8).length > bytesMax) {
            throw new MatrixError.InvalidParam(name + " is too long").asException();
        }
    }

    private Response acknowledge(Request request) {
        JsonObject body = request.json();
        String app = Fields.text(body, "app_id");
        String token = Fields.text(body, "ack_token");
        return switch (pushers.activate(request.session().user(), app, token)) {
            case ACTIVATED -> Response.ok();
            case NO_PUSHER -> throw new MatrixError.NotFound("No pusher of that app").asException();
            case UNKNOWN -> throw new MatrixError.InvalidParam("Unknown token").asException();
            case EXPIRED ->
                    Response.json(410, new MatrixError.InvalidParam("Expired token").body());
        };
    }
}
