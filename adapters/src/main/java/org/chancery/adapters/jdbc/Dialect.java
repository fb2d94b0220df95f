package org.chancery.adapters.jdbc;

import java.sql.SQLException;

/// What differs between the two engines; all other SQL is one text for both.
enum Dialect {
    SQLITE("SQLite", "integer primary key", "") {
        @Override
        String size() {
            return "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";
        }

        @Override
        boolean isConstraintViolation(SQLException e) {
            return (e.getErrorCode() & 0xff) == 19; // SQLITE_CONSTRAINT and its extended codes
        }
    },
    POSTGRES("PostgreSQL", "bigint primary key", "COLLATE \"C\"") {
        @Override
        String size() {
            return "SELECT pg_database_size(current_database())";
        }

        @Override
        boolean isConstraintViolation(SQLException e) {
            String state = e.getSQLState();
            // 23: integrity constraint; 22: data that no column takes, such as NUL in a text.
            return state != null && (state.startsWith("23") || state.startsWith("22"));
        }
    };

    private final String engine;
    private final String positionKey;
    private final String bytewise;

    Dialect(String engine, String positionKey, String bytewise) {
        this.engine = engine;
        this.positionKey = positionKey;
        this.bytewise = bytewise;
    }

    /// The name of the engine, as people know it.
    String engine() {
        return engine;
    }

    /// Asks for the bytes that the database takes.
    abstract String size();

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
