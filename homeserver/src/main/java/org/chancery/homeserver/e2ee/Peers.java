package org.chancery.homeserver.e2ee;

import java.util.Collection;
import org.chancery.protocol.id.UserId;

/// Who shares a room with whom.
@FunctionalInterface
public interface Peers {
    /// The users who share a room with the user now, as far as it is committed.
    Collection<UserId> of(UserId user);
}
