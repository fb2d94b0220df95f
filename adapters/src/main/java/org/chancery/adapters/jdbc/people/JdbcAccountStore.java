package org.chancery.adapters.jdbc.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.accounts.Account;
import org.chancery.homeserver.accounts.AccountStore;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// The table of accounts. With it go the words by which people are found.
public final class JdbcAccountStore implements AccountStore {
    private static final String COLUMNS =
            "user_id, admin, locked, suspended, deactivated, erased, created_ts";

    private static final String FIND = "SELECT " + COLUMNS + " FROM accounts WHERE user_id = ?";

    private final Queries db;

    public JdbcAccountStore(Database database) {
        this.db = database.queries();
    }

    @Override
    public Optional<Account> find(UserId user) {
        return db.one(FIND, JdbcAccountStore::account, user.toString());
    }

    @Override
    public Optional<Account> find(Tx tx, UserId user) {
        return JdbcTx.of(tx).one(FIND, JdbcAccountStore::account, user.toString());
    }

    @Override
    public Optional<String> passwordHash(UserId user) {
        return db.one(
                """
                SELECT password_hash FROM accounts
                WHERE user_id = ? AND password_hash IS NOT NULL
                """,
                row -> row.getString(1),
                user.toString());
    }

    @Override
    public List<Account> page(String after, int limit) {
        return db.query(
                "SELECT " + COLUMNS + " FROM accounts WHERE user_id > ? ORDER BY user_id LIMIT ?",
                JdbcAccountStore::account,
                after,
                limit);
    }

    @Override
    public long count() {
        return db.query("SELECT count(*) FROM accounts", row -> row.getLong(1)).getFirst();
    }

    @Override
    public boolean hasAdmin(Tx tx) {
        return JdbcTx.of(tx)
                .one("SELECT 1 FROM accounts WHERE admin LIMIT 1", _ -> true)
                .isPresent();
    }

    @Override
    public List<Account> departing(int limit) {
        return db.query(
                "SELECT " + COLUMNS + " FROM accounts WHERE departing ORDER BY user_id LIMIT ?",
                JdbcAccountStore::account,
                limit);
    }

    @Override
    public void insert(Tx tx, Account account, @Nullable String passwordHash) {
        JdbcTx batch = JdbcTx.of(tx);
        batch.run(
                """
                        INSERT INTO accounts (user_id, created_ts, password_hash, admin, locked,
                            suspended, deactivated, erased, departing)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, false)
                        """,
                account.user().toString(),
                account.createdTs(),
                passwordHash,
                account.admin(),
                account.locked(),
                account.suspended(),
                account.deactivated(),
                account.erased());
        UserWords.update(batch, account.user());
    }

    @Override
    public void update(Tx tx, Account account) {
        JdbcTx batch = JdbcTx.of(tx);
        batch.run(
                """
                        UPDATE accounts
                        SET admin = ?, locked = ?, suspended = ?, deactivated = ?, erased = ?
                        WHERE user_id = ?
                        """,
                account.admin(),
                account.locked(),
                account.suspended(),
                account.deactivated(),
                account.erased(),
                account.user().toString());
        if (account.deactivated()) {
            UserWords.update(batch, account.user());
        }
    }

    @Override
    public void setPassword(Tx tx, UserId user, @Nullable String passwordHash) {
        JdbcTx.of(tx)
                .run(
                        "UPDATE accounts SET password_hash = ? WHERE user_id = ?",
                        passwordHash,
                        user.toString());
    }

    @Override
    public void setDeparting(Tx tx, UserId user, boolean departing) {
        JdbcTx.of(tx)
                .run(
                        "UPDATE accounts SET departing = ? WHERE user_id = ?",
                        departing,
                        user.toString());
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                UserId.parse(row.getString("user_id")),
                row.getBoolean("admin"),
                row.getBoolean("locked"),
                row.getBoolean("suspended"),
                row.getBoolean("deactivated"),
                row.getBoolean("erased"),
                row.getLong("created_ts"));
    }
}
