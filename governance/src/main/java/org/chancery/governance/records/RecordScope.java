package org.chancery.governance.records;

import java.util.Optional;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Which rooms are record rooms and whose mailboxes are those of the archive; known in memory, as
/// every event and every to-device message asks.
public interface RecordScope {
    /// Whether there is any record room at all. A room is one before its first event is written.
    boolean isEmpty();

    /// Whether what is said in that room is a record.
    boolean contains(RoomId room);

    /// The room of an archive user; empty where the user is none.
    Optional<RoomId> roomOf(UserId archive);

    /// Whether the archive user of a room has, or had, that device.
    boolean hasDevice(UserId archive, DeviceId device);

    /// The device to which clients encrypt now.
    Optional<DeviceId> device(UserId archive);
}
