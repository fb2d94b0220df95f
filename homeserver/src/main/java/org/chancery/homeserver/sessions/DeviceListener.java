package org.chancery.homeserver.sessions;

import java.util.Collection;
import java.util.List;
import org.chancery.homeserver.kernel.Touch;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;

/// Told in the same transaction what happens to devices: who keeps keys or messages for a device
/// takes them away with it.
public interface DeviceListener {

    /// The device is gone, its tokens with it. Runs on the committer; must not throw or wait.
    ///
    /// @param position the position of the change, the same for all devices that go together
    void deviceGone(Tx tx, UserId user, DeviceId device, long position);

    /// The display name of the device changed.
    default void deviceRenamed(Tx tx, UserId user, DeviceId device, long position) {}

    /// Who must be woken, once it is durable that these devices are gone or have other names.
    default List<Touch> touches(UserId user, Collection<DeviceId> devices) {
        return List.of();
    }
}
