package org.chancery.homeserver.accounts;

import org.chancery.protocol.id.UserId;

/// An account of this server.
///
/// @param admin whether the user administers the server
/// @param locked whether the account cannot be used for now (client-server API, "Account locking")
/// @param suspended whether it may do only a little (client-server API, "Account suspension")
/// @param deactivated whether it was given up for good; its user id is never given out again
/// @param erased whether deactivation came with the wish to be forgotten
/// @param createdTs when it was registered, in milliseconds since 1970
public record Account(
        UserId user,
        boolean admin,
        boolean locked,
        boolean suspended,
        boolean deactivated,
        boolean erased,
        long createdTs) {

    /// An account as it is registered.
    public static Account fresh(UserId user, boolean admin, long createdTs) {
        return new Account(user, admin, false, false, false, false, createdTs);
    }

    public Account withLocked(boolean now) {
        return new Account(user, admin, now, suspended, deactivated, erased, createdTs);
    }

    public Account withSuspended(boolean now) {
        return new Account(user, admin, locked, now, deactivated, erased, createdTs);
    }

    /// The account given up; it keeps no power.
    public Account givenUp(boolean erase) {
        return new Account(user, false, locked, suspended, true, erase, createdTs);
    }
}
