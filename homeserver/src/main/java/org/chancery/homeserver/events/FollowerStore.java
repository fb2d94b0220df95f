package org.chancery.homeserver.events;

import org.chancery.homeserver.kernel.Tx;

/// The durable cursors of the followers.
public interface FollowerStore {

    /// The position up to which the follower has done its work; 0 for one that is new.
    long cursor(String follower);

    /// Moves a cursor, if it stands where the caller believes.
    ///
    /// @return whether it was moved
    boolean move(Tx tx, String follower, long from, long to);
}
