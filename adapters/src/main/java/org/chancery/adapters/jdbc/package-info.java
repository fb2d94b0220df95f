/// The database as a machine: connections, transactions, migrations, and what the two engines do
/// differently ([Dialect]). It knows no table but its own counter and cursor of migrations.
///
/// The tables stand in the rooms inside this one, a class for each port of the domain, in one text
/// of
/// portable SQL for SQLite and PostgreSQL. Writes happen only inside the transaction that the
/// journal's batch opens ([JdbcTx]); reads use a small pool of connections and see committed
/// batches
/// only ([Queries]). No room outside names a table.
@NullMarked
package org.chancery.adapters.jdbc;

import org.jspecify.annotations.NullMarked;
