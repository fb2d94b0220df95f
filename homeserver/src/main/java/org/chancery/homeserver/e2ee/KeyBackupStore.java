package org.chancery.homeserver.e2ee;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// The durable backups of room keys.
public interface KeyBackupStore {
    /// Some of the keys of a backup: all, those of a room, or one. Without a room there is no
    /// session.
    record Part(Optional<RoomId> room, Optional<String> session) {
        /// The whole backup.
        public static final Part ALL = new Part(Optional.empty(), Optional.empty());

        /// The keys of a room.
        public static Part of(RoomId room) {
            return new Part(Optional.of(room), Optional.empty());
        }

        /// One key.
        public static Part of(RoomId room, String session) {
            return new Part(Optional.of(room), Optional.of(session));
        }
    }

    /// What became of a key that was put.
    enum Put {
        ADDED,
        REPLACED,
        KEPT_THE_OLD_ONE
    }

    /// The version that is the latest of those that were not deleted.
    Optional<KeyBackup> latest(Tx tx, UserId user);

    Optional<KeyBackup> latest(UserId user);

    Optional<KeyBackup> backup(Tx tx, UserId user, long version);

    Optional<KeyBackup> backup(UserId user, long version);

    /// Makes a version with a number that the user has never had.
    long insert(Tx tx, UserId user, String algorithm, JsonObject authData);

    /// Writes auth data, etag and count.
    void update(Tx tx, UserId user, KeyBackup backup);

    /// Deletes a version with its keys.
    ///
    /// @return whether there is or was one
    boolean delete(Tx tx, UserId user, long version);

    /// Deletes all versions of the user with their keys.
    void deleteAll(Tx tx, UserId user);

    /// Puts a key where there is none, or in place of a worse one: one that is not verified, if
    /// this
    /// one is; among equals one with a higher first index; among those one more often forwarded.
    Put putKey(Tx tx, UserId user, long version, BackedUpKey key);

    /// @return how many keys were deleted
    int deleteKeys(Tx tx, UserId user, long version, Part part);

    List<BackedUpKey> keys(UserId user, long version, Part part);
}
