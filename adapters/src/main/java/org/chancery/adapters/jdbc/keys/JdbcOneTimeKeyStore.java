package org.chancery.adapters.jdbc.keys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.e2ee.OneTimeKey;
import org.chancery.homeserver.e2ee.OneTimeKeyStore;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.signing.KeyId;

/// One-time and fallback keys in the tables `one_time_keys` and `fallback_keys`.
public final class JdbcOneTimeKeyStore implements OneTimeKeyStore {
    private record Fallback(OneTimeKey key, boolean used) {}

    private record Count(String algorithm, long count) {}

    private final Queries reads;

    public JdbcOneTimeKeyStore(Database database) {
        this.reads = database.queries();
    }

    @Override
    public Optional<Held> held(Tx tx, UserId user, DeviceId device, KeyId id) {
        return JdbcTx.of(tx)
                .one(
                        """
                        SELECT key, claimed FROM one_time_keys
                        WHERE user_id = ? AND device_id = ? AND algorithm = ? AND key_id = ?
                        """,
                        row -> new Held(Json.parse(row.getBytes(1)), row.getBoolean(2)),
                        user.toString(),
                        device.value(),
                        id.algorithm(),
                        id.version());
    }

    @Override
    public void insert(Tx tx, UserId user, DeviceId device, List<OneTimeKey> keys) {
        if (keys.isEmpty()) {
            return;
        }
        long ordinal = lastOrdinal(tx, user, device);
        for (OneTimeKey key : keys) {
            ordinal++;
            JdbcTx.of(tx)
                    .run(
                            """
                            INSERT INTO one_time_keys
                                (user_id, device_id, algorithm, key_id, ordinal, claimed, key)
                            VALUES (?, ?, ?, ?, ?, false, ?)
                            ON CONFLICT (user_id, device_id, algorithm, key_id) DO UPDATE
                            SET ordinal = excluded.ordinal, claimed = false, key = excluded.key
                            """,
                            user.toString(),
                            device.value(),
                            key.id().algorithm(),
                            key.id().version(),
                            ordinal,
                            key.key().bytes());
        }
        JdbcTx.of(tx)
                .run(
                        """
                        DELETE FROM one_time_keys
                        WHERE user_id = ? AND device_id = ? AND ordinal < ? AND claimed = true
                        """,
                        user.toString(),
                        device.value(),
                        ordinal - CLAIMED_MAX);
    }

    private static long lastOrdinal(Tx tx, UserId user, DeviceId device) {
        return JdbcTx.of(tx)
                .query(
                        """
                        SELECT COALESCE(MAX(ordinal), 0) FROM one_time_keys
                        WHERE user_id = ? AND device_id = ?
                        """,
                        row -> row.getLong(1),
                        user.toString(),
                        device.value())
                .getFirst();
    }

    @Override
    public Optional<OneTimeKey> claim(Tx tx, UserId user, DeviceId device, String algorithm) {
        Optional<OneTimeKey> oldest =
                JdbcTx.of(tx)
                        .one(
                                """
                                SELECT algorithm, key_id, key FROM one_time_keys
                                WHERE user_id = ? AND device_id = ? AND algorithm = ?
                                    AND claimed = false
                                ORDER BY ordinal LIMIT 1
                                """,
                                JdbcOneTimeKeyStore::key,
                                user.toString(),
                                device.value(),
                                algorithm);
        oldest.ifPresent(
                key ->
                        JdbcTx.of(tx)
                                .run(
                                        """
                                        UPDATE one_time_keys SET claimed = true
                                        WHERE user_id = ? AND device_id = ?
                                            AND algorithm = ? AND key_id = ?
                                        """,
                                        user.toString(),
                                        device.value(),
                                        algorithm,
                                        key.id().version()));
        return oldest;
    }

    @Override
    public void putFallback(Tx tx, UserId user, DeviceId device, OneTimeKey key) {
        Optional<Fallback> before = fallback(tx, user, device, key.id().algorithm());
        if (before.isPresent() && before.get().key().equals(key)) {
            return;
        }
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO fallback_keys
                            (user_id, device_id, algorithm, key_id, used, key)
                        VALUES (?, ?, ?, ?, false, ?)
                        ON CONFLICT (user_id, device_id, algorithm) DO UPDATE
                        SET key_id = excluded.key_id, used = false, key = excluded.key
                        """,
                        user.toString(),
                        device.value(),
                        key.id().algorithm(),
                        key.id().version(),
                        key.key().bytes());
    }

    @Override
    public Optional<OneTimeKey> useFallback(Tx tx, UserId user, DeviceId device, String algorithm) {
        Optional<Fallback> fallback = fallback(tx, user, device, algorithm);
        if (fallback.isPresent() && !fallback.get().used()) {
            JdbcTx.of(tx)
                    .run(
                            """
                            UPDATE fallback_keys SET used = true
                            WHERE user_id = ? AND device_id = ? AND algorithm = ?
                            """,
                            user.toString(),
                            device.value(),
                            algorithm);
        }
        return fallback.map(Fallback::key);
    }

    private static Optional<Fallback> fallback(
            Tx tx, UserId user, DeviceId device, String algorithm) {
        return JdbcTx.of(tx)
                .one(
                        """
                        SELECT algorithm, key_id, key, used FROM fallback_keys
                        WHERE user_id = ? AND device_id = ? AND algorithm = ?
                        """,
                        row -> new Fallback(key(row), row.getBoolean(4)),
                        user.toString(),
                        device.value(),
                        algorithm);
    }

    private static OneTimeKey key(ResultSet row) throws SQLException {
        return new OneTimeKey(
                new KeyId(row.getString(1), row.getString(2)), Json.parse(row.getBytes(3)));
    }

    @Override
    public void deleteAll(Tx tx, UserId user, DeviceId device) {
        JdbcTx.of(tx)
                .run(
                        "DELETE FROM one_time_keys WHERE user_id = ? AND device_id = ?",
                        user.toString(),
                        device.value());
        JdbcTx.of(tx)
                .run(
                        "DELETE FROM fallback_keys WHERE user_id = ? AND device_id = ?",
                        user.toString(),
                        device.value());
    }

    @Override
    public Map<String, Long> counts(Tx tx, UserId user, DeviceId device) {
        return countsBy(JdbcTx.of(tx), user, device);
    }

    @Override
    public Map<String, Long> counts(UserId user, DeviceId device) {
        return countsBy(reads, user, device);
    }

    private static Map<String, Long> countsBy(Queries queries, UserId user, DeviceId device) {
        Map<String, Long> counts = new TreeMap<>();
        for (Count each :
                queries.query(
                        """
                        SELECT algorithm, COUNT(*) FROM one_time_keys
                        WHERE user_id = ? AND device_id = ? AND claimed = false
                        GROUP BY algorithm
                        """,
                        row -> new Count(row.getString(1), row.getLong(2)),
                        user.toString(),
                        device.value())) {
            counts.put(each.algorithm(), each.count());
        }
        return counts;
    }

    @Override
    public List<String> unusedFallbackKeyTypes(UserId user, DeviceId device) {
        return reads.query(
                """
                SELECT algorithm FROM fallback_keys
                WHERE user_id = ? AND device_id = ? AND used = false
                ORDER BY algorithm
                """,
                row -> row.getString(1),
                user.toString(),
                device.value());
    }
}
