package org.chancery.homeserver.accounts;

import org.chancery.protocol.id.UserId;

/// Told after a profile has changed and the change is durable: rooms show names and avatars.
@FunctionalInterface
public interface ProfileListener {

    /// The display name or the avatar of the user is another one.
    void profileChanged(UserId user);
}
