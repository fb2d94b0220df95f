package org.chancery.adapters.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Columns that may be null, and arguments for them.
public final class Columns {
    private Columns() {}

    /// A number, empty for NULL.
    public static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /// A text, null for NULL.
    @SuppressWarnings("NullAway") // JDBC answers null for NULL, whatever its annotations leave out.
    public static @Nullable String text(ResultSet row, String column) throws SQLException {
        return row.getString(column);
    }

    /// The argument for a number that may be missing.
    public static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? (Long) value.getAsLong() : null;
    }
}
