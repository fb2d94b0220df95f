package org.chancery.homeserver.sessions;

import java.util.List;
import org.chancery.homeserver.accounts.Account;
import org.chancery.homeserver.accounts.AccountStore;
import org.chancery.homeserver.accounts.DeactivationListener;
import org.chancery.homeserver.accounts.PasswordResetStore;
import org.chancery.homeserver.accounts.ProfileStore;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;

/// Gives accounts up for good (client-server API, "Account deactivation"). Password, sessions and
/// profile go at once; what others must do follows, and is resumed if the server stops meanwhile.
public final class Deactivation {
    private static final int RESUMED_AT_ONCE = 100;

    private final AccountStore accounts;
    private final PasswordResetStore resets;
    private final ProfileStore profiles;
    private final Sessions sessions;
    private final Journal journal;
    private final List<DeactivationListener> listeners;

    public Deactivation(
            AccountStore accounts,
            PasswordResetStore resets,
            ProfileStore profiles,
            Sessions sessions,
            Journal journal,
            List<DeactivationListener> listeners) {
        this.accounts = accounts;
        this.resets = resets;
        this.profiles = profiles;
        this.sessions = sessions;
        this.journal = journal;
        this.listeners = List.copyOf(listeners);
    }

    /// Gives the account up.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_NOT_FOUND`
    public void deactivate(UserId user, boolean erase) {
        sessions.forget(
                journal.commit(
                        Changes.at(
                                (tx, position) -> giveUp(tx, user, erase, position),
                                sessions::touches)));
        finish(user, erase);
    }

    private Sessions.Gone giveUp(Tx tx, UserId user, boolean erase, long position) {
        Account account =
                accounts.find(tx, user)
                        .orElseThrow(
                                () -> new MatrixError.NotFound("User not found").asException());
        accounts.update(tx, account.givenUp(erase));
        accounts.setPassword(tx, user, null);
        accounts.setDeparting(tx, user, true);
        resets.deleteAll(tx, user);
        profiles.delete(tx, user);
        return sessions.remove(tx, user, sessions.devices(tx, user), position);
    }

    private void finish(UserId user, boolean erase) {
        listeners.forEach(listener -> listener.deactivated(user, erase));
        journal.commit(
                Changes.of(
                        tx -> {
                            accounts.setDeparting(tx, user, false);
                            return true;
                        }));
    }

    /// Finishes what a stop of the server interrupted; called once at every start.
    public void resume() {
        List<Account> some = accounts.departing(RESUMED_AT_ONCE);
        while (!some.isEmpty()) {
            some.forEach(account -> finish(account.user(), account.erased()));
            some = accounts.departing(RESUMED_AT_ONCE);
        }
    }
}
