package org.chancery.adapters.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.chancery.homeserver.kernel.StoreFailure;
import org.jspecify.annotations.Nullable;

/// Reads of committed data over a small fixed pool of connections.
///
/// Reads run on the caller's thread: they take microseconds from memory, less than a hand-over to
/// another thread would (ADR on SQLite).
final class Db implements Queries, AutoCloseable {
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    /// Opens one more connection for reading.
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    private final List<Statements> all = new ArrayList<>();
    private final ArrayBlockingQueue<Statements> idle;
    private final LongAdder reads = new LongAdder();

    Db(int connections, Opener opener) throws SQLException {
        idle = new ArrayBlockingQueue<>(connections);
        for (int i = 0; i < connections; i++) {
            Statements statements = new Statements(opener.open());
            all.add(statements);
            idle.add(statements);
        }
    }

    @Override
    public <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... args) {
        Statements statements = borrow();
        reads.increment();
        try {
            return statements.query(sql, mapper, args);
        } catch (SQLException e) {
            throw new StoreFailure("a read failed: " + e.getMessage(), e);
        } finally {
            idle.add(statements);
        }
    }

    long reads() {
        return reads.sum();
    }

    private Statements borrow() {
        try {
            Statements statements = idle.poll(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
            if (statements == null) {
                throw new StoreFailure(
                        "no reader came free in " + WAIT_MAX, new SQLException("readers busy"));
            }
            return statements;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailure("interrupted while waiting for a reader", e);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Statements statements : all) {
            statements.close();
        }
    }
}
