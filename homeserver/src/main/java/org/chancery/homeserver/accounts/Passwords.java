package org.chancery.homeserver.accounts;

import java.time.Duration;
import java.util.Optional;
import org.chancery.homeserver.kernel.RateLimiter;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;

/// What a password must be, and whether it is the right one.
public final class Passwords {
    /// Fewest characters of a new password.
    public static final int LENGTH_MIN = 8;

    /// Most characters of any password. Longer ones are refused, never cut.
    public static final int LENGTH_MAX = 1_024;

    private final AccountStore accounts;
    private final PasswordHash hash;
    private final RateLimiter attempts;

    /// @param attempts how often one account's password may be tried, whoever tries
    public Passwords(AccountStore accounts, PasswordHash hash, RateLimiter attempts) {
        this.accounts = accounts;
        this.hash = hash;
        this.attempts = attempts;
    }

    /// Refuses a new password that is too weak.
    public void requireStrong(String password) {
        if (password.codePointCount(0, password.length()) < LENGTH_MIN) {
            throw new MatrixError.WeakPassword(
                            "A password needs at least " + LENGTH_MIN + " characters")
                    .asException();
        }
        if (password.length() > LENGTH_MAX) {
            throw new MatrixError.InvalidParam(
                            "A password has at most " + LENGTH_MAX + " characters")
                    .asException();
        }
    }

    /// The hash to store of a new password, which must be strong enough.
    public String hashOf(String password) {
        requireStrong(password);
        return hash.hash(password);
    }

    /// Whether this is the user's password. Every attempt counts against the account.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_LIMIT_EXCEEDED` after too many
    public boolean verify(UserId user, String password) {
        Optional<Duration> wait = attempts.take(user.toString());
        if (wait.isPresent()) {
            throw new MatrixError.LimitExceeded(wait.get()).asException();
        }
        boolean tooLong = password.length() > LENGTH_MAX;
        String stored = tooLong ? null : accounts.passwordHash(user).orElse(null);
        return hash.matches(tooLong ? "" : password, stored);
    }
}
