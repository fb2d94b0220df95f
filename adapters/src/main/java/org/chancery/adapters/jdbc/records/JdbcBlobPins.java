package org.chancery.adapters.jdbc.records;

import java.util.List;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.governance.records.BlobPins;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.media.MediaFile;

/// Table `record_blobs`.
public final class JdbcBlobPins implements BlobPins {
    private final Queries queries;

    public JdbcBlobPins(Database database) {
        this.queries = database.queries();
    }

    @Override
    public void infer(Tx tx, RoomRef room, MediaFile file, long event) {
        boolean linked =
                JdbcTx.of(tx)
                        .one(
                                "SELECT 1 FROM record_blobs WHERE media_id = ? AND linked LIMIT 1",
                                row -> row.getLong(1),
                                file.id())
                        .isPresent();
        if (!linked) {
            put(tx, room, file, event, false);
        }
    }

    @Override
    public void link(Tx tx, RoomRef room, MediaFile file) {
        put(tx, room, file, NO_EVENT, true);
    }

    private static void put(Tx tx, RoomRef room, MediaFile file, long event, boolean linked) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO record_blobs
                            (room, media_id, ordinal, blob, length, event, linked)
                        VALUES (?, ?,
                            (SELECT coalesce(max(ordinal), 0) + 1 FROM record_blobs
                                WHERE room = ?),
                            ?, ?, ?, ?)
                        ON CONFLICT (room, media_id)
                        DO UPDATE SET event = excluded.event, linked = true
                        WHERE excluded.linked AND NOT record_blobs.linked
                        """,
                        room.number(),
                        file.id(),
                        room.number(),
                        file.blob().name(),
                        file.blob().length(),
                        event,
                        linked);
    }

    @Override
    public long links(Tx tx, MediaFile file, RoomRef room) {
        return JdbcTx.of(tx)
                .one(
                        """
                        SELECT count(*) FROM record_blobs
                        WHERE media_id = ? AND linked AND room <> ?
                        """,
                        row -> row.getLong(1),
                        file.id(),
                        room.number())
                .orElseThrow();
    }

    @Override
    public void deleteInferred(Tx tx, MediaFile file) {
        JdbcTx.of(tx).run("DELETE FROM record_blobs WHERE media_id = ? AND NOT linked", file.id());
    }

    @Override
    public List<Pin> read(RoomRef room, long after, int limit) {
        return queries.query(
                """
                SELECT ordinal, media_id, blob, length, event, linked FROM record_blobs
                WHERE room = ? AND ordinal > ? ORDER BY ordinal LIMIT ?
                """,
                row ->
                        new Pin(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getBoolean(6)),
                room.number(),
                after,
                limit);
    }
}
