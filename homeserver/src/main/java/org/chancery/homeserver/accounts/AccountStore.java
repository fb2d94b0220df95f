package org.chancery.homeserver.accounts;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// The table of accounts.
public interface AccountStore {

    Optional<Account> find(UserId user);

    /// As [#find(UserId)], but sees what earlier changes of the open transaction did.
    Optional<Account> find(Tx tx, UserId user);

    /// The hash of the password; empty where there is no such account or it has none.
    Optional<String> passwordHash(UserId user);

    /// Accounts in the order of their user ids, after `after` (the empty text: from the first).
    List<Account> page(String after, int limit);

    /// How many accounts there are, given-up ones among them.
    long count();

    /// Whether anyone administers the server.
    boolean hasAdmin(Tx tx);

    /// Accounts that were given up, but whose departure from rooms has not been reported as done.
    List<Account> departing(int limit);

    void insert(Tx tx, Account account, @Nullable String passwordHash);

    /// Writes the flags of an account.
    void update(Tx tx, Account account);

    void setPassword(Tx tx, UserId user, @Nullable String passwordHash);

    /// Notes whether a given-up account has still to leave its rooms.
    void setDeparting(Tx tx, UserId user, boolean departing);
}
