package org.chancery.adapters.jdbc.keys;

import java.util.List;
import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.e2ee.ToDeviceMessage;
import org.chancery.homeserver.e2ee.ToDeviceStore;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;

/// Mailboxes in the tables `to_device` and `to_device_transactions`.
public final class JdbcToDeviceStore implements ToDeviceStore {
    private final Queries reads;

    public JdbcToDeviceStore(Database database) {
        this.reads = database.queries();
    }

    @Override
    public void insert(Tx tx, UserId user, DeviceId device, ToDeviceMessage message) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO to_device
                            (user_id, device_id, position, sender, type, content)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                        user.toString(),
                        device.value(),
                        message.position(),
                        message.sender().toString(),
                        message.type(),
                        message.content().bytes());
    }

    @Override
    public boolean insertTransaction(
            Tx tx, Transaction transaction, long sentAt, long forgetBefore) {
        JdbcTx.of(tx).run("DELETE FROM to_device_transactions WHERE sent_at < ?", forgetBefore);
        return JdbcTx.of(tx)
                        .run(
                                """
                                INSERT INTO to_device_transactions
                                    (user_id, device_id, type, transaction_id, sent_at)
                                VALUES (?, ?, ?, ?, ?)
                                ON CONFLICT (user_id, device_id, type, transaction_id) DO NOTHING
                                """,
                                transaction.user().toString(),
                                transaction.device().value(),
                                transaction.type(),
                                transaction.id(),
                                sentAt)
                > 0;
    }

    @Override
    public void delete(Tx tx, UserId user, DeviceId device, long upTo) {
        JdbcTx.of(tx)
                .run(
                        """
                        DELETE FROM to_device
                        WHERE user_id = ? AND device_id = ? AND position <= ?
                        """,
                        user.toString(),
                        device.value(),
                        upTo);
    }

    @Override
    public void deleteAll(Tx tx, UserId user, DeviceId device) {
        JdbcTx.of(tx)
                .run(
                        "DELETE FROM to_device WHERE user_id = ? AND device_id = ?",
                        user.toString(),
                        device.value());
        JdbcTx.of(tx)
                .run(
                        """
                        DELETE FROM to_device_transactions WHERE user_id = ? AND device_id = ?
                        """,
                        user.toString(),
                        device.value());
    }

    @Override
    public List<ToDeviceMessage> read(
            UserId user, DeviceId device, long after, long upTo, int limit) {
        return reads.query(
                """
                SELECT position, sender, type, content FROM to_device
                WHERE user_id = ? AND device_id = ? AND position > ? AND position <= ?
                ORDER BY position LIMIT ?
                """,
                row ->
                        new ToDeviceMessage(
                                row.getLong(1),
                                UserId.parse(row.getString(2)),
                                row.getString(3),
                                Json.parseObject(row.getBytes(4))),
                user.toString(),
                device.value(),
                after,
                upTo,
                limit);
    }

    @Override
    public Optional<Extent> extent(UserId user, DeviceId device) {
        return end(user, device, "ASC")
                .flatMap(first -> end(user, device, "DESC").map(last -> new Extent(first, last)));
    }

    /// The first or the last position of a mailbox. (Asked for together, all of it would be read.)
    private Optional<Long> end(UserId user, DeviceId device, String order) {
        return reads.one(
                "SELECT position FROM to_device WHERE user_id = ? AND device_id = ?"
                        + " ORDER BY position "
                        + order
                        + " LIMIT 1",
                row -> row.getLong(1),
                user.toString(),
                device.value());
    }
}
