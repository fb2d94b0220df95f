package org.chancery.api.client.accounts;

import java.util.List;
import org.chancery.api.client.Fields;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.accounts.Passwords;
import org.chancery.homeserver.sessions.Deactivation;
import org.chancery.homeserver.sessions.PasswordChanges;
import org.chancery.homeserver.sessions.Stage;
import org.chancery.homeserver.sessions.UserInteractive;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// One's own account: password, deactivation, addresses (client-server API, "Account registration
/// and management"), and the new password by an administrator's link, which the spec does not know.
public final class AccountEndpoints {
    private static final List<List<String>> BY_PASSWORD = List.of(List.of(Stage.PASSWORD));

    static final Endpoint PASSWORD =
            Endpoint.post("/_matrix/client/v3/account/password")
                    .mayAnswer(
                            MatrixError.UserInteractive.class,
                            MatrixError.WeakPassword.class,
                            MatrixError.Forbidden.class);
    static final Endpoint DEACTIVATE =
            Endpoint.post("/_matrix/client/v3/account/deactivate")
                    .mayAnswer(MatrixError.UserInteractive.class, MatrixError.Forbidden.class);
    static final Endpoint THREEPIDS = Endpoint.get("/_matrix/client/v3/account/3pid");
    static final Endpoint RESET =
            Endpoint.post("/_chancery/client/v1/password_reset")
                    .auth(Auth.NONE)
                    .limit(LimitClass.LOGIN)
                    .mayAnswer(MatrixError.Forbidden.class, MatrixError.WeakPassword.class);

    private final PasswordChanges changes;
    private final Deactivation deactivation;
    private final UserInteractive interactive;
    private final Passwords passwords;

    public AccountEndpoints(
            PasswordChanges changes,
            Deactivation deactivation,
            UserInteractive interactive,
            Passwords passwords) {
        this.changes = changes;
        this.deactivation = deactivation;
        this.interactive = interactive;
        this.passwords = passwords;
    }

    public List<Route> routes() {
        return List.of(
                PASSWORD.by(this::password),
                DEACTIVATE.by(this::deactivate),
                THREEPIDS.by(_ -> Response.json(JsonObject.of("threepids", JsonArray.EMPTY))),
                RESET.by(this::reset));
    }

    private Response password(Request request) {
        JsonObject body = request.json();
        String password = Fields.text(body, "new_password");
        boolean logoutDevices = Fields.flag(body, "logout_devices", true);
        passwords.requireStrong(password);
        interactive.require(DeviceEndpoints.operation(request, body), BY_PASSWORD);
        changes.change(request.session(), password, logoutDevices);
        return Response.ok();
    }

    private Response deactivate(Request request) {
        JsonObject body = request.jsonOrEmpty();
        boolean erase = Fields.flag(body, "erase", false);
        interactive.require(DeviceEndpoints.operation(request, body), BY_PASSWORD);
        deactivation.deactivate(request.session().user(), erase);
        return Response.json(JsonObject.of("id_server_unbind_result", "success"));
    }

    private Response reset(Request request) {
        JsonObject body = request.json();
        String token = Fields.text(body, "token");
        String password = Fields.text(body, "new_password");
        boolean logoutDevices = Fields.flag(body, "logout_devices", true);
        passwords.requireStrong(password);
        var user = changes.reset(token, password, logoutDevices);
        return Response.json(JsonObject.of("user_id", user.toString()));
    }
}
