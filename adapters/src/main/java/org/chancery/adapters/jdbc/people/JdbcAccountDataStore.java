package org.chancery.adapters.jdbc.people;

import java.util.List;
import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.accountdata.AccountDataStore;
import org.chancery.homeserver.accountdata.AccountDatum;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;

/// Account data in the table `account_data`.
public final class JdbcAccountDataStore implements AccountDataStore {
    private final Queries reads;

    public JdbcAccountDataStore(Database database) {
        this.reads = database.queries();
    }

    @Override
    public void put(Tx tx, UserId user, AccountDatum datum) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO account_data (user_id, room_id, type, position, content)
                        VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (user_id, room_id, type) DO UPDATE
                        SET position = excluded.position, content = excluded.content
                        """,
                        user.toString(),
                        text(datum.room()),
                        datum.type(),
                        datum.position(),
                        datum.content().bytes());
    }

    @Override
    public Optional<JsonObject> get(Tx tx, UserId user, Optional<RoomId> room, String type) {
        return getBy(JdbcTx.of(tx), user, room, type);
    }

    @Override
    public Optional<JsonObject> get(UserId user, Optional<RoomId> room, String type) {
        return getBy(reads, user, room, type);
    }

    private static Optional<JsonObject> getBy(
            Queries queries, UserId user, Optional<RoomId> room, String type) {
        return queries.one(
                "SELECT content FROM account_data WHERE user_id = ? AND room_id = ? AND type = ?",
                row -> Json.parseObject(row.getBytes(1)),
                user.toString(),
                text(room),
                type);
    }

    @Override
    public long count(Tx tx, UserId user) {
        return JdbcTx.of(tx)
                .query(
                        "SELECT COUNT(*) FROM account_data WHERE user_id = ?",
                        row -> row.getLong(1),
                        user.toString())
                .getFirst();
    }

    @Override
    public List<AccountDatum> changed(UserId user, long after, long upTo) {
        return reads.query(
                """
                SELECT room_id, type, content, position FROM account_data
                WHERE user_id = ? AND position > ? AND position <= ?
                ORDER BY position
                """,
                row ->
                        new AccountDatum(
                                room(row.getString(1)),
                                row.getString(2),
                                Json.parseObject(row.getBytes(3)),
                                row.getLong(4)),
                user.toString(),
                after,
                upTo);
    }

    @Override
    public List<Name> deleteAll(Tx tx, UserId user) {
        return JdbcTx.of(tx)
                .query(
                        "DELETE FROM account_data WHERE user_id = ? RETURNING room_id, type",
                        row -> new Name(room(row.getString(1)), row.getString(2)),
                        user.toString());
    }

    private static String text(Optional<RoomId> room) {
        return room.map(RoomId::value).orElse("");
    }

    private static Optional<RoomId> room(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(RoomId.parse(text));
    }
}
