package org.chancery.adapters.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// The scale-out engine.
final class Postgres {
    private Postgres() {}

    static Database open(String url, String user, String password) throws SQLException {
        Connection writer = connect(url, user, password);
        return new Database(Dialect.POSTGRES, writer, () -> connect(url, user, password), () -> {});
    }

    private static Connection connect(String url, String user, String password)
            throws SQLException {
        Connection connection = DriverManager.getConnection(url, user, password);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = on");
        }
        return connection;
    }
}
