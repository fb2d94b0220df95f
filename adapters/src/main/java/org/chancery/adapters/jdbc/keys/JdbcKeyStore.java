package org.chancery.adapters.jdbc.keys;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.e2ee.DeviceKeys;
import org.chancery.homeserver.e2ee.KeyStore;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;

/// Identity keys of devices in the table `device_keys`.
public final class JdbcKeyStore implements KeyStore {
    private record Row(UserId user, DeviceId device, JsonObject keys) {}

    private final Queries reads;

    public JdbcKeyStore(Database database) {
        this.reads = database.queries();
    }

    @Override
    public Optional<JsonObject> deviceKeys(Tx tx, UserId user, DeviceId device) {
        return JdbcTx.of(tx)
                .one(
                        """
                        SELECT keys FROM device_keys WHERE user_id = ? AND device_id = ?
                        """,
                        row -> Json.parseObject(row.getBytes(1)),
                        user.toString(),
                        device.value());
    }

    @Override
    public void putDeviceKeys(Tx tx, DeviceKeys keys) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO device_keys (user_id, device_id, keys) VALUES (?, ?, ?)
                        ON CONFLICT (user_id, device_id) DO UPDATE SET keys = excluded.keys
                        """,
                        keys.user().toString(),
                        keys.device().value(),
                        keys.json().bytes());
    }

    @Override
    public void deleteDeviceKeys(Tx tx, UserId user, DeviceId device) {
        JdbcTx.of(tx)
                .run(
                        "DELETE FROM device_keys WHERE user_id = ? AND device_id = ?",
                        user.toString(),
                        device.value());
    }

    @Override
    public Map<UserId, Map<DeviceId, JsonObject>> deviceKeys(Collection<UserId> users) {
        Map<UserId, Map<DeviceId, JsonObject>> byUser = new HashMap<>();
        for (List<String> some : UserLists.of(users)) {
            List<Row> rows =
                    reads.query(
                            "SELECT user_id, device_id, keys FROM device_keys WHERE user_id IN ("
                                    + Queries.marks(some.size())
                                    + ")",
                            row ->
                                    new Row(
                                            UserId.parse(row.getString(1)),
                                            new DeviceId(row.getString(2)),
                                            Json.parseObject(row.getBytes(3))),
                            some.toArray());
            for (Row row : rows) {
                byUser.computeIfAbsent(row.user(), _ -> new HashMap<>())
                        .put(row.device(), row.keys());
            }
        }
        return byUser;
    }
}
