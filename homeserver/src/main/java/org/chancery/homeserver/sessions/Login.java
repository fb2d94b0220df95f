package org.chancery.homeserver.sessions;

import java.util.Optional;
import org.chancery.homeserver.accounts.Account;
import org.chancery.homeserver.accounts.AccountStore;
import org.chancery.homeserver.accounts.Passwords;
import org.chancery.homeserver.accounts.Usernames;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.UserId;

/// Login by password (client-server API, "Login").
public final class Login {
    private final Usernames usernames;
    private final AccountStore accounts;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Journal journal;

    public Login(
            Usernames usernames,
            AccountStore accounts,
            Passwords passwords,
            Sessions sessions,
            Journal journal) {
        this.usernames = usernames;
        this.accounts = accounts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.journal = journal;
    }

    /// Logs in whoever knows the password.
    ///
    /// @param typed a full user id or a localpart
    /// @throws org.chancery.protocol.error.MatrixException `M_FORBIDDEN` where the user or the
    ///     password is wrong, which nobody learns; `M_USER_LOCKED`
    public Tokens byPassword(String typed, String password, Opening wish) {
        UserId user = meant(typed);
        if (!passwords.verify(user, password)) {
            throw refused();
        }
        Sessions.Opened opened =
                journal.commit(
                        Changes.at(
                                (tx, position) -> {
                                    requireUsable(accounts.find(tx, user));
                                    return sessions.open(tx, user, wish, position);
                                },
                                result -> sessions.touches(result.gone())));
        sessions.forget(opened.gone());
        return opened.tokens();
    }

    private UserId meant(String typed) {
        try {
            UserId user = usernames.meant(typed);
            if (usernames.isLocal(user)) {
                return user;
            }
        } catch (MalformedId e) {
            throw refused();
        }
        throw refused();
    }

    private static void requireUsable(Optional<Account> account) {
        if (account.isEmpty() || account.get().deactivated()) {
            throw refused();
        }
        if (account.get().locked()) {
            throw new MatrixError.UserLocked().asException();
        }
    }

    private static RuntimeException refused() {
        return new MatrixError.Forbidden("Invalid username or password").asException();
    }
}
