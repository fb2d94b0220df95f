package org.chancery.adapters.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// The scale-out engine.
final class Postgres {
    private Postgres() {}

    static Database open(String url, String user, String password) throws SQLException {
        Connection writing = connect(url, user, password);
        return new Database(new Writing(writing), () -> connect(url, user, password));
    }

    private static Connection connect(String url, String user, String password)
            throws SQLException {
        Connection connection = DriverManager.getConnection(url, user, password);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = on");
        }
        return connection;
    }

    private record Writing(Statements statements) implements Writer {
        Writing(Connection connection) {
            this(new Statements(connection));
        }

        @Override
        public Dialect dialect() {
            return Dialect.POSTGRES;
        }

        @Override
        public void begin() throws SQLException {
            statements.connection().setAutoCommit(false);
        }

        @Override
        public void commit() throws SQLException {
            statements.connection().commit();
        }

        @Override
        public void rollback() throws SQLException {
            statements.connection().rollback();
        }

        @Override
        public void stop() {
            // Only this connection writes.
        }

        @Override
        public void close() throws SQLException {
            statements.close();
        }
    }
}
