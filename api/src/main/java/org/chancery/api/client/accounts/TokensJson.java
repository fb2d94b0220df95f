package org.chancery.api.client.accounts;

import org.chancery.api.client.Fields;
import org.chancery.homeserver.sessions.Opening;
import org.chancery.homeserver.sessions.Tokens;
import org.chancery.protocol.json.JsonObject;

/// The part that login, registration and refresh have in common.
final class TokensJson {
    private TokensJson() {}

    /// What a client wishes of its session.
    static Opening opening(JsonObject body) {
        return new Opening(
                Fields.deviceIfAny(body),
                Fields.textIfAny(body, "initial_device_display_name").orElse(null),
                Fields.flag(body, "refresh_token", false));
    }

    /// The whole answer to a login.
    static JsonObject of(Tokens tokens) {
        return bare(tokens)
                .with("user_id", tokens.user().toString())
                .with("device_id", tokens.device().value())
                .with("home_server", tokens.user().server().value());
    }

    /// The tokens alone.
    static JsonObject bare(Tokens tokens) {
        JsonObject json = JsonObject.of("access_token", tokens.accessToken());
        if (tokens.refreshToken() != null) {
            json = json.with("refresh_token", tokens.refreshToken());
        }
        if (tokens.expiresIn() != null) {
            json = json.with("expires_in_ms", tokens.expiresIn().toMillis());
        }
        return json;
    }
}
