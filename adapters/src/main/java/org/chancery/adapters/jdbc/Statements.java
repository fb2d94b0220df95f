package org.chancery.adapters.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One connection with its prepared statements; used by one thread at a time.
final class Statements implements AutoCloseable {
    private static final int CACHED_MAX = 256;

    private final Connection connection;
    private final LinkedHashMap<String, PreparedStatement> cached =
            new LinkedHashMap<>(64, 0.75f, true);

    Statements(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    <T> List<T> query(String sql, Queries.RowMapper<T> mapper, @Nullable Object... args)
            throws SQLException {
        PreparedStatement statement = bind(sql, args);
        try (ResultSet rows = statement.executeQuery()) {
            List<T> result = new ArrayList<>();
            while (rows.next()) {
                result.add(mapper.map(rows));
            }
            return result;
        }
    }

    int run(String sql, @Nullable Object... args) throws SQLException {
        return bind(sql, args).executeUpdate();
    }

    private PreparedStatement bind(String sql, @Nullable Object... args) throws SQLException {
        PreparedStatement statement = prepared(sql);
        for (int i = 0; i < args.length; i++) {
            bind(statement, i + 1, args[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object arg)
            throws SQLException {
        if (arg == null) {
            statement.setNull(index, Types.NULL);
        } else if (arg instanceof Long value) {
            statement.setLong(index, value);
        } else if (arg instanceof String value) {
            statement.setString(index, value);
        } else if (arg instanceof byte[] value) {
            statement.setBytes(index, value);
        } else if (arg instanceof Integer value) {
            statement.setInt(index, value);
        } else if (arg instanceof Boolean value) {
            statement.setBoolean(index, value);
        } else {
            throw new IllegalArgumentException("no SQL type for " + arg.getClass());
        }
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = cached.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            cached.put(sql, statement);
            if (cached.size() > CACHED_MAX) {
                Map.Entry<String, PreparedStatement> eldest = cached.firstEntry();
                cached.remove(eldest.getKey());
                eldest.getValue().close();
            }
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
