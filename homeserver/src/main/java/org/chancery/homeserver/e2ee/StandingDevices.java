package org.chancery.homeserver.e2ee;

import java.util.List;
import org.chancery.homeserver.accounts.AccountStore;
import org.chancery.homeserver.kernel.Touch;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.sessions.SessionStore;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Devices that the server publishes for users who never sign in, as their private keys are
/// elsewhere. Others see such a user like any: cross-signed, with a device to which they encrypt
/// after claiming its fallback key. But there is no account and no token, so no door at which
/// somebody could come as that user, and no administrator's act that takes the device away.
///
/// A device has no one-time keys, and its fallback key is never replaced.
public final class StandingDevices {
    private final AccountStore accounts;
    private final SessionStore sessions;
    private final KeyStore keys;
    private final OneTimeKeyStore oneTimeKeys;
    private final CrossSigningStore crossSigning;
    private final DeviceLists lists;

    public StandingDevices(
            AccountStore accounts,
            SessionStore sessions,
            KeyStore keys,
            OneTimeKeyStore oneTimeKeys,
            CrossSigningStore crossSigning,
            DeviceLists lists) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.keys = keys;
        this.oneTimeKeys = oneTimeKeys;
        this.crossSigning = crossSigning;
        this.lists = lists;
    }

    /// One such device.
    ///
    /// @param name what others are shown as its name
    public record StandingDevice(DeviceKeys keys, List<OneTimeKey> fallback, String name) {
        public StandingDevice {
            fallback = List.copyOf(fallback);
        }

        /// Reads `device_keys` and `fallback_keys` as a device would upload them.
        public static StandingDevice of(
                UserId user, DeviceId device, JsonObject keys, JsonObject fallback, String name) {
            JsonObject body = JsonObject.of("device_keys", keys, "fallback_keys", fallback);
            KeyUpload upload = KeyUpload.parse(body, user, device);
            return new StandingDevice(
                    upload.deviceKeys().orElseThrow(), upload.fallbackKeys(), name);
        }
    }

    /// Whether nobody has that user's name yet: no account, no device.
    public boolean isFree(Tx tx, UserId user) {
        return accounts.find(tx, user).isEmpty() && sessions.countDevices(tx, user) == 0;
    }

    /// Publishes a new user's cross-signing keys.
    public void introduce(Tx tx, CrossSigning.Upload identity) {
        identity.keys()
                .forEach(
                        (usage, key) ->
                                crossSigning.putKey(tx, identity.user(), usage, key.json()));
    }

    /// Publishes a device. Who shares a room with the user is to be told, see [#changed]; who will
    /// join one learns of it then.
    public void publish(Tx tx, StandingDevice device, long nowTs) {
        UserId user = device.keys().user();
        DeviceId id = device.keys().device();
        sessions.insertDevice(tx, user, id, device.name(), nowTs);
        keys.putDeviceKeys(tx, device.keys());
        device.fallback().forEach(key -> oneTimeKeys.putFallback(tx, user, id, key));
    }

    /// Shows a device no more. Messages to it are still taken, and its fallback key is still given
    /// out, as a client may not know yet.
    public void withdraw(Tx tx, UserId user, DeviceId device) {
        keys.deleteDeviceKeys(tx, user, device);
        crossSigning.deleteSignaturesOn(tx, user, device.value());
    }

    /// Writes that the user's devices changed, and finds out who must know.
    public void changed(Tx tx, long position, UserId user) {
        lists.record(tx, position, user);
    }

    /// Who must be woken once that is durable.
    public Touch touch(UserId user) {
        return lists.touch(user);
    }
}
