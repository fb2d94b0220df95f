package org.chancery.governance.records;

import java.util.Optional;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;

/// The table of what came for the archive's devices and from whom: what coverage is told by. What
/// the messages hold lies in the pieces.
public interface LetterStore {
    /// A device that sends.
    record Sender(UserId user, DeviceId device) {}

    /// A letter's place and time.
    record Mark(long id, long at) {}

    void insert(Tx tx, Place place, Sender sender, Letter letter);

    /// How many letters stand at a position.
    int countAt(Tx tx, long position);

    /// The last Olm message of a sender for a room's archive before `before` in ids.
    Optional<Mark> lastOlm(RoomRef room, Sender sender, long before);

    /// The code with which a sender withholds that session from the archive, if so: the last one.
    Optional<String> withheld(RoomRef room, Sender sender, String session);
}
