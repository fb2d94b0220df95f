package org.chancery.homeserver.push;

import java.util.Optional;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Where a user wants to be told of events while no client is running (client-server API, "Push
/// Notifications").
///
/// @param id ours, never shown
/// @param device of the session that made it; it goes with it
/// @param label what it is called, as it is shown to its user
/// @param data as the client gave it
/// @param standing since when, and whether it is in use
public record Pusher(
        String id,
        UserId user,
        DeviceId device,
        Kind kind,
        Key key,
        Label label,
        JsonObject data,
        Standing standing) {

    /// By which way it is told.
    public enum Kind {
        /// A push gateway (push gateway API).
        HTTP("http"),
        /// The push service of a browser, encrypted for the browser (RFC 8030, 8291; MSC4174 under
        /// a name of our own until it is part of the specification).
        WEB_PUSH("org.chancery.webpush");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /// As it stands in requests.
        public String text() {
            return text;
        }

        /// The kind of that name.
        public static Optional<Kind> of(String text) {
            for (Kind kind : values()) {
                if (kind.text.equals(text)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /// What names a pusher of a user.
    public record Key(String appId, String pushkey) {}

    /// What it is called.
    public record Label(String app, String device, Optional<String> profileTag, String lang) {}

    /// Since when, and whether it is in use.
    ///
    /// @param setTs when it was last set, in milliseconds
    /// @param after the position at which it was made or activated; nothing at or before it is told
    /// @param activated whether the client has shown that it is reached
    public record Standing(long setTs, long after, boolean activated) {}

    /// Whether it goes to the same place with the same keys.
    boolean leadsTo(Pusher other) {
        return kind == other.kind && key.equals(other.key) && data.equals(other.data);
    }

    /// In use for what comes after a position.
    Pusher activated(long after) {
        return new Pusher(
                id,
                user,
                device,
                kind,
                key,
                label,
                data,
                new Standing(standing.setTs, after, true));
    }
}
