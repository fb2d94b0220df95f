package org.chancery.homeserver.e2ee;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.kernel.Change;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Touch;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.JsonSigning;
import org.chancery.protocol.signing.Verifier;

/// Takes the cross-signing keys of users (client-server API, "Cross-signing").
///
/// Keys may be set freely once; to replace one, or to add one to a master key that is there, the
/// user
/// must prove again who he is. Self-signing and user-signing keys hold only under the master key
/// that
/// signed them, so a new master key takes away those that do not come with it.
public final class CrossSigning {
    private final Journal journal;
    private final CrossSigningStore store;
    private final DeviceDirectory devices;
    private final DeviceLists lists;
    private final Verifier verifier;

    /// Whether the user has just proven who he is.
    public enum Proof {
        GIVEN,
        NONE
    }

    /// The keys of one upload.
    public record Upload(UserId user, Map<CrossSigningUsage, CrossSigningKey> keys) {
        public Upload {
            keys = Map.copyOf(keys);
        }

        /// Reads the body of a request.
        public static Upload parse(UserId user, JsonObject body) {
            Map<CrossSigningUsage, CrossSigningKey> keys = new EnumMap<>(CrossSigningUsage.class);
            for (CrossSigningUsage usage : CrossSigningUsage.values()) {
                Shape.optionalObject(body, usage.member())
                        .ifPresent(
                                json -> keys.put(usage, CrossSigningKey.parse(json, user, usage)));
            }
            return new Upload(user, keys);
        }

        private Optional<CrossSigningKey> key(CrossSigningUsage usage) {
            return Optional.ofNullable(keys.get(usage));
        }

        /// Whether a key is other than the one that is there.
        private boolean changes(Map<CrossSigningUsage, JsonObject> stored) {
            return keys.values().stream().anyMatch(key -> isNew(key, stored));
        }
    }

    public CrossSigning(
            Journal journal,
            CrossSigningStore store,
            DeviceDirectory devices,
            DeviceLists lists,
            Verifier verifier) {
        this.journal = journal;
        this.store = store;
        this.devices = devices;
        this.lists = lists;
        this.verifier = verifier;
    }

    /// Whether the user must prove who he is before the upload.
    public boolean needsProof(Upload upload) {
        return needsProof(
                upload, store.keys(Set.of(upload.user())).getOrDefault(upload.user(), Map.of()));
    }

    private static boolean needsProof(Upload upload, Map<CrossSigningUsage, JsonObject> stored) {
        return stored.containsKey(CrossSigningUsage.MASTER) && upload.changes(stored);
    }

    /// Stores what is new.
    public void upload(Upload upload, Proof proof) {
        if (!upload.keys().isEmpty()) {
            journal.commit(new UploadKeys(upload, proof));
        }
    }

    /// Deletes the keys of a user who has given up the account.
    public void forget(UserId user) {
        journal.commit(
                Changes.at(
                        (tx, position) -> {
                            store.deleteAll(tx, user);
                            lists.record(tx, position, user);
                            return user;
                        },
                        gone -> List.of(lists.touch(gone))));
    }

    /// Whether it is other than what is there, but for signatures: those prove themselves.
    private static boolean isNew(CrossSigningKey key, Map<CrossSigningUsage, JsonObject> stored) {
        JsonObject before = stored.get(key.usage());
        return before == null
                || !before.without("signatures").equals(key.json().without("signatures"));
    }

    private final class UploadKeys implements Change<Boolean> {
        private final Upload upload;
        private final Proof proof;

        UploadKeys(Upload upload, Proof proof) {
            this.upload = upload;
            this.proof = proof;
        }

        @Override
        public int positions() {
            return 1;
        }

        @Override
        public Boolean apply(Tx tx, long first) {
            UserId user = upload.user();
            Map<CrossSigningUsage, JsonObject> stored = store.keys(tx, user);
            refuseUnsigned(stored);
            refuseDeviceNames(tx);
            if (proof == Proof.NONE && needsProof(upload, stored)) {
                throw new MatrixError.Forbidden("the keys have just been set by another request")
                        .asException();
            }
            boolean changed = false;
            for (CrossSigningUsage usage : CrossSigningUsage.values()) {
                changed |= put(tx, usage, stored);
            }
            if (changed) {
                lists.record(tx, first, user);
            }
            return changed;
        }

        private void refuseUnsigned(Map<CrossSigningUsage, JsonObject> stored) {
            CrossSigningKey master =
                    upload.key(CrossSigningUsage.MASTER)
                            .or(() -> CrossSigningKey.among(stored, CrossSigningUsage.MASTER))
                            .orElseThrow(UploadKeys::noMaster);
            for (CrossSigningKey key : upload.keys().values()) {
                if (key.usage() != CrossSigningUsage.MASTER && !isSigned(key, master)) {
                    throw new MatrixError.InvalidSignature(
                                    key.usage().member() + " is not signed by the master key")
                            .asException();
                }
            }
        }

        private static MatrixException noMaster() {
            return new MatrixError.MissingParam("there is no master key").asException();
        }

        private boolean isSigned(CrossSigningKey key, CrossSigningKey master) {
            String user = upload.user().toString();
            return JsonSigning.verify(key.json(), user, master.id(), master.bytes(), verifier);
        }

        /// A device of that name would have the same key identifier.
        private void refuseDeviceNames(Tx tx) {
            Set<DeviceId> names = devices.devices(tx, upload.user());
            for (CrossSigningKey key : upload.keys().values()) {
                if (names.contains(new DeviceId(key.text()))) {
                    throw new MatrixError.Forbidden("the key has the name of a device")
                            .asException();
                }
            }
        }

        /// Puts the key of one usage in its place; without one, what a new master key has not
        /// signed
        /// goes away.
        private boolean put(
                Tx tx, CrossSigningUsage usage, Map<CrossSigningUsage, JsonObject> stored) {
            Optional<CrossSigningKey> key = upload.key(usage);
            Optional<CrossSigningKey> before = CrossSigningKey.among(stored, usage);
            boolean goes = key.isEmpty() ? hasNewMaster(stored) : isOther(key.get(), before);
            if (before.isPresent() && goes) {
                store.deleteSignaturesOn(tx, upload.user(), before.get().text());
                store.deleteSignaturesBy(tx, upload.user(), before.get().id());
                store.deleteKey(tx, upload.user(), usage);
            }
            if (key.isPresent() && !key.equals(before)) {
                store.putKey(tx, upload.user(), usage, key.get().json());
                return true;
            }
            return before.isPresent() && goes;
        }

        private boolean hasNewMaster(Map<CrossSigningUsage, JsonObject> stored) {
            CrossSigningUsage usage = CrossSigningUsage.MASTER;
            return upload.key(usage)
                    .filter(master -> isOther(master, CrossSigningKey.among(stored, usage)))
                    .isPresent();
        }

        private static boolean isOther(CrossSigningKey key, Optional<CrossSigningKey> before) {
            return before.filter(old -> old.id().equals(key.id())).isEmpty();
        }

        @Override
        public List<Touch> touches(Boolean changed) {
            return changed ? List.of(lists.touch(upload.user())) : List.of();
        }
    }
}
