package org.chancery.homeserver.e2ee;

import java.util.Map;
import java.util.Set;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;

/// The devices of local users, as sessions know them.
public interface DeviceDirectory {
    /// The user's devices within the open transaction; none of a user who is not known.
    Set<DeviceId> devices(Tx tx, UserId user);

    /// The names of those of the user's devices that have one.
    Map<DeviceId, String> displayNames(UserId user);
}
