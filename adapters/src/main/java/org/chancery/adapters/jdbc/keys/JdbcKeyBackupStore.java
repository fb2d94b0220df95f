package org.chancery.adapters.jdbc.keys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.e2ee.BackedUpKey;
import org.chancery.homeserver.e2ee.KeyBackup;
import org.chancery.homeserver.e2ee.KeyBackupStore;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;

/// Backups of room keys in the tables `key_backups` and `backed_up_keys`.
public final class JdbcKeyBackupStore implements KeyBackupStore {
    private static final String COLUMNS = "version, algorithm, auth_data, etag, key_count";

    private final Queries reads;

    public JdbcKeyBackupStore(Database database) {
        this.reads = database.queries();
    }

    @Override
    public Optional<KeyBackup> latest(Tx tx, UserId user) {
        return latestOf(JdbcTx.of(tx), user);
    }

    @Override
    public Optional<KeyBackup> latest(UserId user) {
        return latestOf(reads, user);
    }

    private static Optional<KeyBackup> latestOf(Queries queries, UserId user) {
        return queries.one(
                "SELECT "
                        + COLUMNS
                        + " FROM key_backups WHERE user_id = ? AND deleted = false"
                        + " ORDER BY version DESC LIMIT 1",
                JdbcKeyBackupStore::backup,
                user.toString());
    }

    @Override
    public Optional<KeyBackup> backup(Tx tx, UserId user, long version) {
        return backupOf(JdbcTx.of(tx), user, version);
    }

    @Override
    public Optional<KeyBackup> backup(UserId user, long version) {
        return backupOf(reads, user, version);
    }

    private static Optional<KeyBackup> backupOf(Queries queries, UserId user, long version) {
        return queries.one(
                "SELECT "
                        + COLUMNS
                        + " FROM key_backups WHERE user_id = ? AND version = ? AND deleted = false",
                JdbcKeyBackupStore::backup,
                user.toString(),
                version);
    }

    private static KeyBackup backup(ResultSet row) throws SQLException {
        return new KeyBackup(
                row.getLong(1),
                row.getString(2),
                Json.parseObject(row.getBytes(3)),
                row.getLong(4),
                row.getLong(5));
    }

    @Override
    public long insert(Tx tx, UserId user, String algorithm, JsonObject authData) {
        long version =
                1
                        + JdbcTx.of(tx)
                                .query(
                                        """
                                        SELECT COALESCE(MAX(version), 0) FROM key_backups
                                        WHERE user_id = ?
                                        """,
                                        row -> row.getLong(1),
                                        user.toString())
                                .getFirst();
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO key_backups
                            (user_id, version, algorithm, auth_data, etag, key_count, deleted)
                        VALUES (?, ?, ?, ?, 0, 0, false)
                        """,
                        user.toString(),
                        version,
                        algorithm,
                        authData.bytes());
        return version;
    }

    @Override
    public void update(Tx tx, UserId user, KeyBackup backup) {
        JdbcTx.of(tx)
                .run(
                        """
                        UPDATE key_backups SET auth_data = ?, etag = ?, key_count = ?
                        WHERE user_id = ? AND version = ?
                        """,
                        backup.authData().bytes(),
                        backup.etag(),
                        backup.count(),
                        user.toString(),
                        backup.version());
    }

    @Override
    public boolean delete(Tx tx, UserId user, long version) {
        deleteKeys(tx, user, version, Part.ALL);
        return JdbcTx.of(tx)
                        .run(
                                """
                                UPDATE key_backups SET deleted = true, key_count = 0
                                WHERE user_id = ? AND version = ?
                                """,
                                user.toString(),
                                version)
                > 0;
    }

    @Override
    public void deleteAll(Tx tx, UserId user) {
        JdbcTx.of(tx).run("DELETE FROM backed_up_keys WHERE user_id = ?", user.toString());
        JdbcTx.of(tx).run("DELETE FROM key_backups WHERE user_id = ?", user.toString());
    }

    @Override
    public Put putKey(Tx tx, UserId user, long version, BackedUpKey key) {
        byte[] data = key.sessionData().bytes();
        if (insertKey(tx, user, version, key, data)) {
            return Put.ADDED;
        }
        boolean replaced =
                JdbcTx.of(tx)
                                .run(
                                        """
                                        UPDATE backed_up_keys
                                        SET first_message_index = ?, forwarded_count = ?,
                                            is_verified = ?, session_data = ?
                                        WHERE user_id = ? AND version = ?
                                            AND room_id = ? AND session_id = ?
                                            AND ((is_verified = false AND ? = true)
                                                OR (is_verified = ?
                                                    AND (first_message_index > ?
                                                        OR (first_message_index = ?
                                                            AND forwarded_count > ?))))
                                        """,
                                        key.firstMessageIndex(),
                                        key.forwardedCount(),
                                        key.isVerified(),
                                        data,
                                        user.toString(),
                                        version,
                                        key.room().value(),
                                        key.session(),
                                        key.isVerified(),
                                        key.isVerified(),
                                        key.firstMessageIndex(),
                                        key.firstMessageIndex(),
                                        key.forwardedCount())
                        > 0;
        return replaced ? Put.REPLACED : Put.KEPT_THE_OLD_ONE;
    }

    private static boolean insertKey(
            Tx tx, UserId user, long version, BackedUpKey key, byte[] data) {
        return JdbcTx.of(tx)
                        .run(
                                """
                                INSERT INTO backed_up_keys
                                    (user_id, version, room_id, session_id, first_message_index,
                                     forwarded_count, is_verified, session_data)
                                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                                ON CONFLICT (user_id, version, room_id, session_id) DO NOTHING
                                """,
                                user.toString(),
                                version,
                                key.room().value(),
                                key.session(),
                                key.firstMessageIndex(),
                                key.forwardedCount(),
                                key.isVerified(),
                                data)
                > 0;
    }

    @Override
    public int deleteKeys(Tx tx, UserId user, long version, Part part) {
        return JdbcTx.of(tx)
                .run("DELETE FROM backed_up_keys" + where(part), arguments(user, version, part));
    }

    @Override
    public List<BackedUpKey> keys(UserId user, long version, Part part) {
        return reads.query(
                "SELECT room_id, session_id, first_message_index, forwarded_count, is_verified,"
                        + " session_data FROM backed_up_keys"
                        + where(part),
                row ->
                        new BackedUpKey(
                                RoomId.parse(row.getString(1)),
                                row.getString(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getBoolean(5),
                                Json.parseObject(row.getBytes(6))),
                arguments(user, version, part));
    }

    private static String where(Part part) {
        return " WHERE user_id = ? AND version = ?"
                + (part.room().isPresent() ? " AND room_id = ?" : "")
                + (part.session().isPresent() ? " AND session_id = ?" : "");
    }

    private static Object[] arguments(UserId user, long version, Part part) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(user.toString());
        arguments.add(version);
        part.room().ifPresent(room -> arguments.add(room.value()));
        part.session().ifPresent(arguments::add);
        return arguments.toArray();
    }
}
