package org.chancery.adapters.jdbc;

import java.sql.SQLException;

/// What differs between the two engines; all other SQL is one text for both.
enum Dialect {
    SQLITE("integer primary key", "") {
        @Override
        boolean isConstraintViolation(SQLException e) {
            return (e.getErrorCode() & 0xff) == 19; // SQLITE_CONSTRAINT and its extended codes
        }
    },
    POSTGRES("bigint primary key", "COLLATE \"C\"") {
        @Override
        boolean isConstraintViolation(SQLException e) {
            String state = e.getSQLState();
            // 23: integrity constraint; 22: data that no column takes, such as NUL in a text.
            return state != null && (state.startsWith("23") || state.startsWith("22"));
        }
    };

    private final String positionKey;
    private final String bytewise;

    Dialect(String positionKey, String bytewise) {
        this.positionKey = positionKey;
        this.bytewise = bytewise;
    }

    /// Whether the statement, and not the disk, is at fault.
    abstract boolean isConstraintViolation(SQLException e);

    /// Migrations write `{position_key}` for a 64-bit primary key that is the row's own address,
    /// and
    /// `{bytewise}` behind a text that is ordered by its bytes, whatever the language of the
    /// engine.
    String translate(String migration) {
        return migration.replace("{position_key}", positionKey).replace("{bytewise}", bytewise);
    }
}
