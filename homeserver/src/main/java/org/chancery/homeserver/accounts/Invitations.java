package org.chancery.homeserver.accounts;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// Who may register: whoever holds a token that an administrator made (client-server API,
/// "Token-authenticated registration"), and the first administrator, who holds the one that the
/// server itself made.
public final class Invitations {
    /// Most tokens kept at a time.
    public static final int KEPT_MAX = 10_000;

    /// Longest life of a token.
    public static final Duration LIFE_MAX = Duration.ofDays(366);

    private static final int TOKEN_LENGTH_MAX = 64;

    private final InvitationStore store;
    private final AccountStore accounts;
    private final Journal journal;
    private final Secrets secrets;
    private final InstantSource clock;

    /// A token, told once, and what is kept of it.
    public record Made(String token, Invitation invitation) {}

    public Invitations(
            InvitationStore store,
            AccountStore accounts,
            Journal journal,
            Secrets secrets,
            InstantSource clock) {
        this.store = store;
        this.accounts = accounts;
        this.journal = journal;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// Makes an invitation in an administrator's name.
    public Made invite(UserId by, OptionalLong usesAllowed, Optional<Duration> life) {
        if (usesAllowed.isPresent() && usesAllowed.getAsLong() < 1) {
            throw new MatrixError.InvalidParam("uses_allowed must be at least 1").asException();
        }
        if (life.isPresent() && (!life.get().isPositive() || life.get().compareTo(LIFE_MAX) > 0)) {
            throw new MatrixError.InvalidParam("expires_in_ms must be within a year").asException();
        }
        OptionalLong expires =
                life.isPresent()
                        ? OptionalLong.of(clock.millis() + life.get().toMillis())
                        : OptionalLong.empty();
        Made made = make(by.toString(), usesAllowed, expires, false);
        journal.commit(Changes.of(tx -> keep(tx, made)));
        return made;
    }

    private Made make(
            @Nullable String by, OptionalLong usesAllowed, OptionalLong expires, boolean admin) {
        String token = secrets.token();
        String id = Secrets.nameOf(Secrets.hash(token));
        return new Made(
                token, new Invitation(id, by, clock.millis(), usesAllowed, 0, expires, admin));
    }

    private boolean keep(Tx tx, Made made) {
        long now = made.invitation().createdTs();
        if (store.count(tx) >= KEPT_MAX) {
            if (store.countValid(tx, now) >= KEPT_MAX) {
                throw new MatrixError.InvalidParam("Too many invitations are open").asException();
            }
            store.deleteInvalid(tx, now);
        }
        store.insert(tx, Secrets.hash(made.token()), made.invitation());
        return true;
    }

    /// The token with which the first administrator registers; empty once there is one. Each call
    /// makes a new token and ends the last, so it is called once at every start.
    public Optional<String> firstAdministrator() {
        Made made = make(null, OptionalLong.of(1), OptionalLong.empty(), true);
        boolean needed =
                journal.commit(
                        Changes.of(
                                tx -> {
                                    store.deleteAdminMaking(tx);
                                    if (accounts.hasAdmin(tx)) {
                                        return false;
                                    }
                                    store.insert(tx, Secrets.hash(made.token()), made.invitation());
                                    return true;
                                }));
        return needed ? Optional.of(made.token()) : Optional.empty();
    }

    /// Whether an account can be made with the token at this moment.
    public boolean isValid(String token) {
        return token.length() <= TOKEN_LENGTH_MAX
                && store.find(Secrets.hash(token))
                        .filter(invitation -> invitation.isValidAt(clock.millis()))
                        .isPresent();
    }

    /// Uses the token up by one, inside the transaction that makes the account.
    ///
    /// @return whether the account is to administer the server
    /// @throws org.chancery.protocol.error.MatrixException `M_FORBIDDEN` when somebody was faster
    public boolean claim(Tx tx, String token) {
        String hash = Secrets.hash(token);
        Invitation invitation =
                store.find(tx, hash)
                        .filter(found -> found.isValidAt(clock.millis()))
                        .orElseThrow(
                                () ->
                                        new MatrixError.Forbidden("The token is no longer valid")
                                                .asException());
        store.used(tx, hash);
        return invitation.makesAdmin();
    }

    /// Invitations in the order of their ids.
    public List<Invitation> page(String after, int limit) {
        return store.page(after, limit);
    }

    /// Takes an invitation back.
    public void revoke(String id) {
        boolean written = id.chars().allMatch(c -> c > 0x20 && c < 0x7F);
        if (!written || !journal.commit(Changes.of(tx -> store.delete(tx, id)))) {
            throw new MatrixError.NotFound("No such invitation").asException();
        }
    }
}
