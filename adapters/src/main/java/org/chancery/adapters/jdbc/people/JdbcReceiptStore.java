package org.chancery.adapters.jdbc.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.ephemeral.Receipt;
import org.chancery.homeserver.ephemeral.ReceiptStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.UserId;

/// Table `receipts`. A receipt of the whole room has the empty thread.
public final class JdbcReceiptStore implements ReceiptStore {
    private static final int LIST_LENGTH_MAX = 512;
    private static final String SELECT =
            "SELECT user_id, type, thread, event_id, event_ordinal, ts, position FROM receipts ";

    private final Queries queries;

    public JdbcReceiptStore(Database database) {
        this.queries = database.queries();
    }

    @Override
    public void put(Tx tx, RoomRef room, Receipt receipt) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO receipts (room, user_id, type, thread, event_id, event_ordinal,
                            ts, position)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (room, user_id, type, thread) DO UPDATE
                        SET event_id = excluded.event_id, event_ordinal = excluded.event_ordinal,
                            ts = excluded.ts, position = excluded.position
                        """,
                        room.number(),
                        receipt.user().toString(),
                        receipt.type(),
                        receipt.thread().orElse(""),
                        receipt.event().value(),
                        receipt.eventOrdinal(),
                        receipt.ts(),
                        receipt.position());
    }

    @Override
    public Optional<Receipt> get(
            Tx tx, RoomRef room, UserId user, String type, Optional<String> thread) {
        return JdbcTx.of(tx)
                .one(
                        SELECT + "WHERE room = ? AND user_id = ? AND type = ? AND thread = ?",
                        JdbcReceiptStore::map,
                        room.number(),
                        user.toString(),
                        type,
                        thread.orElse(""));
    }

    @Override
    public List<Receipt> between(RoomRef room, long after, long upTo) {
        return queries.query(
                SELECT + "WHERE room = ? AND position > ? AND position <= ? ORDER BY position",
                JdbcReceiptStore::map,
                room.number(),
                after,
                upTo);
    }

    @Override
    public List<Receipt> of(RoomRef room, UserId user) {
        return queries.query(
                SELECT + "WHERE room = ? AND user_id = ?",
                JdbcReceiptStore::map,
                room.number(),
                user.toString());
    }

    @Override
    public Set<Long> withReceipts(Collection<Long> rooms, long after, long upTo) {
        Set<Long> found = new HashSet<>();
        List<Long> all = List.copyOf(rooms);
        for (int i = 0; i < all.size(); i += LIST_LENGTH_MAX) {
            List<Long> chunk = all.subList(i, Math.min(all.size(), i + LIST_LENGTH_MAX));
            List<Object> arguments = new ArrayList<>(List.of(after, upTo));
            arguments.addAll(List.of(Queries.padded(chunk)));
            found.addAll(
                    queries.query(
                            """
                            SELECT r.number FROM rooms r
                            WHERE EXISTS (
                                SELECT 1 FROM receipts c
                                WHERE c.room = r.number AND c.position > ? AND c.position <= ?)
                            AND r.number IN (%s)
                            """
                                    .formatted(Queries.marks(chunk.size())),
                            row -> row.getLong(1),
                            arguments.toArray()));
        }
        return found;
    }

    private static Receipt map(ResultSet row) throws SQLException {
        String thread = row.getString(3);
        return new Receipt(
                UserId.parse(row.getString(1)),
                row.getString(2),
                thread.isEmpty() ? Optional.empty() : Optional.of(thread),
                EventId.parse(row.getString(4)),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7));
    }
}
