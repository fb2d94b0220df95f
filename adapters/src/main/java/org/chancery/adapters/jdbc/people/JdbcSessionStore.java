package org.chancery.adapters.jdbc.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.chancery.adapters.jdbc.Columns;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.sessions.Device;
import org.chancery.homeserver.sessions.Session;
import org.chancery.homeserver.sessions.SessionStore;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// The tables of devices, access tokens and refresh tokens.
public final class JdbcSessionStore implements SessionStore {
    /// How long a spent refresh token is kept to know a thief by.
    private static final long SPENT_MILLIS_MAX = 90L * 24 * 60 * 60 * 1000;

    private final Queries db;

    public JdbcSessionStore(Database database) {
        this.db = database.queries();
    }

    @Override
    public Optional<Grant> grant(String accessHash) {
        return db.one(
                """
                SELECT t.user_id, t.device_id, t.expires_ts, a.admin, a.locked, a.suspended,
                    r.replaces, d.last_seen_ts
                FROM access_tokens t
                JOIN accounts a ON a.user_id = t.user_id
                JOIN devices d ON d.user_id = t.user_id AND d.device_id = t.device_id
                LEFT JOIN refresh_tokens r ON r.token_hash = t.refresh_hash
                WHERE t.token_hash = ?
                """,
                JdbcSessionStore::grant,
                accessHash);
    }

    private static Grant grant(ResultSet row) throws SQLException {
        Session session =
                new Session(
                        UserId.parse(row.getString("user_id")),
                        DeviceId.parse(row.getString("device_id")),
                        row.getBoolean("admin"),
                        row.getBoolean("locked"),
                        row.getBoolean("suspended"));
        return new Grant(
                session,
                Columns.number(row, "expires_ts"),
                Columns.text(row, "replaces") != null,
                row.getLong("last_seen_ts"));
    }

    @Override
    public Optional<Owner> owner(Tx tx, String accessHash) {
        return JdbcTx.of(tx)
                .one(
                        """
                        SELECT user_id, device_id, refresh_hash FROM access_tokens
                        WHERE token_hash = ?
                        """,
                        row ->
                                new Owner(
                                        UserId.parse(row.getString("user_id")),
                                        DeviceId.parse(row.getString("device_id")),
                                        Columns.text(row, "refresh_hash")),
                        accessHash);
    }

    @Override
    public Optional<Refresh> refresh(Tx tx, String refreshHash) {
        return JdbcTx.of(tx)
                .one(
                        """
                        SELECT user_id, device_id, expires_ts, replaces, spent_ts
                        FROM refresh_tokens WHERE token_hash = ?
                        """,
                        row ->
                                new Refresh(
                                        UserId.parse(row.getString("user_id")),
                                        DeviceId.parse(row.getString("device_id")),
                                        row.getLong("expires_ts"),
                                        Columns.text(row, "replaces"),
                                        Columns.number(row, "spent_ts").isPresent()),
                        refreshHash);
    }

    @Override
    public List<String> accessHashes(UserId user) {
        return db.query(
                "SELECT token_hash FROM access_tokens WHERE user_id = ?",
                row -> row.getString(1),
                user.toString());
    }

    @Override
    public List<String> accessHashes(Tx tx, UserId user, DeviceId device) {
        return JdbcTx.of(tx)
                .query(
                        "SELECT token_hash FROM access_tokens WHERE user_id = ? AND device_id = ?",
                        row -> row.getString(1),
                        user.toString(),
                        device.value());
    }

