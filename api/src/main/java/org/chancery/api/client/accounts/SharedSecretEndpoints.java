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
import org.chancery.homeserver.accounts.Profiles;
import org.chancery.homeserver.accounts.Usernames;
import org.chancery.homeserver.sessions.Registration;
import org.chancery.homeserver.sessions.SharedSecret;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;

/// Registration by a secret of the configuration, in the form that scripts and test suites know
/// from Synapse. Served only where a secret is configured.
public final class SharedSecretEndpoints {
    private static final String PATH = "/_synapse/admin/v1/register";

    static final Endpoint NONCE = Endpoint.get(PATH).auth(Auth.NONE).limit(LimitClass.REGISTRATION);
    static final Endpoint REGISTER =
            Endpoint.post(PATH)
                    .auth(Auth.NONE)
                    .limit(LimitClass.REGISTRATION)
                    .mayAnswer(
                            MatrixError.Forbidden.class,
                            MatrixError.UserInUse.class,
                            MatrixError.InvalidUsername.class,
                            MatrixError.Unknown.class);

    private final SharedSecret secret;
    private final Registration registration;
    private final Usernames usernames;
    private final Profiles profiles;

    public SharedSecretEndpoints(
            SharedSecret secret,
            Registration registration,
            Usernames usernames,
            Profiles profiles) {
        this.secret = secret;
        this.registration = registration;
        this.usernames = usernames;
        this.profiles = profiles;
    }

    public List<Route> routes() {
        return List.of(
                NONCE.by(_ -> Response.json(JsonObject.of("nonce", secret.nonce()))),
                REGISTER.by(this::register));
    }

    private Response register(Request request) {
        JsonObject body = request.json();
        String nonce = Fields.text(body, "nonce");
        String username = Fields.text(body, "username");
        String password = Fields.text(body, "password");
        String mac = Fields.text(body, "mac");
        boolean admin = Fields.flag(body, "admin", false);
        Optional<String> name = Fields.textIfAny(body, "displayname");
        var opening = TokensJson.opening(body);
        boolean silent = Fields.flag(body, "inhibit_login", false);
        secret.useUp(nonce);
        secret.requireProof(nonce, username, password, admin, mac);
        UserId user = usernames.available(username);
        var wish = new Registration.Wish(user, password, null, admin, silent ? null : opening);
        var registered = registration.register(wish);
        name.ifPresent(text -> profiles.set(user, Profiles.DISPLAYNAME, new JsonString(text)));
        return Response.json(RegistrationEndpoints.answer(registered));
    }
}
