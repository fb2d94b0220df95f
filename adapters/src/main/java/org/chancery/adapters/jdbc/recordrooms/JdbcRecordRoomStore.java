package org.chancery.adapters.jdbc.recordrooms;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.archive.stock.Quarter;
import org.chancery.archive.stock.Slot;
import org.chancery.archive.stock.StockId;
import org.chancery.governance.rooms.DeviceTerm;
import org.chancery.governance.rooms.RecordRoom;
import org.chancery.governance.rooms.RecordRoomStore;
import org.chancery.governance.rooms.RoomClass;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Tables `record_rooms` and `archive_devices`.
public final class JdbcRecordRoomStore implements RecordRoomStore {
    private static final String ROOMS =
            """
            SELECT r.room_id, r.class, r.archive_user, r.stock, r.number, d.device_id, d.slot,
                d.period, r.ends, r.made_ts
            FROM record_rooms r
            JOIN archive_devices d ON d.archive_user = r.archive_user AND d.until_ts IS NULL
            """;

    private static final String DEVICES =
            """
            SELECT device_id, slot, period, cause, position, from_ts, until_ts
            FROM archive_devices WHERE archive_user = ? ORDER BY position
            """;

    private final Queries queries;

    public JdbcRecordRoomStore(Database database) {
        this.queries = database.queries();
    }

    @Override
    public List<RecordRoom> page(String after, int limit) {
        return queries.query(
                ROOMS + " WHERE r.room_id > ? ORDER BY r.room_id LIMIT ?",
                JdbcRecordRoomStore::readRoom,
                after,
                limit);
    }

    @Override
    public Optional<RecordRoom> find(Tx tx, RoomId room) {
        return JdbcTx.of(tx)
                .one(ROOMS + " WHERE r.room_id = ?", JdbcRecordRoomStore::readRoom, room.value());
    }

    @Override
    public List<DeviceTerm> devices(UserId archive) {
        return queries.query(DEVICES, JdbcRecordRoomStore::readTerm, archive.toString());
    }

    @Override
    public List<DeviceTerm> devices(Tx tx, UserId archive) {
        return JdbcTx.of(tx).query(DEVICES, JdbcRecordRoomStore::readTerm, archive.toString());
    }

    @Override
    public void insert(
            Tx tx, RecordRoom room, DeviceTerm first, UserId asker, Optional<RoomId> replaced) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO record_rooms (room_id, class, archive_user, stock, number,
                            ends, asker, made_ts, replaces)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        room.room().value(),
                        room.roomClass().toString(),
                        room.archive().toString(),
                        room.stock().value(),
                        room.number(),
                        room.ends().toString(),
                        asker.toString(),
                        room.madeAt().toEpochMilli(),
                        replaced.map(RoomId::value).orElse(null));
        insert(tx, room.archive(), first);
    }

    @Override
    public void rotate(Tx tx, UserId archive, DeviceTerm next) {
        JdbcTx.of(tx)
                .run(
                        """
                        UPDATE archive_devices SET until_ts = ?
                        WHERE archive_user = ? AND until_ts IS NULL
                        """,
                        next.from().toEpochMilli(),
                        archive.toString());
        insert(tx, archive, next);
    }

    private static void insert(Tx tx, UserId archive, DeviceTerm term) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO archive_devices (archive_user, device_id, slot, period, cause,
                            position, from_ts, until_ts)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        archive.toString(),
                        term.device().value(),
                        term.slot().toString(),
                        term.period().toString(),
                        term.cause().toString(),
                        term.position(),
                        term.from().toEpochMilli(),
                        term.until().map(Instant::toEpochMilli).orElse(null));
    }

    @Override
    public List<Closing> closings(int limit) {
        return queries.query(
                """
                SELECT replaces, room_id, asker FROM record_rooms
                WHERE replaces IS NOT NULL ORDER BY room_id LIMIT ?
                """,
                row ->
                        new Closing(
                                new RoomId(row.getString(1)),
                                new RoomId(row.getString(2)),
                                UserId.parse(row.getString(3))),
                limit);
    }

    @Override
    public void closed(Tx tx, RoomId by) {
        JdbcTx.of(tx).run("UPDATE record_rooms SET replaces = NULL WHERE room_id = ?", by.value());
    }

    private static RecordRoom readRoom(ResultSet row) throws SQLException {
        return new RecordRoom(
                new RoomId(row.getString(1)),
                RoomClass.of(row.getString(2)).orElseThrow(),
                UserId.parse(row.getString(3)),
                new StockId(row.getString(4)),
                row.getInt(5),
                new DeviceId(row.getString(6)),
                Slot.parse(row.getString(7)),
                Quarter.parse(row.getString(8)),
                Quarter.parse(row.getString(9)),
                Instant.ofEpochMilli(row.getLong(10)));
    }

    private static DeviceTerm readTerm(ResultSet row) throws SQLException {
        long until = row.getLong(7);
        boolean published = row.wasNull();
        return new DeviceTerm(
                new DeviceId(row.getString(1)),
                Slot.parse(row.getString(2)),
                Quarter.parse(row.getString(3)),
                DeviceTerm.Cause.of(row.getString(4)),
                row.getLong(5),
                Instant.ofEpochMilli(row.getLong(6)),
                published ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until)));
    }
}
