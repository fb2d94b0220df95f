package org.chancery.api.client.accounts;

import java.util.List;
import java.util.Optional;
import org.chancery.api.client.Fields;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.sessions.Login;
import org.chancery.homeserver.sessions.Session;
import org.chancery.homeserver.sessions.Sessions;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// Login, logout, refresh, and who one is (client-server API, "Legacy API").
public final class LoginEndpoints {
    static final Endpoint FLOWS = Endpoint.get("/_matrix/client/v3/login").auth(Auth.NONE);
    static final Endpoint LOGIN =
            Endpoint.post("/_matrix/client/v3/login")
                    .auth(Auth.NONE)
                    .limit(LimitClass.LOGIN)
                    .mayAnswer(
                            MatrixError.Forbidden.class,
                            MatrixError.UserLocked.class,
                            MatrixError.Unknown.class,
                            MatrixError.MissingParam.class,
                            MatrixError.LimitExceeded.class);
    static final Endpoint LOGOUT = Endpoint.post("/_matrix/client/v3/logout");
    static final Endpoint LOGOUT_ALL = Endpoint.post("/_matrix/client/v3/logout/all");
    static final Endpoint REFRESH =
            Endpoint.post("/_matrix/client/v3/refresh")
                    .auth(Auth.NONE)
                    .aliases("/_matrix/client/v1/refresh")
                    .mayAnswer(MatrixError.UnknownToken.class, MatrixError.MissingParam.class);
    static final Endpoint WHOAMI = Endpoint.get("/_matrix/client/v3/account/whoami");

    private static final Response PASSWORD_ONLY =
            Response.json(
                    JsonObject.of(
                            "flows", JsonArray.of(JsonObject.of("type", "m.login.password"))));

    private final Login login;
    private final Sessions sessions;

    public LoginEndpoints(Login login, Sessions sessions) {
        this.login = login;
        this.sessions = sessions;
    }

    public List<Route> routes() {
        return List.of(
                FLOWS.by(_ -> PASSWORD_ONLY),
                LOGIN.by(this::login),
                LOGOUT.by(this::logout),
                LOGOUT_ALL.by(this::logoutAll),
                REFRESH.by(this::refresh),
                WHOAMI.by(LoginEndpoints::whoami));
    }

    private Response login(Request request) {
        JsonObject body = request.json();
        String type = Fields.text(body, "type");
        if (!type.equals("m.login.password")) {
            throw new MatrixError.Unknown("Unknown login type").asException();
        }
        String password = Fields.text(body, "password");
        String user = typedUser(body);
        return Response.json(
                TokensJson.of(login.byPassword(user, password, TokensJson.opening(body))));
    }

    /// Whom the client means, by the newer `identifier` or the older `user`. No account is known by
    /// an address or a telephone, so those fail like any unknown name.
    private static String typedUser(JsonObject body) {
        Optional<JsonObject> identifier = Fields.objectIfAny(body, "identifier");
        if (identifier.isEmpty()) {
            if (body.has("medium") || body.has("address")) {
                throw unknownUser();
            }
            return Fields.text(body, "user");
        }
        return switch (Fields.text(identifier.get(), "type")) {
            case "m.id.user" -> Fields.text(identifier.get(), "user");
            case "m.id.thirdparty", "m.id.phone" -> throw unknownUser();
            default -> throw new MatrixError.Unknown("Unknown identifier type").asException();
        };
    }

    private static RuntimeException unknownUser() {
        return new MatrixError.Forbidden("Invalid username or password").asException();
    }

    private Response logout(Request request) {
        sessions.logout(request.session());
        return Response.ok();
    }

    private Response logoutAll(Request request) {
        sessions.logoutAll(request.session().user());
        return Response.ok();
    }

    private Response refresh(Request request) {
        String token = Fields.text(request.json(), "refresh_token");
        return Response.json(TokensJson.bare(sessions.refresh(token)));
    }

    private static Response whoami(Request request) {
        Session session = request.session();
        return Response.json(
                JsonObject.of("user_id", session.user().toString())
                        .with("device_id", session.device().value())
                        .with("is_guest", false));
    }
}
