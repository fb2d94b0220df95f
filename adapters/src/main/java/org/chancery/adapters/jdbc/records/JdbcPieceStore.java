package org.chancery.adapters.jdbc.records;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.governance.records.Kind;
import org.chancery.governance.records.PieceStore;
import org.chancery.governance.records.Place;
import org.chancery.governance.records.Sealed;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.MalformedJson;
import org.chancery.protocol.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/// Tables `record_archives`, `record_pieces`, `record_keys` and `record_originals`.
public final class JdbcPieceStore implements PieceStore {
    private static final String ARCHIVES =
            "SELECT room, room_id, version, opened_ts, closing FROM record_archives ";

    private final Queries queries;

    public JdbcPieceStore(Database database) {
        this.queries = database.queries();
    }

    @Override
    public void open(Tx tx, RoomRef room, long at) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO record_archives (room, room_id, version, opened_ts, closing)
                        VALUES (?, ?, ?, ?, false) ON CONFLICT DO NOTHING
                        """,
                        room.number(),
                        room.id().value(),
                        room.version().id(),
                        at);
    }

    @Override
    public void setClosing(Tx tx, RoomRef room, boolean closing) {
        JdbcTx.of(tx)
                .run(
                        "UPDATE record_archives SET closing = ? WHERE room = ?",
                        closing,
                        room.number());
    }

    @Override
    public Optional<Archive> archive(RoomId room) {
        return queries.one(ARCHIVES + "WHERE room_id = ?", JdbcPieceStore::archive, room.value());
    }

    @Override
    public List<Archive> archives(long after, int limit) {
        return queries.query(
                ARCHIVES + "WHERE room > ? ORDER BY room LIMIT ?",
                JdbcPieceStore::archive,
                after,
                limit);
    }

    @Override
    public List<Archive> closing(int limit) {
        return queries.query(
                ARCHIVES + "WHERE closing ORDER BY room LIMIT ?", JdbcPieceStore::archive, limit);
    }

    private static Archive archive(ResultSet row) throws SQLException {
        RoomVersion version = RoomVersion.of(row.getString(3)).orElseThrow();
        return new Archive(
                RoomRef.stored(new RoomId(row.getString(2)), version, row.getLong(1)),
                row.getLong(4),
                row.getBoolean(5));
    }

    @Override
    public void insert(Tx tx, List<NewPiece> pieces) {
        JdbcTx batch = JdbcTx.of(tx);
        batch.insert("record_pieces (id, room, kind, at_ts, body)", pieces, JdbcPieceStore::row);
        batch.insert(
                "record_keys (id, wrap)",
                pieces,
                it -> new Object[] {it.place().id(), it.sealed().key()});
    }

    private static Object[] row(NewPiece piece) {
        Place place = piece.place();
        return new Object[] {
            place.id(),
            place.room().number(),
            place.kind().number(),
            place.at(),
            piece.sealed().body()
        };
    }

    @Override
    public boolean has(Tx tx, long id) {
        return JdbcTx.of(tx)
                .one("SELECT 1 FROM record_pieces WHERE id = ?", _ -> true, id)
                .isPresent();
    }

    @Override
    public void dispose(Tx tx, long id, JsonObject mark) {
        JdbcTx batch = JdbcTx.of(tx);
        batch.run("DELETE FROM record_keys WHERE id = ?", id);
        batch.run("UPDATE record_pieces SET body = ? WHERE id = ?", mark.bytes(), id);
    }

    @Override
    public List<Kept> read(RoomRef room, Kind kind, long after, long upTo, int limit) {
        return queries.query(
                """
                SELECT p.id, p.at_ts, p.body, k.wrap
                FROM record_pieces p LEFT JOIN record_keys k ON k.id = p.id
                WHERE p.room = ? AND p.kind = ? AND p.id > ? AND p.id <= ?
                ORDER BY p.id LIMIT ?
                """,
                row -> kept(row, room, kind),
                room.number(),
                kind.number(),
                after,
                upTo,
                limit);
    }

    private static Kept kept(ResultSet row, RoomRef room, Kind kind) throws SQLException {
        Place place = new Place(room, kind, row.getLong(1), row.getLong(2));
        byte[] body = row.getBytes(3);
        byte @Nullable [] key = row.getBytes(4);
        if (key != null) {
            return new Kept(place, Optional.of(new Sealed(key, body)), JsonObject.EMPTY);
        }
        try {
            return new Kept(place, Optional.empty(), Json.parseObject(body));
        } catch (MalformedJson keyIsLost) { // It was not disposed of, and will not open.
            Sealed sealed = new Sealed(new byte[0], body);
            return new Kept(place, Optional.of(sealed), JsonObject.EMPTY);
        }
    }

    @Override
    public long last(RoomRef room, Kind kind) {
        return lastOf(queries, room, kind);
    }

    @Override
    public long last(Tx tx, RoomRef room, Kind kind) {
        return lastOf(JdbcTx.of(tx), room, kind);
    }

    private static long lastOf(Queries queries, RoomRef room, Kind kind) {
        return queries.one(
                        """
                        SELECT id FROM record_pieces WHERE room = ? AND kind = ?
                        ORDER BY id DESC LIMIT 1
                        """,
                        row -> row.getLong(1),
                        room.number(),
                        kind.number())
                .orElse(0L);
    }

    @Override
    public Map<Kind, Amount> amounts(RoomRef room) {
        Map<Kind, Amount> amounts = new EnumMap<>(Kind.class);
        queries.query(
                        """
                        SELECT p.kind, count(*), count(k.id),
                            sum(length(p.body)) + coalesce(sum(length(k.wrap)), 0)
                        FROM record_pieces p LEFT JOIN record_keys k ON k.id = p.id
                        WHERE p.room = ? GROUP BY p.kind
                        """,
                        row ->
                                Map.entry(
                                        Kind.of(row.getInt(1)),
                                        new Amount(
                                                row.getLong(2),
                                                row.getLong(2) - row.getLong(3),
                                                row.getLong(4))),
                        room.number())
                .forEach(each -> amounts.put(each.getKey(), each.getValue()));
        return amounts;
    }

    @Override
    public void insertOriginal(Tx tx, long position, byte[] json) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO record_originals (position, json) VALUES (?, ?)
                        ON CONFLICT DO NOTHING
                        """,
                        position,
                        json);
    }

    @Override
    public Map<Long, byte[]> originals(long after, long upTo) {
        Map<Long, byte[]> originals = new HashMap<>();
        queries.query(
                        """
                        SELECT position, json FROM record_originals
                        WHERE position > ? AND position <= ?
                        """,
                        row -> Map.entry(row.getLong(1), row.getBytes(2)),
                        after,
                        upTo)
                .forEach(each -> originals.put(each.getKey(), each.getValue()));
        return originals;
    }

    @Override
    public void deleteOriginals(Tx tx, long upTo) {
        JdbcTx.of(tx).run("DELETE FROM record_originals WHERE position <= ?", upTo);
    }
}
