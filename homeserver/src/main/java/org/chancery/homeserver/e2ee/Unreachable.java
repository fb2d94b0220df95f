package org.chancery.homeserver.e2ee;

import java.util.Collection;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// The `failures` of an answer: servers whose users were asked for and that did not answer.
final class Unreachable {
    private static final JsonObject FAILURE =
            JsonObject.of("message", "the server can not be reached").with("status", 503);

    private Unreachable() {}

    /// The servers of these users other than our own.
    static JsonObject among(Collection<UserId> users, ServerName own) {
        JsonObject.Builder failures = JsonObject.builder();
        for (UserId user : users) {
            if (!user.server().equals(own)) {
                failures.put(user.server().toString(), FAILURE);
            }
        }
        return failures.build();
    }
}
