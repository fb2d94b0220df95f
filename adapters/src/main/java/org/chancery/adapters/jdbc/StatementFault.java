package org.chancery.adapters.jdbc;

import java.sql.SQLException;

/// A statement was refused by the engine for a reason that lies in the statement, not in the disk:
/// a bug of ours. The transaction is rolled back; the store goes on.
final class StatementFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    StatementFault(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
