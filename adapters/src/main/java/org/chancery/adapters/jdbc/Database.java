package org.chancery.adapters.jdbc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import org.chancery.homeserver.kernel.BatchStore;
import org.chancery.homeserver.kernel.StoreFailure;

/// An open database: one writing connection, which belongs to the journal, and a pool of readers.
public final class Database implements BatchStore, AutoCloseable {
    private static final Logger LOG = System.getLogger(Database.class.getName());
    private static final int READERS = 4;

    private final Writer writer;
    private final Db readers;
    private final JdbcTx tx;
    private boolean broken;

    Database(Writer writer, Db.Opener reading) throws SQLException {
        new Migrations(writer.dialect()).run(writer.statements().connection());
        this.writer = writer;
        this.readers = new Db(READERS, reading);
        this.tx = new JdbcTx(writer.statements(), writer.dialect());
    }

    /// Opens or makes the SQLite database `file`.
    ///
    /// @throws NewerSchema if a newer program wrote it
    /// @throws StoreFailure if it cannot be opened
    public static Database sqlite(Path file) {
        try {
            return Sqlite.open(file);
        } catch (SQLException e) {
            throw new StoreFailure("cannot open " + file + ": " + e.getMessage(), e);
        }
    }

    /// Opens a PostgreSQL database by its JDBC URL; `synchronous_commit` is forced on.
    ///
    /// @throws NewerSchema if a newer program wrote it
    /// @throws StoreFailure if it cannot be opened
    public static Database postgres(String url, String user, String password) {
        try {
            return Postgres.open(url, user, password);
        } catch (SQLException e) {
            throw new StoreFailure("cannot open " + url + ": " + e.getMessage(), e);
        }
    }

    /// Reads of committed data, for the ports' implementations.
    public Queries queries() {
        return readers;
    }

    /// What it is, for those who run the server.
    public String engine() {
        return writer.dialect().engine();
    }

    /// How much room it takes, in bytes.
    public long bytes() {
        return readers.query(writer.dialect().size(), row -> row.getLong(1)).getFirst();
    }

    /// How many statements have read from it so far, other than inside of batches.
    public long reads() {
        return readers.reads();
    }

    @Override
    public long commit(int positions, Batch batch) {
        if (broken) { // A failed commit is never followed by another.
            throw new StoreFailure("the store has stopped", new SQLException("stopped"));
        }
        try {
            writer.begin();
            long last = takePositions(positions);
            batch.write(tx, last - positions + 1);
            writer.commit();
            return last;
        } catch (SQLException e) {
            stop();
            throw new StoreFailure("the commit failed: " + e.getMessage(), e);
        } catch (StoreFailure e) {
            stop();
            throw e;
        } catch (RuntimeException e) {
            rollback();
            throw e;
        }
    }

    private long takePositions(int positions) throws SQLException {
        return writer.statements()
                .query(
                        "UPDATE positions SET last = last + ? WHERE id = 1 RETURNING last",
                        row -> row.getLong(1),
                        positions)
                .getFirst();
    }

    private void stop() {
        broken = true;
        writer.stop();
        rollback();
    }

    private void rollback() {
        try {
            writer.rollback();
        } catch (SQLException e) {
            broken = true;
            LOG.log(Level.ERROR, "a rollback failed; the store stops", e);
        }
    }

    @Override
    public long lastPosition() {
        return readers.query("SELECT last FROM positions WHERE id = 1", row -> row.getLong(1))
                .getFirst();
    }

    @Override
    public void close() {
        try (writer;
                readers) {
            broken = true;
        } catch (SQLException e) {
            throw new StoreFailure("closing the database failed", e);
        }
    }
}
