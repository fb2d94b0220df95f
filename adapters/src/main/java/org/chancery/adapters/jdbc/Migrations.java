package org.chancery.adapters.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Brings a database to this program's schema: numbered SQL files, those that lack in one
/// transaction, so that a step that fails leaves the database as it was.
///
/// The files stand in `migrations.txt`, in order. A database that knows a later migration than this
/// program is refused: an older program must not write to a newer schema.
final class Migrations {
    private final List<String> names;
    private final Dialect dialect;

    Migrations(Dialect dialect) {
        this.dialect = dialect;
        this.names = text("migrations.txt").lines().filter(line -> !line.isBlank()).toList();
    }

    void run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS schema_version (number bigint NOT NULL)");
        }
        long done = version(connection);
        if (done > names.size()) {
            throw new NewerSchema(done, names.size());
        }
        if (done < names.size()) {
            migrate(connection, names.subList((int) done, names.size()));
        }
    }

    private void migrate(Connection connection, List<String> lacking) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String name : lacking) {
                for (String sql : split(dialect.translate(text("migrations/" + name)))) {
                    statement.execute(sql);
                }
            }
            statement.execute("DELETE FROM schema_version");
            statement.execute("INSERT INTO schema_version (number) VALUES (" + names.size() + ")");
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static long version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT number FROM schema_version")) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /// Statements end with a semicolon at the end of a line; a line that starts with `--` is a
    /// comment.
    static List<String> split(String script) {
        String bare =
                script.lines()
                        .filter(line -> !line.stripLeading().startsWith("--"))
                        .collect(Collectors.joining("\n", "", "\n"));
        return List.of(bare.split(";[ \t]*\n", -1)).stream()
                .map(String::strip)
                .filter(sql -> !sql.isEmpty())
                .toList();
    }

    private static String text(String name) {
        try (InputStream in =
                Objects.requireNonNull(Migrations.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
