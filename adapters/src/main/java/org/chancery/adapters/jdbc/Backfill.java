package org.chancery.adapters.jdbc;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Fills a derived table for what an earlier version wrote, before the journal starts. A migration
/// notes what lacks in table `backfills`; it goes on where it was when it is killed.
public final class Backfill {
    private Backfill() {}

    /// A portion of the work.
    @FunctionalInterface
    public interface Step {
        /// Does what comes behind `after`.
        ///
        /// @return where the next portion begins; empty when all is done
        Optional<String> portion(JdbcTx tx, String after);
    }

    /// Does the work of that name, if it is noted.
    public static void run(Database database, String name, Step step) {
        Optional<String> after =
                database.queries()
                        .one(
                                "SELECT after FROM backfills WHERE name = ?",
                                row -> row.getString(1),
                                name);
        while (after.isPresent()) {
            after = portion(database, name, step, after.get());
        }
    }

    private static Optional<String> portion(
            Database database, String name, Step step, String after) {
        AtomicReference<Optional<String>> next = new AtomicReference<>(Optional.empty());
        database.commit(
                0,
                (tx, _) -> {
                    JdbcTx batch = JdbcTx.of(tx);
                    Optional<String> reached = step.portion(batch, after);
                    if (reached.isPresent()) {
                        batch.run(
                                "UPDATE backfills SET after = ? WHERE name = ?",
                                reached.get(),
                                name);
                    } else {
                        batch.run("DELETE FROM backfills WHERE name = ?", name);
                    }
                    next.set(reached);
                });
        return next.get();
    }
}
