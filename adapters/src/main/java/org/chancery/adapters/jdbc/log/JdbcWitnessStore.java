package org.chancery.adapters.jdbc.log;

import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.witness.WitnessStore;

/// Table `cosigned_logs`. The committer compares and replaces, so a checkpoint is never rolled
/// back.
public final class JdbcWitnessStore implements WitnessStore {
    private final Queries queries;
    private final Journal journal;

    public JdbcWitnessStore(Database database, Journal journal) {
        this.queries = database.queries();
        this.journal = journal;
    }

    @Override
    public Optional<SignedCheckpoint> latest(String origin) {
        return queries.one(
                "SELECT checkpoint FROM cosigned_logs WHERE origin = ?",
                row -> SignedCheckpoint.parse(row.getBytes(1)),
                origin);
    }

    @Override
    public boolean replace(String origin, long oldSize, SignedCheckpoint checkpoint) {
        return journal.commit(Changes.of(tx -> replace(tx, origin, oldSize, checkpoint)));
    }

    private static boolean replace(
            Tx tx, String origin, long oldSize, SignedCheckpoint checkpoint) {
        JdbcTx jdbc = JdbcTx.of(tx);
        Optional<Long> known =
                jdbc.one(
                        "SELECT size FROM cosigned_logs WHERE origin = ?",
                        row -> row.getLong(1),
                        origin);
        long size = checkpoint.checkpoint().size();
        if (known.orElse(0L) != oldSize || size < oldSize) {
            return false;
        }
        byte[] bytes = checkpoint.note().bytes();
        if (known.isPresent()) {
            jdbc.run(
                    "UPDATE cosigned_logs SET size = ?, checkpoint = ? WHERE origin = ?",
                    size,
                    bytes,
                    origin);
        } else {
            jdbc.run(
                    "INSERT INTO cosigned_logs (origin, size, checkpoint) VALUES (?, ?, ?)",
                    origin,
                    size,
                    bytes);
        }
        return true;
    }
}
