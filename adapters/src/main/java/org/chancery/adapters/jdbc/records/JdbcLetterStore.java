package org.chancery.adapters.jdbc.records;

import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.governance.records.Letter;
import org.chancery.governance.records.LetterStore;
import org.chancery.governance.records.Place;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;

/// Table `record_letters`.
public final class JdbcLetterStore implements LetterStore {
    private final Queries queries;

    public JdbcLetterStore(Database database) {
        this.queries = database.queries();
    }

    @Override
    public void insert(Tx tx, Place place, Sender sender, Letter letter) {
        boolean withheld = letter.isWithheld();
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO record_letters (id, room, sender, sender_device, device_id,
                            at_ts, withheld, session_id, code)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        place.id(),
                        place.room().number(),
                        letter.sender().toString(),
                        sender.device().value(),
                        letter.device().value(),
                        place.at(),
                        withheld,
                        withheld ? letter.content().string("session_id").orElse(null) : null,
                        withheld ? letter.content().string("code").orElse("") : null);
    }

    @Override
    public int countAt(Tx tx, long position) {
        return JdbcTx.of(tx)
                .query(
                        "SELECT count(*) FROM record_letters WHERE id >= ? AND id < ?",
                        row -> row.getInt(1),
                        Place.id(position, 0),
                        Place.id(position + 1, 0))
                .getFirst();
    }

    @Override
    public Optional<Mark> lastOlm(RoomRef room, Sender sender, long before) {
        return queries.one(
                """
                SELECT id, at_ts FROM record_letters
                WHERE room = ? AND sender = ? AND sender_device = ? AND withheld = ? AND id < ?
                ORDER BY id DESC LIMIT 1
                """,
                row -> new Mark(row.getLong(1), row.getLong(2)),
                room.number(),
                sender.user().toString(),
                sender.device().value(),
                false,
                before);
    }

    @Override
    public Optional<String> withheld(RoomRef room, Sender sender, String session) {
        return queries.one(
                """
                SELECT code FROM record_letters
                WHERE room = ? AND sender = ? AND sender_device = ? AND withheld = ?
                    AND (session_id = ? OR session_id IS NULL)
                ORDER BY id DESC LIMIT 1
                """,
                row -> row.getString(1),
                room.number(),
                sender.user().toString(),
                sender.device().value(),
                true,
                session);
    }
}
