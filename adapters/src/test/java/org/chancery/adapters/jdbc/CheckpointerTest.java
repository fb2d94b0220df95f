package org.chancery.adapters.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointerTest {
    private static final int PAGE_BYTES = 4096;

    @TempDir private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private Connection writer;

    @BeforeEach
    void open() throws SQLException {
        writer = connect();
        run("PRAGMA journal_mode = WAL");
        run("PRAGMA wal_autocheckpoint = 0");
        run("CREATE TABLE pages (content blob)");
    }

    @AfterEach
    void close() throws SQLException {
        writer.close();
    }

    @Test
    @Timeout(60)
    void what_was_committed_reaches_the_file_though_the_writer_does_nothing_for_it()
            throws Exception {
        long before = Files.size(file());
        try (Checkpointer checkpointer = new Checkpointer(connect(), PAGE_BYTES, Thread::new)) {
            write(1);
            checkpointer.committed();

            while (Files.size(file()) < before + (1 << 20)) {
                Thread.onSpinWait();
            }
        }

        assertEquals(1, count());
    }

    @Test
    void a_log_grown_too_long_starts_again_under_a_writer_that_never_rests() throws Exception {
        long longest = 0;
        try (Checkpointer checkpointer = new Checkpointer(connect(), PAGE_BYTES, Thread::new)) {
            for (int i = 0; i < 400; i++) { // 400 MiB through a log of 64
                checkpointer.beforeBatch(writer);
                write(1);
                checkpointer.committed();
                longest = Math.max(longest, Files.size(folder.resolve("test.db-wal")));
            }
        }

        assertEquals(400, count());
        assertTrue(longest < 300L << 20, "the log grew to " + longest);
    }

    @Test
    @Timeout(60)
    void a_move_that_fails_stops_the_writer() throws Exception {
        Connection own = connect();
        own.close();

        try (Checkpointer checkpointer = new Checkpointer(own, PAGE_BYTES, Thread::new)) {
            checkpointer.committed();

            assertThrows(
                    SQLException.class,
                    () -> {
                        while (true) {
                            checkpointer.beforeBatch(writer);
                            Thread.onSpinWait();
                        }
                    });
        }
    }

    @Test
    @Timeout(60)
    void nothing_is_moved_once_the_writer_has_failed() throws Exception {
        long before = Files.size(file());
        try (Checkpointer checkpointer = new Checkpointer(connect(), PAGE_BYTES, Thread::new)) {
            checkpointer.stop();
            write(1);
            checkpointer.committed();
        }

        assertEquals(before, Files.size(file()));
    }

    private void write(int mebibytes) throws SQLException {
        run("INSERT INTO pages VALUES (randomblob(" + (mebibytes << 20) + "))");
    }

    private int count() throws SQLException {
        try (Statement statement = writer.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pages")) {
            return row.getInt(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file());
    }

    private Path file() {
        return folder.resolve("test.db");
    }
}
