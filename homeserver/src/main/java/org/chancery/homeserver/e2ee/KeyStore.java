package org.chancery.homeserver.e2ee;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// The durable identity keys of devices.
public interface KeyStore {
    Optional<JsonObject> deviceKeys(Tx tx, UserId user, DeviceId device);

    void putDeviceKeys(Tx tx, DeviceKeys keys);

    void deleteDeviceKeys(Tx tx, UserId user, DeviceId device);

    /// The keys of all devices of these users; a user without any is left out.
    Map<UserId, Map<DeviceId, JsonObject>> deviceKeys(Collection<UserId> users);
}
