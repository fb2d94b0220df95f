package org.chancery.homeserver.e2ee;

import java.util.Set;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;

/// The durable log of changes of users' keys and devices.
public interface DeviceListStore {
    /// Writes that the user has changed, for everyone to see.
    void insert(Tx tx, long position, UserId changed);

    /// Writes that the user has changed for the eyes of one other user only.
    void insert(Tx tx, long position, UserId changed, UserId seenBy);

    /// Who changed within `(after, upTo]` for everyone to see.
    Set<UserId> changed(long after, long upTo);

    /// Who changed within `(after, upTo]` for the eyes of this user only.
    Set<UserId> changedFor(UserId viewer, long after, long upTo);
}
