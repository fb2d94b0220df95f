package org.chancery.homeserver.sessions;

import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.DeviceId;
import org.jspecify.annotations.Nullable;

/// What a client wishes of the session that it opens by login or registration.
///
/// @param device the device to use or make; null to have one named
/// @param displayName the name of the device, if it is made now
/// @param refreshable whether the client can use refresh tokens
public record Opening(
        @Nullable DeviceId device, @Nullable String displayName, boolean refreshable) {
    static final int DISPLAY_NAME_LENGTH_MAX = 256;

    public Opening {
        requireFits(displayName);
    }

    static void requireFits(@Nullable String displayName) {
        if (displayName == null) {
            return;
        }
        if (displayName.length() > DISPLAY_NAME_LENGTH_MAX || displayName.indexOf(0) >= 0) {
            throw new MatrixError.InvalidParam(
                            "A device name has at most "
                                    + DISPLAY_NAME_LENGTH_MAX
                                    + " characters, none of them NUL")
                    .asException();
        }
    }
}
