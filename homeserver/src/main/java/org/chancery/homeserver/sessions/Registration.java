package org.chancery.homeserver.sessions;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.accounts.Account;
import org.chancery.homeserver.accounts.AccountStore;
import org.chancery.homeserver.accounts.Invitations;
import org.chancery.homeserver.accounts.Passwords;
import org.chancery.homeserver.accounts.Usernames;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// Makes accounts (client-server API, "Account registration and management"). The account, the use
/// of the invitation and the first session are one change: either all are there or none.
public final class Registration {
    private final Usernames usernames;
    private final AccountStore accounts;
    private final Passwords passwords;
    private final Invitations invitations;
    private final Sessions sessions;
    private final Journal journal;
    private final InstantSource clock;

    /// What is asked for, after whoever asks has shown that he may.
    ///
    /// @param user a checked user id; null to have one made
    /// @param invitation the token by which he may; null where none was needed
    /// @param admin whether the account is to administer the server in any case
    /// @param opening the first session; null for none
    public record Wish(
            @Nullable UserId user,
            String password,
            @Nullable String invitation,
            boolean admin,
            @Nullable Opening opening) {}

    /// An account that was made.
    public record Registered(UserId user, Optional<Tokens> tokens) {}

    public Registration(
            Usernames usernames,
            AccountStore accounts,
            Passwords passwords,
            Invitations invitations,
            Sessions sessions,
            Journal journal,
            InstantSource clock) {
        this.usernames = usernames;
        this.accounts = accounts;
        this.passwords = passwords;
        this.invitations = invitations;
        this.sessions = sessions;
        this.journal = journal;
        this.clock = clock;
    }

    /// Makes the account.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_USER_IN_USE`, `M_WEAK_PASSWORD`, or
    ///     `M_FORBIDDEN` where the invitation has been used up meanwhile
    public Registered register(Wish wish) {
        String hash = passwords.hashOf(wish.password());
        UserId user = wish.user() == null ? usernames.generated() : wish.user();
        return journal.commit(
                Changes.at(
                        (tx, position) -> register(tx, user, hash, wish, position),
                        _ -> List.of()));
    }

    private Registered register(Tx tx, UserId user, String hash, Wish wish, long position) {
        if (accounts.find(tx, user).isPresent()) {
            throw new MatrixError.UserInUse().asException();
        }
        boolean admin = wish.admin();
        if (wish.invitation() != null) {
            admin |= invitations.claim(tx, wish.invitation());
        }
        accounts.insert(tx, Account.fresh(user, admin, clock.millis()), hash);
        if (wish.opening() == null) {
            return new Registered(user, Optional.empty());
        }
        Sessions.Opened opened = sessions.open(tx, user, wish.opening(), position);
        return new Registered(user, Optional.of(opened.tokens()));
    }
}
