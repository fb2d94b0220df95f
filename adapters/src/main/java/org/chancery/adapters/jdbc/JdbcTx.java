package org.chancery.adapters.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.chancery.homeserver.kernel.StoreFailure;
import org.chancery.homeserver.kernel.Tx;
import org.jspecify.annotations.Nullable;

/// The open transaction of the journal's batch; writing is possible nowhere else.
public final class JdbcTx implements Tx, Queries {
    private final Statements statements;
    private final Dialect dialect;

    JdbcTx(Statements statements, Dialect dialect) {
        this.statements = statements;
        this.dialect = dialect;
    }

    /// The transaction that a port was handed; only [Database] makes any.
    public static JdbcTx of(Tx tx) {
        return (JdbcTx) tx;
    }

    /// Runs an INSERT, UPDATE or DELETE without RETURNING.
    ///
    /// @return the number of rows touched
    public int run(String sql, @Nullable Object... args) {
        try {
            return statements.run(sql, args);
        } catch (SQLException e) {
            throw translated(e, dialect);
        }
    }

    @Override
    public <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... args) {
        try {
            return statements.query(sql, mapper, args);
        } catch (SQLException e) {
            throw translated(e, dialect);
        }
    }

    static RuntimeException translated(SQLException e, Dialect dialect) {
        return dialect.isConstraintViolation(e)
                ? new StatementFault(e)
                : new StoreFailure("the store refused a statement: " + e.getMessage(), e);
    }
}
