package org.chancery.homeserver.e2ee;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// The backups of room keys (client-server API, "Server-side key backups"). Keys are written to the
/// latest version only; what `etag` says changes when a key does, and only then.
public final class KeyBackups {
    private static final int AUTH_DATA_BYTES_MAX = 65_536;
    private static final int ALGORITHM_LENGTH_MAX = 255;

    private final Journal journal;
    private final KeyBackupStore store;

    public KeyBackups(Journal journal, KeyBackupStore store) {
        this.journal = journal;
        this.store = store;
    }

    /// Makes a new version, from now on the latest.
    public String create(UserId user, JsonObject body) {
        String algorithm = Shape.string(body, "algorithm");
        JsonObject authData = authData(body);
        if (algorithm.length() > ALGORITHM_LENGTH_MAX) {
            throw new MatrixError.InvalidParam("algorithm is too long").asException();
        }
        long version =
                journal.commit(Changes.of(tx -> store.insert(tx, user, algorithm, authData)));
        return Long.toString(version);
    }

    /// The latest version.
    public KeyBackup latest(UserId user) {
        return store.latest(user)
                .orElseThrow(
                        () -> new MatrixError.NotFound("No current backup version").asException());
    }

    public KeyBackup backup(UserId user, String version) {
        return store.backup(user, number(version)).orElseThrow(KeyBackups::unknown);
    }

    /// Replaces the auth data of a version. Its algorithm stays.
    public void update(UserId user, String version, JsonObject body) {
        JsonObject authData = authData(body);
        String algorithm = Shape.string(body, "algorithm");
        if (!body.string("version").orElse(version).equals(version)) {
            throw new MatrixError.InvalidParam("Version does not match").asException();
        }
        journal.commit(
                Changes.of(
                        tx -> {
                            KeyBackup was =
                                    store.backup(tx, user, number(version))
                                            .orElseThrow(KeyBackups::unknown);
                            if (!was.algorithm().equals(algorithm)) {
                                throw new MatrixError.InvalidParam("Algorithm does not match")
                                        .asException();
                            }
                            store.update(
                                    tx,
                                    user,
                                    new KeyBackup(
                                            was.version(),
                                            algorithm,
                                            authData,
                                            was.etag(),
                                            was.count()));
                            return true;
                        }));
    }

    /// Deletes a version with its keys. One that was deleted before is no error.
    public void delete(UserId user, String version) {
        boolean known = journal.commit(Changes.of(tx -> store.delete(tx, user, number(version))));
        if (!known) {
            throw unknown();
        }
    }

    /// Stores what is better than what is there.
    ///
    /// @param version must be the latest
    /// @return `etag` and `count`
    public JsonObject put(UserId user, String version, List<BackedUpKey> keys) {
        return change(
                user,
                version,
                (tx, backup) -> {
                    refuseUnlessLatest(tx, user, backup);
                    return put(tx, user, backup, keys);
                });
    }

    private void refuseUnlessLatest(Tx tx, UserId user, KeyBackup backup) {
        long latest = store.latest(tx, user).map(KeyBackup::version).orElse(backup.version());
        if (latest != backup.version()) {
            throw new MatrixError.WrongRoomKeysVersion(
                            "Wrong backup version.", Long.toString(latest))
                    .asException();
        }
    }

    private KeyBackup put(Tx tx, UserId user, KeyBackup backup, List<BackedUpKey> keys) {
        int added = 0;
        int replaced = 0;
        for (BackedUpKey key : keys) {
            switch (store.putKey(tx, user, backup.version(), key)) {
                case ADDED -> added++;
                case REPLACED -> replaced++;
                case KEPT_THE_OLD_ONE -> {}
            }
        }
        return changed(backup, added + replaced, added);
    }

    /// Deletes keys.
    ///
    /// @return `etag` and `count`
    public JsonObject delete(UserId user, String version, KeyBackupStore.Part part) {
        return change(
                user,
                version,
                (tx, backup) -> {
                    int deleted = store.deleteKeys(tx, user, backup.version(), part);
                    return changed(backup, deleted, -deleted);
                });
    }

    private static KeyBackup changed(KeyBackup backup, int changes, int more) {
        return new KeyBackup(
                backup.version(),
                backup.algorithm(),
                backup.authData(),
                backup.etag() + (changes == 0 ? 0 : 1),
                backup.count() + more);
    }

    private JsonObject change(
            UserId user, String version, BiFunction<Tx, KeyBackup, KeyBackup> change) {
        return journal.commit(
                        Changes.of(
                                tx -> {
                                    KeyBackup was =
                                            store.backup(tx, user, number(version))
                                                    .orElseThrow(KeyBackups::unknown);
                                    KeyBackup is = change.apply(tx, was);
                                    if (!is.equals(was)) {
                                        store.update(tx, user, is);
                                    }
                                    return is;
                                }))
                .changed();
    }

    /// All keys, by room: `rooms`.
    public JsonObject all(UserId user, String version) {
        JsonObject.Builder rooms = JsonObject.builder();
        byRoom(keys(user, version, KeyBackupStore.Part.ALL))
                .forEach(
                        (room, sessions) ->
                                rooms.put(room, JsonObject.of("sessions", sessions.build())));
        return JsonObject.of("rooms", rooms.build());
    }

    /// The keys of a room: `sessions`.
    public JsonObject ofRoom(UserId user, String version, KeyBackupStore.Part room) {
        JsonObject.Builder sessions = JsonObject.builder();
        keys(user, version, room).forEach(key -> sessions.put(key.session(), key.json()));
        return JsonObject.of("sessions", sessions.build());
    }

    /// One key.
    public JsonObject one(UserId user, String version, KeyBackupStore.Part session) {
        return keys(user, version, session).stream()
                .findFirst()
                .map(BackedUpKey::json)
                .orElseThrow(() -> new MatrixError.NotFound("Key not found.").asException());
    }

    private List<BackedUpKey> keys(UserId user, String version, KeyBackupStore.Part part) {
        return store.keys(user, backup(user, version).version(), part);
    }

    private static Map<String, JsonObject.Builder> byRoom(List<BackedUpKey> keys) {
        Map<String, JsonObject.Builder> byRoom = new TreeMap<>();
        for (BackedUpKey key : keys) {
            byRoom.computeIfAbsent(key.room().value(), _ -> JsonObject.builder())
                    .put(key.session(), key.json());
        }
        return byRoom;
    }

    /// Deletes the backups of a user who has given up the account.
    public void forget(UserId user) {
        journal.commit(
                Changes.of(
                        tx -> {
                            store.deleteAll(tx, user);
                            return user;
                        }));
    }

    private static JsonObject authData(JsonObject body) {
        JsonObject authData = Shape.object(body, "auth_data");
        if (authData.bytes().length > AUTH_DATA_BYTES_MAX) {
            throw new MatrixError.TooLarge("auth_data is too large").asException();
        }
        return authData;
    }

    /// The number of a version; none that there could be if it is no number.
    private static long number(String version) {
        try {
            return Long.parseLong(version);
        } catch (NumberFormatException e) {
            throw unknown();
        }
    }

    private static MatrixException unknown() {
        return new MatrixError.NotFound("Unknown backup version").asException();
    }
}
