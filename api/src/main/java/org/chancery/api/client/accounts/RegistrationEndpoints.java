package org.chancery.api.client.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.api.client.Fields;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.accounts.Invitations;
import org.chancery.homeserver.accounts.Passwords;
import org.chancery.homeserver.accounts.Usernames;
import org.chancery.homeserver.sessions.Registration;
import org.chancery.homeserver.sessions.Stage;
import org.chancery.homeserver.sessions.UserInteractive;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Registration (client-server API, "Account registration and management").
public final class RegistrationEndpoints {
    static final Endpoint REGISTER =
            Endpoint.post("/_matrix/client/v3/register")
                    .auth(Auth.NONE)
                    .limit(LimitClass.REGISTRATION)
                    .mayAnswer(
                            MatrixError.UserInUse.class,
                            MatrixError.InvalidUsername.class,
                            MatrixError.Exclusive.class,
                            MatrixError.WeakPassword.class,
                            MatrixError.UserInteractive.class,
                            MatrixError.GuestAccessForbidden.class,
                            MatrixError.Forbidden.class,
                            MatrixError.LimitExceeded.class);
    static final Endpoint AVAILABLE =
            Endpoint.get("/_matrix/client/v3/register/available")
                    .auth(Auth.NONE)
                    .limit(LimitClass.REGISTRATION)
                    .mayAnswer(
                            MatrixError.UserInUse.class,
                            MatrixError.InvalidUsername.class,
                            MatrixError.Exclusive.class);
    static final Endpoint TOKEN_VALIDITY =
            Endpoint.get("/_matrix/client/v1/register/m.login.registration_token/validity")
                    .auth(Auth.NONE)
                    .limit(LimitClass.REGISTRATION)
                    .mayAnswer(MatrixError.MissingParam.class);

    private final Registration registration;
    private final UserInteractive interactive;
    private final Usernames usernames;
    private final Passwords passwords;
    private final Invitations invitations;
    private final List<List<String>> flows;

    /// @param open whether anyone may register, and not only who was invited
    /// @param terms whether whoever registers must accept the terms
    public RegistrationEndpoints(
            Registration registration,
            UserInteractive interactive,
            Usernames usernames,
            Passwords passwords,
            Invitations invitations,
            boolean open,
            boolean terms) {
        this.registration = registration;
        this.interactive = interactive;
        this.usernames = usernames;
        this.passwords = passwords;
        this.invitations = invitations;
        this.flows = flows(open, terms);
    }

    private static List<List<String>> flows(boolean open, boolean terms) {
        List<List<String>> flows = new ArrayList<>();
        List<String> tail = terms ? List.of(Stage.TERMS) : List.of();
        if (open) {
            flows.add(terms ? tail : List.of(Stage.DUMMY));
        }
        List<String> invited = new ArrayList<>(List.of(Stage.REGISTRATION_TOKEN));
        invited.addAll(tail);
        flows.add(List.copyOf(invited));
        return List.copyOf(flows);
    }

    public List<Route> routes() {
        return List.of(
                REGISTER.by(this::register),
                AVAILABLE.by(this::available),
                TOKEN_VALIDITY.by(this::tokenValidity));
    }

    private Response register(Request request) {
        switch (request.query("kind").orElse("user")) {
            case "user" -> {}
            case "guest" ->
                    throw new MatrixError.GuestAccessForbidden("Guests are not served")
                            .asException();
            default -> throw new MatrixError.InvalidParam("Unknown kind").asException();
        }
        JsonObject body = request.json();
        UserId user = Fields.textIfAny(body, "username").map(usernames::available).orElse(null);
        Optional<String> password = Fields.textIfAny(body, "password");
        password.ifPresent(passwords::requireStrong);
        boolean silent = Fields.flag(body, "inhibit_login", false);
        var opening = TokensJson.opening(body);
        var operation = new UserInteractive.Operation("POST", REGISTER.path(), body, null);
        UserInteractive.Proof proof = interactive.require(operation, flows);
        var registered =
                registration.register(
                        new Registration.Wish(
                                user,
                                password.orElseThrow(() -> Fields.missing("password")),
                                proof.registrationToken().orElse(null),
                                false,
                                silent ? null : opening));
        return Response.json(answer(registered));
    }

    static JsonObject answer(Registration.Registered registered) {
        return registered
                .tokens()
                .map(TokensJson::of)
                .orElseGet(
                        () ->
                                JsonObject.of("user_id", registered.user().toString())
                                        .with("home_server", registered.user().server().value()));
    }

    private Response available(Request request) {
        usernames.available(
                request.query("username").orElseThrow(() -> Fields.missing("username")));
        return Response.json(JsonObject.EMPTY.with("available", true));
    }

    private Response tokenValidity(Request request) {
        String token = request.query("token").orElseThrow(() -> Fields.missing("token"));
        return Response.json(JsonObject.EMPTY.with("valid", invitations.isValid(token)));
    }
}
