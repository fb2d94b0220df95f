package org.chancery.homeserver.push;

import org.chancery.protocol.json.JsonObject;

/// Something that a pusher is to be told.
///
/// @param pusher its id
/// @param position of the event; [#VALIDATION] for the message by which the client learns the token
///     that activates the pusher
/// @param tweaks of the push rule, or the token
/// @param createdTs when it came, in milliseconds
public record Notice(String pusher, long position, JsonObject tweaks, long createdTs) {
    /// No event has this position.
    public static final long VALIDATION = 0;

    boolean isValidation() {
        return position == VALIDATION;
    }
}
