package org.chancery.homeserver.e2ee;

import java.util.Collection;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;

/// Who shares a room with whom.
@FunctionalInterface
public interface Peers {
    /// The users who share a room with the user now, as the open transaction sees it.
    Collection<UserId> of(Tx tx, UserId user);
}
