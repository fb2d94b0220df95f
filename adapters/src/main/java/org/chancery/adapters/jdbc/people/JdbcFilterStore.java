package org.chancery.adapters.jdbc.people;

import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.accountdata.FilterStore;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;

/// Filters in the table `filters`.
public final class JdbcFilterStore implements FilterStore {
    private final Queries reads;

    public JdbcFilterStore(Database database) {
        this.reads = database.queries();
    }

    @Override
    public void put(Tx tx, UserId user, String id, JsonObject definition) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO filters (user_id, filter_id, definition) VALUES (?, ?, ?)
                        ON CONFLICT (user_id, filter_id) DO NOTHING
                        """,
                        user.toString(),
                        id,
                        definition.bytes());
    }

    @Override
    public long count(Tx tx, UserId user) {
        return JdbcTx.of(tx)
                .query(
                        "SELECT COUNT(*) FROM filters WHERE user_id = ?",
                        row -> row.getLong(1),
                        user.toString())
                .getFirst();
    }

    @Override
    public Optional<JsonObject> get(UserId user, String id) {
        return reads.one(
                "SELECT definition FROM filters WHERE user_id = ? AND filter_id = ?",
                row -> Json.parseObject(row.getBytes(1)),
                user.toString(),
                id);
    }

    @Override
    public void deleteAll(Tx tx, UserId user) {
        JdbcTx.of(tx).run("DELETE FROM filters WHERE user_id = ?", user.toString());
    }
}
