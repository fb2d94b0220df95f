package org.chancery.governance.records;

import java.util.Map;
import org.chancery.archive.stock.Digest;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;

/// The table of the last keys of each member that the archive of a room has noted.
public interface MemberKeyStore {
    /// The digests of the keys, by what they are of: a device's ID, or the empty text for the
    /// user's cross-signing keys.
    Map<String, Digest> noted(Tx tx, RoomRef room, UserId user);

    void note(Tx tx, RoomRef room, UserId user, String of, Digest keys);

    void forget(Tx tx, RoomRef room, UserId user, String of);
}
