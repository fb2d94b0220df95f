package org.chancery.homeserver.e2ee;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.sessions.Device;
import org.chancery.homeserver.sessions.SessionStore;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;

/// The devices that are logged in.
public final class SessionDevices implements DeviceDirectory {
    private final SessionStore sessions;

    public SessionDevices(SessionStore sessions) {
        this.sessions = sessions;
    }

    @Override
    public Set<DeviceId> devices(Tx tx, UserId user) {
        return Set.copyOf(sessions.devices(tx, user));
    }

    @Override
    public Map<DeviceId, String> displayNames(UserId user) {
        Map<DeviceId, String> names = new HashMap<>();
        for (Device device : sessions.devices(user)) {
            String name = device.displayName();
            if (name != null) {
                names.put(device.id(), name);
            }
        }
        return names;
    }
}
