package org.chancery.adapters.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/// Makes a value of the row at which the cursor stands.
@FunctionalInterface
interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
}
