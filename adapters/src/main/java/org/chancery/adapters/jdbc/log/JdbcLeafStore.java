package org.chancery.adapters.jdbc.log;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.governance.log.LeafStore;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.tlog.merkle.Hash;

/// Table `log_leaves`.
public final class JdbcLeafStore implements LeafStore {
    private final Queries queries;

    public JdbcLeafStore(Database database) {
        this.queries = database.queries();
    }

    @Override
    public boolean note(Tx tx, Hash hash, byte[] leaf) {
        return JdbcTx.of(tx)
                        .run(
                                """
                                INSERT INTO log_leaves (number, hash, leaf)
                                SELECT coalesce(max(number), 0) + 1, ?, ? FROM log_leaves
                                WHERE true
                                ON CONFLICT (hash) DO NOTHING
                                """,
                                hash.bytes(),
                                leaf)
                == 1;
    }

    @Override
    public void logged(Tx tx, long first, List<Hash> leaves) {
        JdbcTx jdbc = JdbcTx.of(tx);
        for (int i = 0; i < leaves.size(); i++) {
            int known =
                    jdbc.run(
                            "UPDATE log_leaves SET leaf_index = ?, leaf = NULL WHERE hash = ?",
                            first + i,
                            leaves.get(i).bytes());
            if (known == 0) {
                jdbc.run(
                        """
                        INSERT INTO log_leaves (number, hash, leaf_index)
                        SELECT coalesce(max(number), 0) + 1, ?, ? FROM log_leaves
                        """,
                        leaves.get(i).bytes(),
                        first + i);
            }
        }
    }

    @Override
    public List<byte[]> waiting(int max) {
        return queries.query(
                "SELECT leaf FROM log_leaves WHERE leaf_index IS NULL ORDER BY number LIMIT ?",
                row -> row.getBytes(1),
                max);
    }

    @Override
    public long size() {
        return queries.one(
                        "SELECT coalesce(max(leaf_index), -1) + 1 FROM log_leaves",
                        row -> row.getLong(1))
                .orElseThrow();
    }

    @Override
    public OptionalLong index(Hash leaf) {
        return queries
                .one(
                        """
                        SELECT leaf_index FROM log_leaves
                        WHERE hash = ? AND leaf_index IS NOT NULL
                        """,
                        row -> row.getLong(1),
                        leaf.bytes())
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    @Override
    public Optional<Hash> leaf(long index) {
        return queries.one(
                "SELECT hash FROM log_leaves WHERE leaf_index = ?",
                row -> Hash.of(row.getBytes(1)),
                index);
    }
}
