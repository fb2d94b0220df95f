package org.chancery.adapters.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;

/// The embedded engine: one file, write-ahead log, every commit fsynced.
final class Sqlite {
    private static final int BUSY_MILLIS = 10_000;
    private static final int WRITER_CACHE_KIB = 32 * 1024;
    private static final int READER_CACHE_KIB = 8 * 1024;
    private static final int CHECKPOINTER_CACHE_KIB = 256;
    private static final int PAGE_BYTES = 4096;
    private static final long LOG_BYTES_KEPT = 64L << 20;

    private Sqlite() {}

    static Database open(Path file) throws SQLException {
        String url = "jdbc:sqlite:" + file.toAbsolutePath();
        Connection connection = config(WRITER_CACHE_KIB).createConnection(url);
        return new Database(new Writing(connection, url), () -> reader(url));
    }

    /// Transactions by hand, so that between two batches none is open and the log can start again.
    private static final class Writing implements Writer {
        private final Statements statements;
        private final String url;
        private @Nullable Checkpointer checkpointer;

        Writing(Connection connection, String url) {
            this.statements = new Statements(connection);
            this.url = url;
        }

        @Override
        public Dialect dialect() {
            return Dialect.SQLITE;
        }

        @Override
        public Statements statements() {
            return statements;
        }

        @Override
        public void begin() throws SQLException {
            checkpointer().beforeBatch(statements.connection());
            statements.run("BEGIN IMMEDIATE");
        }

        @Override
        public void commit() throws SQLException {
            statements.run("COMMIT");
            checkpointer().committed();
        }

        @Override
        public void rollback() throws SQLException {
            statements.run("ROLLBACK");
        }

        @Override
        public void stop() {
            if (checkpointer != null) {
                checkpointer.stop();
            }
        }

        /// Opened with the first batch, when the file has its tables.
        private Checkpointer checkpointer() throws SQLException {
            if (checkpointer == null) {
                Connection own = config(CHECKPOINTER_CACHE_KIB).createConnection(url);
                checkpointer =
                        new Checkpointer(
                                own,
                                PAGE_BYTES,
                                Thread.ofPlatform().daemon().name("checkpointer").factory());
            }
            return checkpointer;
        }

        @Override
        public void close() throws SQLException {
            if (checkpointer != null) {
                checkpointer.close();
            }
            statements.close();
        }
    }

    private static Connection reader(String url) throws SQLException {
        SQLiteConfig config = config(READER_CACHE_KIB);
        config.setReadOnly(true);
        return config.createConnection(url);
    }

    private static SQLiteConfig config(int cacheKib) {
        SQLiteConfig config = new SQLiteConfig();
        config.setPageSize(PAGE_BYTES);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setGetGeneratedKeys(false); // Else each INSERT is followed by a query for its key.
        config.setTempStore(TempStore.MEMORY);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-cacheKib);
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "268435456");
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, "0");
        config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, String.valueOf(LOG_BYTES_KEPT));
        return config;
    }
}
