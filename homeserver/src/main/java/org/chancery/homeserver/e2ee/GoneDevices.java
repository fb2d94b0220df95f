package org.chancery.homeserver.e2ee;

import java.util.Collection;
import java.util.List;
import org.chancery.homeserver.kernel.Touch;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.sessions.DeviceListener;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.signing.KeyId;

/// Takes away what belongs to a device that was logged out: its keys and its mailbox.
public final class GoneDevices implements DeviceListener {
    private final KeyStore keys;
    private final OneTimeKeyStore oneTimeKeys;
    private final CrossSigningStore crossSigning;
    private final ToDeviceStore toDevice;
    private final DeviceLists lists;
    private final KeyCounts counts;
    private final ToDeviceInbox inbox;

    public GoneDevices(
            KeyStore keys,
            OneTimeKeyStore oneTimeKeys,
            CrossSigningStore crossSigning,
            ToDeviceStore toDevice,
            DeviceLists lists,
            KeyCounts counts,
            ToDeviceInbox inbox) {
        this.keys = keys;
        this.oneTimeKeys = oneTimeKeys;
        this.crossSigning = crossSigning;
        this.toDevice = toDevice;
        this.lists = lists;
        this.counts = counts;
        this.inbox = inbox;
    }

    @Override
    public void deviceGone(Tx tx, UserId user, DeviceId device, long position) {
        keys.deleteDeviceKeys(tx, user, device);
        crossSigning.deleteSignaturesOn(tx, user, device.value());
        crossSigning.deleteSignaturesBy(tx, user, new KeyId(KeyId.ED25519, device.value()));
        oneTimeKeys.deleteAll(tx, user, device);
        toDevice.deleteAll(tx, user, device);
        lists.record(tx, position, user);
    }

    /// The name of a device is part of what others see of it.
    @Override
    public void deviceRenamed(Tx tx, UserId user, DeviceId device, long position) {
        lists.record(tx, position, user);
    }

    @Override
    public List<Touch> touches(UserId user, Collection<DeviceId> devices) {
        for (DeviceId device : devices) {
            counts.forget(user, device);
            inbox.forget(user, device);
        }
        return List.of(lists.touch(user));
    }
}
