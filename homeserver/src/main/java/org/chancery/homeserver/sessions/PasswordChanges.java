package org.chancery.homeserver.sessions;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.chancery.homeserver.accounts.Account;
import org.chancery.homeserver.accounts.AccountStore;
import org.chancery.homeserver.accounts.PasswordResetStore;
import org.chancery.homeserver.accounts.Passwords;
import org.chancery.homeserver.accounts.Secrets;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;

/// New passwords: chosen by who is logged in, or by who holds a link that an administrator made.
/// An administrator never chooses or learns one.
public final class PasswordChanges {
    private static final Duration LINK_LIFE = Duration.ofDays(1);

    private final AccountStore accounts;
    private final PasswordResetStore resets;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Journal journal;
    private final Secrets secrets;
    private final InstantSource clock;

    /// The token of a link, told once.
    public record Link(String token, long expiresTs) {}

    public PasswordChanges(
            AccountStore accounts,
            PasswordResetStore resets,
            Passwords passwords,
            Sessions sessions,
            Journal journal,
            Secrets secrets,
            InstantSource clock) {
        this.accounts = accounts;
        this.resets = resets;
        this.passwords = passwords;
        this.sessions = sessions;
        this.journal = journal;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// Changes one's own password (client-server API, "Password management").
    ///
    /// @param logoutOthers whether every other session ends
    public void change(Session session, String password, boolean logoutOthers) {
        String hash = passwords.hashOf(password);
        UserId user = session.user();
        sessions.forget(
                journal.commit(
                        Changes.at(
                                (tx, position) -> {
                                    List<DeviceId> others =
                                            logoutOthers
                                                    ? others(tx, user, session.device())
                                                    : List.of();
                                    return set(tx, user, hash, others, position);
                                },
                                sessions::touches)));
    }

    private List<DeviceId> others(Tx tx, UserId user, DeviceId own) {
        return sessions.devices(tx, user).stream().filter(one -> !one.equals(own)).toList();
    }

    private Sessions.Gone set(
            Tx tx, UserId user, String hash, List<DeviceId> devices, long position) {
        accounts.setPassword(tx, user, hash);
        resets.deleteAll(tx, user);
        return sessions.remove(tx, user, devices, position);
    }

    /// Makes a link for a user who has lost the password. The user's older links end.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_NOT_FOUND`
    public Link makeLink(UserId by, UserId user) {
        String token = secrets.token();
        long expires = clock.millis() + LINK_LIFE.toMillis();
        journal.commit(
                Changes.of(
                        tx -> {
                            if (accounts.find(tx, user).map(Account::deactivated).orElse(true)) {
                                throw new MatrixError.NotFound("User not found").asException();
                            }
                            resets.replace(tx, Secrets.hash(token), user, by, expires);
                            return true;
                        }));
        return new Link(token, expires);
    }

    /// Sets a password by a link, which it uses up, and ends the user's sessions.
    ///
    /// @return whose password it is
    /// @throws org.chancery.protocol.error.MatrixException `M_FORBIDDEN` where the link is not good
    public UserId reset(String token, String password, boolean logoutDevices) {
        String tokenHash = Secrets.hash(token);
        // Asked before the slow hash, so that nonsense costs little; claimed inside.
        if (resets.find(tokenHash, clock.millis()).isEmpty()) {
            throw notGood();
        }
        String hash = passwords.hashOf(password);
        Sessions.Gone gone =
                journal.commit(
                        Changes.at(
                                (tx, position) -> {
                                    UserId user = claim(tx, tokenHash);
                                    List<DeviceId> devices =
                                            logoutDevices ? sessions.devices(tx, user) : List.of();
                                    return set(tx, user, hash, devices, position);
                                },
                                sessions::touches));
        sessions.forget(gone);
        return gone.user();
    }

    private UserId claim(Tx tx, String tokenHash) {
        UserId user =
                resets.find(tx, tokenHash, clock.millis()).orElseThrow(PasswordChanges::notGood);
        if (accounts.find(tx, user).filter(Account::deactivated).isPresent()) {
            throw notGood();
        }
        return user;
    }

    private static RuntimeException notGood() {
        return new MatrixError.Forbidden("The link is not valid any more").asException();
    }
}
