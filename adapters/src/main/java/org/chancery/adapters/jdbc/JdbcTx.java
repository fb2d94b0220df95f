package org.chancery.adapters.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.chancery.homeserver.kernel.StoreFailure;
import org.chancery.homeserver.kernel.Tx;
import org.jspecify.annotations.Nullable;

/// The open transaction of the journal's batch; writing is possible nowhere else.
public final class JdbcTx implements Tx, Queries {
    private static final int ROWS_MAX = 32;

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

    /// Inserts a row for each value, many with one statement: to begin and end a statement costs as
    /// much as a row.
    ///
    /// @param columns the table and its columns, as in `people (id, name)`
    /// @param row the values of the columns, in their order
    public <T> void insert(String columns, List<T> values, Function<T, Object[]> row) {
        int done = 0;
        while (done < values.size()) {
            // A power of two, so that few statements are prepared.
            int rows = Integer.highestOneBit(Math.min(values.size() - done, ROWS_MAX));
            List<Object> args = new ArrayList<>();
            for (T value : values.subList(done, done + rows)) {
                args.addAll(Arrays.asList(row.apply(value)));
            }
            String marks =
                    "(" + String.join(", ", Collections.nCopies(args.size() / rows, "?")) + ")";
            String all = String.join(", ", Collections.nCopies(rows, marks));
            run("INSERT INTO " + columns + " VALUES " + all, args.toArray());
            done += rows;
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
