package org.chancery.adapters.jdbc.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SentTransactionsTest {
    private static final int BATCH = 64;
    private static final int KEPT = 2_048;

    @TempDir private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private Database database;

    @SuppressWarnings("NullAway.Init")
    private SentTransactions sent;

    @BeforeEach
    void open() {
        database = Database.sqlite(folder.resolve("test.db"));
        sent = new SentTransactions(database.queries(), KEPT);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void what_was_sent_is_found_after_a_restart_and_nothing_else() {
        send(1, 3);

        database.close();
        open();

        assertEquals(OptionalLong.of(2), sent.find(hash(2)));
        assertEquals(OptionalLong.empty(), sent.find(hash(4)));
    }

    @Test
    void the_last_sends_are_known_whatever_came_before_and_the_table_is_bounded() {
        long last = 5L * KEPT + 1;

        for (long first = 1; first <= last; first += BATCH) {
            send(first, Math.min(last, first + BATCH - 1));
        }

        for (long position :
                LongStream.of(last, last - 1, last - KEPT / 2, last - KEPT + 1).toArray()) {
            assertEquals(OptionalLong.of(position), sent.find(hash(position)));
        }
        assertEquals(OptionalLong.empty(), sent.find(hash(1)));
        assertTrue(rows() <= 2L * KEPT + BATCH, "rows: " + rows());
    }

    private void send(long first, long last) {
        database.commit(
                0,
                (tx, _) -> {
                    for (long position = first; position <= last; position++) {
                        sent.insert(JdbcTx.of(tx), position, hash(position));
                    }
                });
    }

    private long rows() {
        return database.queries()
                .query("SELECT count(*) FROM sent_transactions", row -> row.getLong(1))
                .getFirst();
    }

    /// Spreads as the start of a digest does (the finalizer of SplitMix64).
    private static long hash(long position) {
        long mixed = position * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
