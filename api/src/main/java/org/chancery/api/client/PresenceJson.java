package org.chancery.api.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chancery.homeserver.ephemeral.Presence;
import org.chancery.protocol.json.JsonObject;

/// The content of `m.presence`, and the answer about somebody's presence (client-server API,
/// "Presence").
final class PresenceJson {
    private PresenceJson() {}

    static JsonObject of(Optional<Presence.Status> status, Instant now) {
        if (status.isEmpty()) {
            return JsonObject.of("presence", "offline");
        }
        Presence.Status known = status.get();
        long ago = Math.max(0, Duration.between(known.lastActive(), now).toMillis());
        JsonObject json =
                JsonObject.of("presence", known.state())
                        .with("last_active_ago", ago)
                        .with("currently_active", known.isActive(now));
        return known.message().map(text -> json.with("status_msg", text)).orElse(json);
    }
}
