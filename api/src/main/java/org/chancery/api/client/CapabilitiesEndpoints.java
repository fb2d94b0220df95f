package org.chancery.api.client;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.protocol.json.JsonBoolean;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;

/// What a user can do here (client-server API, "Capabilities negotiation").
public final class CapabilitiesEndpoints {
    static final Endpoint CAPABILITIES = Endpoint.get("/_matrix/client/v3/capabilities");

    /// What the operator decides.
    ///
    /// @param passwordChanges whether users have passwords of this server that they can change
    /// @param loginTokens whether a client may ask for a token that logs in another one
    /// @param profileChanges whether users name and describe themselves
    /// @param vapid the key with which browsers subscribe to be told of news (MSC4174); none where
    ///     no push service is asked
    public record Policy(
            boolean passwordChanges,
            boolean loginTokens,
            boolean profileChanges,
            Supplier<Optional<String>> vapid) {}

    private final JsonObject forUsers;
    private final JsonObject forAdmins;
    private final Supplier<Optional<String>> vapid;

    public CapabilitiesEndpoints(RoomVersion defaultVersion, Policy policy) {
        this.vapid = policy.vapid();
        this.forUsers =
                JsonObject.builder()
                        .put("m.room_versions", roomVersions(defaultVersion))
                        .put("m.change_password", enabled(policy.passwordChanges()))
                        .put("m.get_login_token", enabled(policy.loginTokens()))
                        .put("m.profile_fields", enabled(policy.profileChanges()))
                        .put("m.set_displayname", enabled(policy.profileChanges()))
                        .put("m.set_avatar_url", enabled(policy.profileChanges()))
                        .put("m.3pid_changes", enabled(false))
                        .put("m.forget_forced_upon_leave", enabled(false))
                        .build();
        this.forAdmins =
                forUsers.with(
                        "m.account_moderation",
                        JsonObject.of("suspend", JsonBoolean.TRUE, "lock", JsonBoolean.TRUE));
    }

    public List<Route> routes() {
        return List.of(CAPABILITIES.by(this::capabilities));
    }

    private Response capabilities(Request request) {
        var capabilities =
                (request.session().admin() ? forAdmins : forUsers)
                        .with("org.chancery.webpush", webPush(vapid.get()));
        return Response.json(JsonObject.of("capabilities", capabilities));
    }

    private static JsonObject webPush(Optional<String> vapid) {
        JsonObject enabled = enabled(vapid.isPresent());
        return vapid.map(key -> enabled.with("vapid", key)).orElse(enabled);
    }

    private static JsonObject enabled(boolean enabled) {
        return JsonObject.EMPTY.with("enabled", enabled);
    }

    /// Every version is stable by the spec.
    private static JsonObject roomVersions(RoomVersion defaultVersion) {
        var available = JsonObject.builder();
        for (var version : RoomVersion.values()) {
            available.put(version.id(), "stable");
        }
        return JsonObject.of("available", available.build()).with("default", defaultVersion.id());
    }
}
