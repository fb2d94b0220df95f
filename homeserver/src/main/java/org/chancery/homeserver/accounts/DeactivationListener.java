package org.chancery.homeserver.accounts;

import org.chancery.protocol.id.UserId;

/// Told after an account was given up for good: its user must leave every room, and what is kept of
/// it goes.
@FunctionalInterface
public interface DeactivationListener {

    /// The account is given up; that is durable. Told again at the next start if the server stops
    /// before every listener is done, so it must bear repetition.
    ///
    /// @param erase whether the user wishes to be forgotten
    void deactivated(UserId user, boolean erase);
}
