package org.chancery.adapters.jdbc.records;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.governance.records.RoomLeafStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;

/// Table `record_leaves`.
public final class JdbcRoomLeafStore implements RoomLeafStore {
    private static final String LAST =
            """
            SELECT number, events_upto, inbox_upto, ends, leaf FROM record_leaves
            WHERE room = ? ORDER BY number DESC LIMIT 1
            """;

    private final Queries queries;

    public JdbcRoomLeafStore(Database database) {
        this.queries = database.queries();
    }

    @Override
    public Optional<Made> last(RoomRef room) {
        return queries.one(LAST, JdbcRoomLeafStore::made, room.number());
    }

    @Override
    public Optional<Made> last(Tx tx, RoomRef room) {
        return JdbcTx.of(tx).one(LAST, JdbcRoomLeafStore::made, room.number());
    }

    @Override
    public void insert(Tx tx, RoomRef room, Made leaf) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO record_leaves
                            (room, number, events_upto, inbox_upto, ends, leaf)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                        room.number(),
                        leaf.number(),
                        leaf.reach().events(),
                        leaf.reach().inbox(),
                        leaf.ends(),
                        leaf.bytes());
    }

    @Override
    public List<Made> read(RoomRef room, long from, int limit) {
        return queries.query(
                """
                SELECT number, events_upto, inbox_upto, ends, leaf FROM record_leaves
                WHERE room = ? AND number >= ? ORDER BY number LIMIT ?
                """,
                JdbcRoomLeafStore::made,
                room.number(),
                from,
                limit);
    }

    private static Made made(ResultSet row) throws SQLException {
        return new Made(
                new Reach(row.getLong(1), row.getLong(2), row.getLong(3)),
                row.getBytes(4),
                row.getBytes(5));
    }
}
