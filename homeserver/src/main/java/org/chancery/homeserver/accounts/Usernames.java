package org.chancery.homeserver.accounts;

import java.util.Locale;
import java.util.function.Predicate;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;

/// From what a person types to a user id (Appendices, "User Identifiers").
public final class Usernames {
    private final ServerName server;
    private final Predicate<UserId> exclusive;
    private final AccountStore accounts;
    private final Secrets secrets;

    /// @param exclusive which user ids application services keep for themselves
    public Usernames(
            ServerName server,
            Predicate<UserId> exclusive,
            AccountStore accounts,
            Secrets secrets) {
        this.server = server;
        this.exclusive = exclusive;
        this.accounts = accounts;
        this.secrets = secrets;
    }

    public ServerName server() {
        return server;
    }

    /// Whether the user is of this server.
    public boolean isLocal(UserId user) {
        return user.server().equals(server);
    }

    /// The user id that a username asks for, lower-cased, if it may be registered.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_INVALID_USERNAME`, `M_EXCLUSIVE` or
    ///     `M_USER_IN_USE`
    public UserId available(String username) {
        UserId user = wellFormed(username);
        if (exclusive.test(user)) {
            throw new MatrixError.Exclusive("The user ID is reserved").asException();
        }
        if (accounts.find(user).isPresent()) {
            throw new MatrixError.UserInUse().asException();
        }
        return user;
    }

    /// The user id that a username stands for, whether or not it exists. Names that begin with an
    /// underscore belong to the server itself.
    public UserId wellFormed(String username) {
        UserId user;
        try {
            user = new UserId(username.toLowerCase(Locale.ROOT), server);
        } catch (MalformedId e) {
            throw invalid("The user ID would be too long or holds forbidden characters");
        }
        if (!user.isModern()) {
            throw invalid("A user ID may only contain a-z, 0-9 and -.=_/+");
        }
        if (username.startsWith("_")) {
            throw invalid("A user ID may not begin with an underscore");
        }
        return user;
    }

    /// A free user id for who does not choose one.
    public UserId generated() {
        return new UserId(secrets.localpart(), server);
    }

    /// Whom somebody means who logs in: a full user id or a localpart, in any case.
    ///
    /// @throws MalformedId when no user can be meant
    public UserId meant(String typed) {
        if (!typed.startsWith("@")) {
            UserId exact = new UserId(typed, server);
            return lowerUnlessKnown(exact);
        }
        UserId exact = UserId.parse(typed);
        return isLocal(exact) ? lowerUnlessKnown(exact) : exact;
    }

    private UserId lowerUnlessKnown(UserId exact) {
        UserId lower = new UserId(exact.localpart().toLowerCase(Locale.ROOT), exact.server());
        return lower.equals(exact) || accounts.find(exact).isPresent() ? exact : lower;
    }

    private static RuntimeException invalid(String message) {
        return new MatrixError.InvalidUsername(message).asException();
    }
}
