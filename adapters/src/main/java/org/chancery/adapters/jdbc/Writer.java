package org.chancery.adapters.jdbc;

import java.sql.SQLException;

/// The one writing connection and how its engine's transactions begin and end.
interface Writer extends AutoCloseable {
    Dialect dialect();

    Statements statements();

    void begin() throws SQLException;

    /// Returns when the transaction is durable.
    void commit() throws SQLException;

    void rollback() throws SQLException;

    /// After a failure nothing is written any more, beside the writer either.
    void stop();

    @Override
    void close() throws SQLException;
}
