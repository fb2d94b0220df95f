package org.chancery.adapters.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Moves what was committed from SQLite's write-ahead log to the database file, beside the writer
/// and on a connection of its own, so that no commit waits for it (ADR 3).
///
/// The log starts again at its beginning when a batch begins while all of it has been moved. Under
/// constant load that never happens by itself: past [#LOG_BYTES_MAX] the writer is asked to move
/// the rest between two batches, which is little.
final class Checkpointer implements AutoCloseable {
    private static final long PAUSE_MILLIS = 1_000;
    private static final long LOG_BYTES_MAX = 64L << 20;
    private static final String MOVE = "PRAGMA wal_checkpoint(PASSIVE)";

    private final Connection connection;
    private final int pageBytes;
    private final Semaphore written = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean writerIsAsked;

    /// Starts at once; `connection` is closed with it.
    Checkpointer(Connection connection, int pageBytes, ThreadFactory threads) {
        this.connection = connection;
        this.pageBytes = pageBytes;
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /// Called by the writer after each commit.
    void committed() {
        if (written.availablePermits() == 0) {
            written.release();
        }
    }

    /// Called by the writer between two batches, on its own connection.
    ///
    /// @throws SQLException also when an earlier move failed: a page that could not be written to
    ///     the file is no ground to go on writing to the log
    void beforeBatch(Connection writer) throws SQLException {
        SQLException failed = failure.get();
        if (failed != null) {
            throw new SQLException("the log can't be moved to the database file", failed);
        }
        if (writerIsAsked) {
            move(writer);
            writerIsAsked = false;
        }
    }

    /// Begins no further move. A failed fsync of the log is never followed by another one.
    void stop() {
        closing.countDown();
        written.release();
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                written.acquire();
                if (closing.getCount() > 0 && !writerIsAsked) {
                    writerIsAsked = move(connection) * pageBytes > LOG_BYTES_MAX;
                }
                if (closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (SQLException e) {
            failure.set(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Nobody else interrupts it: it ends.
        }
    }

    /// The length of the log in pages.
    private static long move(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(MOVE)) {
            return row.next() ? row.getLong("log") : 0;
        }
    }

    @Override
    public void close() throws SQLException {
        stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
