package org.chancery.adapters.jdbc.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.directory.DirectoryStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.RoomAlias;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Tables `room_aliases`, `published_rooms` and `member_counts`.
public final class JdbcDirectoryStore implements DirectoryStore {
    private final Queries queries;

    public JdbcDirectoryStore(Database database) {
        this.queries = database.queries();
    }

    @Override
    public boolean insert(Tx tx, Entry entry) {
        return JdbcTx.of(tx)
                        .run(
                                """
                                INSERT INTO room_aliases (alias, room_id, creator) VALUES (?, ?, ?)
                                ON CONFLICT (alias) DO NOTHING
                                """,
                                entry.alias().toString(),
                                entry.room().value(),
                                entry.creator().toString())
                == 1;
    }

    @Override
    public boolean delete(Tx tx, RoomAlias alias) {
        return JdbcTx.of(tx).run("DELETE FROM room_aliases WHERE alias = ?", alias.toString()) == 1;
    }

    @Override
    public void publish(Tx tx, RoomId room, boolean published) {
        if (published) {
            JdbcTx.of(tx)
                    .run(
                            """
                            INSERT INTO published_rooms (room_id) VALUES (?)
                            ON CONFLICT (room_id) DO NOTHING
                            """,
                            room.value());
        } else {
            JdbcTx.of(tx).run("DELETE FROM published_rooms WHERE room_id = ?", room.value());
        }
    }

    @Override
    public void move(Tx tx, RoomId from, RoomId to) {
        JdbcTx batch = JdbcTx.of(tx);
        batch.run(
                "UPDATE room_aliases SET room_id = ? WHERE room_id = ?", to.value(), from.value());
        if (batch.run("DELETE FROM published_rooms WHERE room_id = ?", from.value()) == 1) {
            publish(tx, to, true);
        }
    }

    @Override
    public Optional<Entry> find(RoomAlias alias) {
        return queries.one(
                "SELECT alias, room_id, creator FROM room_aliases WHERE alias = ?",
                JdbcDirectoryStore::entry,
                alias.toString());
    }

    @Override
    public List<Entry> aliases(RoomId room) {
        return queries.query(
                """
                SELECT alias, room_id, creator FROM room_aliases
                WHERE room_id = ? ORDER BY alias LIMIT 1000
                """,
                JdbcDirectoryStore::entry,
                room.value());
    }

    @Override
    public boolean isPublished(RoomId room) {
        return queries.one(
                        "SELECT 1 FROM published_rooms WHERE room_id = ?",
                        row -> row.getLong(1),
                        room.value())
                .isPresent();
    }

    @Override
    public List<Published> published() {
        return queries.query(
                """
                SELECT p.room_id, coalesce(m.joined, 0) AS members
                FROM published_rooms p
                JOIN rooms r ON r.room_id = p.room_id
                LEFT JOIN member_counts m ON m.room = r.number
                ORDER BY members DESC, p.room_id LIMIT 100000
                """,
                row -> new Published(new RoomId(row.getString(1)), row.getLong(2)));
    }

    @Override
    public void countMembers(Tx tx, RoomRef room, long more) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO member_counts (room, joined) VALUES (?, ?)
                        ON CONFLICT (room) DO UPDATE
                        SET joined = member_counts.joined + excluded.joined
                        """,
                        room.number(),
                        more);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                RoomAlias.parse(row.getString(1)),
                new RoomId(row.getString(2)),
                UserId.parse(row.getString(3)));
    }
}
