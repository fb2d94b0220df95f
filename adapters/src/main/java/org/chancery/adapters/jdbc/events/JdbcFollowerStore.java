package org.chancery.adapters.jdbc.events;

import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.events.FollowerStore;
import org.chancery.homeserver.kernel.Tx;

/// Table `followers`.
public final class JdbcFollowerStore implements FollowerStore {
    private final Queries queries;

    public JdbcFollowerStore(Database database) {
        this.queries = database.queries();
    }

    @Override
    public long cursor(String follower) {
        return queries.one(
                        "SELECT position FROM followers WHERE name = ?",
                        row -> row.getLong(1),
                        follower)
                .orElse(0L);
    }

    @Override
    public boolean move(Tx tx, String follower, long from, long to) {
        JdbcTx jdbc = JdbcTx.of(tx);
        jdbc.run(
                """
                INSERT INTO followers (name, position) VALUES (?, 0)
                ON CONFLICT (name) DO NOTHING
                """,
                follower);
        return jdbc.run(
                        "UPDATE followers SET position = ? WHERE name = ? AND position = ?",
                        to,
                        follower,
                        from)
                == 1;
    }
}
