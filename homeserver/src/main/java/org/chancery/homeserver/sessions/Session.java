package org.chancery.homeserver.sessions;

import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;

/// Who asks: the user and device that an access token stands for (client-server API, "Client
/// authentication").
///
/// @param admin whether the user administers this server
/// @param locked whether the account is locked; then it may only log out
/// @param suspended whether the account is suspended
public record Session(
        UserId user, DeviceId device, boolean admin, boolean locked, boolean suspended) {

    /// A session of an account that is neither locked nor suspended.
    public Session(UserId user, DeviceId device, boolean admin) {
        this(user, device, admin, false, false);
    }

    /// Refuses what a suspended user may not do: to send, join, invite, or change the profile
    /// (client-server API, "Account suspension").
    public void requireNotSuspended() {
        if (suspended) {
            throw new MatrixError.UserSuspended().asException();
        }
    }
}
