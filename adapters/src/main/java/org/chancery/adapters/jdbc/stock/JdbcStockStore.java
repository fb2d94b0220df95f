package org.chancery.adapters.jdbc.stock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.entry.StockEntry;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.StockId;
import org.chancery.governance.stock.StockState;
import org.chancery.governance.stock.StockStore;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Tables `stocks` and `stock_identities`.
public final class JdbcStockStore implements StockStore {
    private static final String BOUND =
            "SELECT identity, room_id, bound_ts FROM stock_identities WHERE room_id = ?";

    private final Queries queries;

    public JdbcStockStore(Database database) {
        this.queries = database.queries();
    }

    @Override
    public List<Held> stocks() {
        return queries.query(
                "SELECT entry, state FROM stocks ORDER BY made_ts DESC, stock LIMIT 1000",
                JdbcStockStore::readHeld);
    }

    @Override
    public Counts counts(StockId stock) {
        return queries.one(
                        """
                        SELECT count(*),
                            count(CASE WHEN for_rooms AND NOT opened AND room_id IS NULL
                                THEN 1 END),
                            count(room_id),
                            count(CASE WHEN opened THEN 1 END)
                        FROM stock_identities WHERE stock = ?
                        """,
                        row ->
                                new Counts(
                                        row.getLong(1),
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getLong(4)),
                        stock.value())
                .orElseThrow();
    }

    @Override
    public Optional<Bound> bound(RoomId room) {
        return queries.one(BOUND, JdbcStockStore::readBound, room.value());
    }

    @Override
    public Optional<Bound> bound(Tx tx, RoomId room) {
        return JdbcTx.of(tx).one(BOUND, JdbcStockStore::readBound, room.value());
    }

    @Override
    public Optional<Held> find(Tx tx, StockId stock) {
        return JdbcTx.of(tx)
                .one(
                        "SELECT entry, state FROM stocks WHERE stock = ?",
                        JdbcStockStore::readHeld,
                        stock.value());
    }

    @Override
    public void insert(Tx tx, StockEntry entry) {
        JdbcTx.of(tx)
                .run(
                        "INSERT INTO stocks (stock, made_ts, entry, state) VALUES (?, ?, ?, ?)",
                        entry.stock().value(),
                        entry.madeAt().toEpochMilli(),
                        entry.bytes(),
                        StockState.ARRIVING.toString());
    }

    @Override
    public void setState(Tx tx, StockId stock, StockState state) {
        JdbcTx.of(tx)
                .run(
                        "UPDATE stocks SET state = ? WHERE stock = ?",
                        state.toString(),
                        stock.value());
    }

    @Override
    public boolean insert(Tx tx, ArchiveIdentity identity, Digest entry) {
        return JdbcTx.of(tx)
                        .run(
                                """
                                INSERT INTO stock_identities
                                    (stock, number, user_id, for_rooms, opened, entry, identity)
                                VALUES (?, ?, ?, ?, false, ?, ?)
                                ON CONFLICT DO NOTHING
                                """,
                                identity.stock().value(),
                                identity.number(),
                                identity.user().toString(),
                                identity.use() == ArchiveIdentity.Use.ROOM,
                                entry.value(),
                                identity.bytes())
                == 1;
    }

    @Override
    public Optional<Digest> entry(Tx tx, StockId stock, int number) {
        return JdbcTx.of(tx)
                .one(
                        "SELECT entry FROM stock_identities WHERE stock = ? AND number = ?",
                        row -> new Digest(row.getString(1)),
                        stock.value(),
                        number);
    }

    @Override
    public long arrived(Tx tx, StockId stock) {
        return JdbcTx.of(tx)
                .query(
                        "SELECT count(*) FROM stock_identities WHERE stock = ?",
                        row -> row.getLong(1),
                        stock.value())
                .getFirst();
    }

    @Override
    public List<Digest> entries(Tx tx, StockId stock) {
        return JdbcTx.of(tx)
                .query(
                        "SELECT entry FROM stock_identities WHERE stock = ? ORDER BY number",
                        row -> new Digest(row.getString(1)),
                        stock.value());
    }

    @Override
    public void markOpened(Tx tx, StockId stock, List<Integer> numbers) {
        for (int number : numbers) {
            JdbcTx.of(tx)
                    .run(
                            """
                            UPDATE stock_identities SET opened = true
                            WHERE stock = ? AND number = ?
                            """,
                            stock.value(),
                            number);
        }
    }

    @Override
    public Optional<ArchiveIdentity> free(StockId stock) {
        return queries.one(
                """
                SELECT i.identity FROM stock_identities i
                JOIN stocks s ON s.stock = i.stock
                WHERE i.stock = ? AND s.state = 'sound' AND i.for_rooms AND NOT i.opened
                    AND i.room_id IS NULL
                ORDER BY i.number LIMIT 1
                """,
                row -> ArchiveIdentity.parse(row.getBytes(1)),
                stock.value());
    }

    @Override
    public boolean isFree(Tx tx, UserId user) {
        return JdbcTx.of(tx)
                .one(
                        """
                        SELECT 1 FROM stock_identities i
                        JOIN stocks s ON s.stock = i.stock
                        WHERE i.user_id = ? AND s.state = 'sound' AND i.for_rooms
                            AND NOT i.opened AND i.room_id IS NULL
                        """,
                        _ -> true,
                        user.toString())
                .isPresent();
    }

    @Override
    public void bind(Tx tx, UserId user, RoomId room, Instant at) {
        JdbcTx.of(tx)
                .run(
                        "UPDATE stock_identities SET room_id = ?, bound_ts = ? WHERE user_id = ?",
                        room.value(),
                        at.toEpochMilli(),
                        user.toString());
    }

    @Override
    public void insertReport(Tx tx, StockId stock, LogEntry report, Instant madeAt) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO stock_reports (digest, stock, made_ts, report)
                        VALUES (?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING
                        """,
                        report.digest().value(),
                        stock.value(),
                        madeAt.toEpochMilli(),
                        report.bytes());
    }

    @Override
    public List<LogEntry> reports(StockId stock) {
        return reportsOf(queries, stock);
    }

    @Override
    public List<LogEntry> reports(Tx tx, StockId stock) {
        return reportsOf(JdbcTx.of(tx), stock);
    }

    private static List<LogEntry> reportsOf(Queries from, StockId stock) {
        return from.query(
                """
                SELECT report FROM stock_reports WHERE stock = ?
                ORDER BY made_ts DESC, digest LIMIT 1000
                """,
                row -> LogEntry.parse(row.getBytes(1)),
                stock.value());
    }

    private static Held readHeld(ResultSet row) throws SQLException {
        if (LogEntry.parse(row.getBytes(1)) instanceof StockEntry entry) {
            return new Held(entry, StockState.of(row.getString(2)));
        }
        throw new IllegalStateException("a stored stock is another entry");
    }

    private static Bound readBound(ResultSet row) throws SQLException {
        return new Bound(
                ArchiveIdentity.parse(row.getBytes(1)),
                new RoomId(row.getString(2)),
                Instant.ofEpochMilli(row.getLong(3)));
    }
}
