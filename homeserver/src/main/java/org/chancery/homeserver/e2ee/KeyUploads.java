package org.chancery.homeserver.e2ee;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.kernel.Change;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Touch;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Takes the keys that devices publish (client-server API, "Uploading keys").
public final class KeyUploads {
    private final Journal journal;
    private final KeyStore keys;
    private final OneTimeKeyStore oneTimeKeys;
    private final CrossSigningStore crossSigning;
    private final DeviceDirectory devices;
    private final DeviceLists lists;
    private final KeyCounts counts;

    public KeyUploads(
            Journal journal,
            KeyStore keys,
            OneTimeKeyStore oneTimeKeys,
            CrossSigningStore crossSigning,
            DeviceDirectory devices,
            DeviceLists lists,
            KeyCounts counts) {
        this.journal = journal;
        this.keys = keys;
        this.oneTimeKeys = oneTimeKeys;
        this.crossSigning = crossSigning;
        this.devices = devices;
        this.lists = lists;
        this.counts = counts;
    }

    /// Stores what is new of an upload.
    ///
    /// @return how many one-time keys of each algorithm the device has left
    public JsonObject upload(UserId user, DeviceId device, KeyUpload upload) {
        if (upload.deviceKeys().isEmpty()
                && upload.oneTimeKeys().isEmpty()
                && upload.fallbackKeys().isEmpty()) {
            return counts.oneTimeKeyCounts(user, device);
        }
        return journal.commit(new Upload(user, device, upload)).counts();
    }

    private record Stored(JsonObject counts, boolean deviceKeysChanged) {}

    private final class Upload implements Change<Stored> {
        private final UserId user;
        private final DeviceId device;
        private final KeyUpload upload;

        Upload(UserId user, DeviceId device, KeyUpload upload) {
            this.user = user;
            this.device = device;
            this.upload = upload;
        }

        @Override
        public int positions() {
            return upload.deviceKeys().isPresent() ? 1 : 0;
        }

        @Override
        public Stored apply(Tx tx, long first) {
            refuseIfUnknown(tx);
            List<OneTimeKey> added = addedKeys(tx);
            boolean changed = upload.deviceKeys().isPresent() && putDeviceKeys(tx, first);
            oneTimeKeys.insert(tx, user, device, added);
            upload.fallbackKeys().forEach(key -> oneTimeKeys.putFallback(tx, user, device, key));
            return new Stored(KeyCounts.json(oneTimeKeys.counts(tx, user, device)), changed);
        }

        /// A device that was logged out while its upload was on the way gets no keys. Nor does one
        /// whose name is a cross-signing key: both would have the same key identifier.
        private void refuseIfUnknown(Tx tx) {
            if (!devices.devices(tx, user).contains(device)) {
                throw new MatrixError.UnknownDevice("the device is gone").asException();
            }
            if (upload.deviceKeys().isPresent()
                    && CrossSigningKey.publicKeys(crossSigning.keys(tx, user).values())
                            .contains(device.value())) {
                throw new MatrixError.Forbidden("the device ID is in use as a key").asException();
            }
        }

        /// The one-time keys that are not there yet. The same key once more is no error, and does
        /// not
        /// bring a claimed key back.
        private List<OneTimeKey> addedKeys(Tx tx) {
            List<OneTimeKey> added = new ArrayList<>();
            for (OneTimeKey key : upload.oneTimeKeys()) {
                Optional<OneTimeKeyStore.Held> held = oneTimeKeys.held(tx, user, device, key.id());
                boolean same = held.isPresent() && held.get().key().equals(key.key());
                if (held.isPresent() && !same && !held.get().claimed()) {
                    throw new MatrixError.InvalidParam(
                                    "a one-time key " + key.id() + " is there with other content")
                            .asException();
                }
                if (!same) {
                    added.add(key);
                }
            }
            if (!added.isEmpty()) {
                long waiting =
                        oneTimeKeys.counts(tx, user, device).values().stream()
                                .mapToLong(Long::longValue)
                                .sum();
                Shape.atMost(
                        (int) waiting + added.size(), KeyUpload.ONE_TIME_KEYS_MAX, "one-time keys");
            }
            return added;
        }

        /// Whether the device keys are other than before; then signatures on the old ones are void.
        private boolean putDeviceKeys(Tx tx, long position) {
            DeviceKeys uploaded = upload.deviceKeys().orElseThrow();
            Optional<JsonObject> before = keys.deviceKeys(tx, user, device);
            if (before.isPresent() && before.get().equals(uploaded.json())) {
                return false;
            }
            keys.putDeviceKeys(tx, uploaded);
            if (before.isPresent()) {
                crossSigning.deleteSignaturesOn(tx, user, device.value());
            }
            lists.record(tx, position, user);
            return true;
        }

        @Override
        public List<Touch> touches(Stored stored) {
            counts.forget(user, device);
            return stored.deviceKeysChanged() ? List.of(lists.touch(user)) : List.of();
        }
    }
}
