package org.chancery.adapters.jdbc.people;

import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.accounts.PasswordResetStore;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;

/// The table of links by which users set new passwords.
public final class JdbcPasswordResetStore implements PasswordResetStore {
    private static final String FIND =
            "SELECT user_id FROM password_resets WHERE token_hash = ? AND expires_ts > ?";

    private final Queries db;

    public JdbcPasswordResetStore(Database database) {
        this.db = database.queries();
    }

    @Override
    public Optional<UserId> find(Tx tx, String tokenHash, long nowTs) {
        return owner(JdbcTx.of(tx), tokenHash, nowTs);
    }

    @Override
    public Optional<UserId> find(String tokenHash, long nowTs) {
        return owner(db, tokenHash, nowTs);
    }

    private static Optional<UserId> owner(Queries queries, String tokenHash, long nowTs) {
        return queries.one(FIND, row -> UserId.parse(row.getString(1)), tokenHash, nowTs);
    }

    @Override
    public void replace(Tx tx, String tokenHash, UserId user, UserId createdBy, long expiresTs) {
        deleteAll(tx, user);
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO password_resets (token_hash, user_id, created_by, expires_ts)
                        VALUES (?, ?, ?, ?)
                        """,
                        tokenHash,
                        user.toString(),
                        createdBy.toString(),
                        expiresTs);
    }

    @Override
    public void deleteAll(Tx tx, UserId user) {
        JdbcTx.of(tx).run("DELETE FROM password_resets WHERE user_id = ?", user.toString());
    }
}