    @Override
    public void insertPair(Tx tx, UserId user, DeviceId device, Pair pair) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO access_tokens
                            (token_hash, user_id, device_id, expires_ts, refresh_hash)
                        VALUES (?, ?, ?, ?, ?)
                        """,
                        pair.access(),
                        user.toString(),
                        device.value(),
                        Columns.orNull(pair.accessExpiresTs()),
                        pair.refresh());
        if (pair.refresh() != null) {
            JdbcTx.of(tx)
                    .run(
                            """
                            INSERT INTO refresh_tokens
                                (token_hash, user_id, device_id, expires_ts, replaces)
                            VALUES (?, ?, ?, ?, ?)
                            """,
                            pair.refresh(),
                            user.toString(),
                            device.value(),
                            pair.refreshExpiresTs(),
                            pair.replaces());
        }
    }

    @Override
    public void deleteTokens(Tx tx, UserId user, DeviceId device) {
        onDevice(tx, "DELETE FROM access_tokens WHERE user_id = ? AND device_id = ?", user, device);
        onDevice(
                tx, "DELETE FROM refresh_tokens WHERE user_id = ? AND device_id = ?", user, device);
    }

    private static int onDevice(Tx tx, String sql, UserId user, DeviceId device) {
        return JdbcTx.of(tx).run(sql, user.toString(), device.value());
    }

    @Override
    public void deleteReplacementOf(Tx tx, String refreshHash) {
        JdbcTx.of(tx)
                .run(
                        """
                        DELETE FROM access_tokens WHERE refresh_hash IN
                            (SELECT token_hash FROM refresh_tokens WHERE replaces = ?)
                        """,
                        refreshHash);
        JdbcTx.of(tx).run("DELETE FROM refresh_tokens WHERE replaces = ?", refreshHash);
    }

    @Override
    public void confirm(Tx tx, UserId user, DeviceId device, String refreshHash, long nowTs) {
        Optional<String> before =
                refresh(tx, refreshHash).flatMap(pair -> Optional.ofNullable(pair.replaces()));
        if (before.isEmpty()) {
            return;
        }
        JdbcTx jdbc = JdbcTx.of(tx);
        jdbc.run(
                """
                DELETE FROM access_tokens
                WHERE user_id = ? AND device_id = ? AND refresh_hash <> ? AND refresh_hash <> ?
                """,
                user.toString(),
                device.value(),
                refreshHash,
                before.get());
        jdbc.run("UPDATE access_tokens SET expires_ts = 0 WHERE refresh_hash = ?", before.get());
        jdbc.run(
                "UPDATE refresh_tokens SET spent_ts = ? WHERE token_hash = ?", nowTs, before.get());
        jdbc.run("UPDATE refresh_tokens SET replaces = NULL WHERE token_hash = ?", refreshHash);
        jdbc.run(
                "DELETE FROM refresh_tokens WHERE user_id = ? AND device_id = ? AND spent_ts < ?",
                user.toString(),
                device.value(),
                nowTs - SPENT_MILLIS_MAX);
    }

    @Override
    public void revoke(Tx tx, UserId user, DeviceId device) {
        onDevice(
                tx, "DELETE FROM refresh_tokens WHERE user_id = ? AND device_id = ?", user, device);
        onDevice(
                tx,
                "UPDATE access_tokens SET expires_ts = 0 WHERE user_id = ? AND device_id = ?",
                user,
                device);
    }

    private static final String DEVICE_COLUMNS =
            "device_id, display_name, last_seen_ts, last_seen_ip";

    @Override
    public List<Device> devices(UserId user) {
        return db.query(
                "SELECT " + DEVICE_COLUMNS + " FROM devices WHERE user_id = ? ORDER BY device_id",
                JdbcSessionStore::device,
                user.toString());
    }

    @Override
    public List<DeviceId> devices(Tx tx, UserId user) {
        return JdbcTx.of(tx)
                .query(
                        "SELECT device_id FROM devices WHERE user_id = ? ORDER BY device_id",
                        row -> DeviceId.parse(row.getString(1)),
                        user.toString());
    }

    @Override
    public Optional<Device> device(UserId user, DeviceId device) {
        return db.one(
                "SELECT " + DEVICE_COLUMNS + " FROM devices WHERE user_id = ? AND device_id = ?",
                JdbcSessionStore::device,
                user.toString(),
                device.value());
    }

    private static Device device(ResultSet row) throws SQLException {
        return new Device(
                DeviceId.parse(row.getString("device_id")),
                Columns.text(row, "display_name"),
                Columns.number(row, "last_seen_ts"),
                Columns.text(row, "last_seen_ip"));
    }

    @Override
    public boolean hasDevice(Tx tx, UserId user, DeviceId device) {
        return JdbcTx.of(tx)
                .one(
                        "SELECT 1 FROM devices WHERE user_id = ? AND device_id = ?",
                        _ -> true,
                        user.toString(),
                        device.value())
                .isPresent();
    }

    @Override
    public long countDevices(Tx tx, UserId user) {
        return JdbcTx.of(tx)
                .query(
                        "SELECT count(*) FROM devices WHERE user_id = ?",
                        row -> row.getLong(1),
                        user.toString())
                .getFirst();
    }

    @Override
    public Optional<DeviceId> leastSeen(Tx tx, UserId user) {
        return JdbcTx.of(tx)
                .one(
                        """
                        SELECT device_id FROM devices WHERE user_id = ?
                        ORDER BY coalesce(last_seen_ts, created_ts), device_id LIMIT 1
                        """,
                        row -> DeviceId.parse(row.getString(1)),
                        user.toString());
    }

    @Override
    public void insertDevice(
            Tx tx, UserId user, DeviceId device, @Nullable String displayName, long nowTs) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO devices (user_id, device_id, display_name, created_ts)
                        VALUES (?, ?, ?, ?)
                        """,
                        user.toString(),
                        device.value(),
                        displayName,
                        nowTs);
    }

    @Override
    public boolean rename(Tx tx, UserId user, DeviceId device, @Nullable String displayName) {
        return JdbcTx.of(tx)
                        .run(
                                """
                                UPDATE devices SET display_name = ?
                                WHERE user_id = ? AND device_id = ?
                                """,
                                displayName,
                                user.toString(),
                                device.value())
                > 0;
    }

    @Override
    public void deleteDevice(Tx tx, UserId user, DeviceId device) {
        deleteTokens(tx, user, device);
        onDevice(tx, "DELETE FROM devices WHERE user_id = ? AND device_id = ?", user, device);
    }

    @Override
    public void seen(Tx tx, UserId user, DeviceId device, long ts, String ip) {
        JdbcTx.of(tx)
                .run(
                        """
                        UPDATE devices SET last_seen_ts = ?, last_seen_ip = ?
                        WHERE user_id = ? AND device_id = ?
                        """,
                        ts,
                        ip,
                        user.toString(),
                        device.value());
    }
}
