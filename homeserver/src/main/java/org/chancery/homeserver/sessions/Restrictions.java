package org.chancery.homeserver.sessions;

import java.util.function.Consumer;
import org.chancery.homeserver.accounts.Account;
import org.chancery.homeserver.accounts.AccountStore;
import org.chancery.homeserver.accounts.Usernames;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;

/// Locks and suspends accounts (client-server API, "Server administration"). Whoever asks must be
/// an administrator, which is checked before anything is looked up.
public final class Restrictions {
    private final AccountStore accounts;
    private final Usernames usernames;
    private final Authentication authentication;
    private final Journal journal;

    public Restrictions(
            AccountStore accounts,
            Usernames usernames,
            Authentication authentication,
            Journal journal) {
        this.accounts = accounts;
        this.usernames = usernames;
        this.authentication = authentication;
        this.journal = journal;
    }

    /// The account whose restrictions an administrator asks for.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_FORBIDDEN`, `M_INVALID_PARAM` or
    ///     `M_NOT_FOUND`
    public Account account(Session by, UserId user) {
        requireAdmin(by, user);
        return judged(by, user, accounts.find(user).orElseThrow(Restrictions::notFound));
    }

    /// Locks an account, or opens it again.
    public void lock(Session by, UserId user, boolean locked) {
        requireNotSelf(by, user);
        change(by, user, tx -> accounts.update(tx, judged(by, tx, user).withLocked(locked)));
    }

    /// Suspends an account, or ends that.
    public void suspend(Session by, UserId user, boolean suspended) {
        requireNotSelf(by, user);
        change(by, user, tx -> accounts.update(tx, judged(by, tx, user).withSuspended(suspended)));
    }

    private void change(Session by, UserId user, Consumer<Tx> how) {
        requireAdmin(by, user);
        journal.commit(
                Changes.of(
                        tx -> {
                            how.accept(tx);
                            return true;
                        }));
        authentication.forget(user);
    }

    private void requireAdmin(Session by, UserId user) {
        if (!by.admin()) {
            throw new MatrixError.Forbidden("Only an administrator may").asException();
        }
        if (!usernames.isLocal(user)) {
            throw new MatrixError.InvalidParam("The user is not of this server").asException();
        }
    }

    private static void requireNotSelf(Session by, UserId user) {
        if (by.admin() && by.user().equals(user)) {
            throw new MatrixError.Forbidden("Nobody restricts himself").asException();
        }
    }

    private Account judged(Session by, Tx tx, UserId user) {
        return judged(by, user, accounts.find(tx, user).orElseThrow(Restrictions::notFound));
    }

    private static Account judged(Session by, UserId user, Account account) {
        if (account.deactivated()) {
            throw notFound();
        }
        if (account.admin() && !by.user().equals(user)) {
            throw new MatrixError.Forbidden("The user is an administrator").asException();
        }
        return account;
    }

    private static RuntimeException notFound() {
        return new MatrixError.NotFound("User not found").asException();
    }
}
