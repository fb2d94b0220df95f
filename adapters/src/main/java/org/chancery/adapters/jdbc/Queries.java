package org.chancery.adapters.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads, either of committed data ([Db]) or inside the open transaction ([JdbcTx]).
///
/// Arguments are `Long`, `Integer`, `String`, `Boolean`, `byte[]` or null, bound in order.
public interface Queries {

    /// Makes a value of the row at which the cursor stands.
    @FunctionalInterface
    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /// All rows of a query that is bounded by its own text.
    <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... args);

    /// The first row.
    default <T> Optional<T> one(String sql, RowMapper<T> mapper, @Nullable Object... args) {
        List<T> rows = query(sql, mapper, args);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /// Question marks for an `IN` list, padded to a power of two so that few statements are cached;
    /// the caller repeats its last argument to fill [#padded].
    static String marks(int count) {
        return String.join(",", Collections.nCopies(padded(count), "?"));
    }

    /// Positions for an `IN` list, the last one repeated to fill [#marks].
    static Object[] padded(Collection<Long> positions) {
        Object[] arguments = new Object[padded(positions.size())];
        int filled = 0;
        Long last = 0L;
        for (Long position : positions) {
            last = position;
            arguments[filled++] = position;
        }
        while (filled < arguments.length) {
            arguments[filled++] = last;
        }
        return arguments;
    }

    /// The least power of two that is not below `count`.
    static int padded(int count) {
        return count <= 1 ? 1 : Integer.highestOneBit(count - 1) << 1;
    }
}
