/// Every table of the server, and the ports of the domain over them.
///
/// One text of portable SQL serves SQLite and PostgreSQL; what differs stands in [Dialect]. Writes
/// happen only inside the transaction that the journal's batch opens ([JdbcTx]); reads use a small
/// pool of connections and see committed batches only. No other room names a table.
@NullMarked
package org.chancery.adapters.jdbc;

import org.jspecify.annotations.NullMarked;
