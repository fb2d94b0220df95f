package org.chancery.governance.rooms;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// The tables of record rooms and of the devices of their archive users.
public interface RecordRoomStore {
    /// A room that is to be closed, as a record room has taken its place.
    ///
    /// @param by who asked for that
    record Closing(RoomId replaced, RoomId by, UserId asker) {}

    /// Record rooms in the order of their ids, after `after` (the empty text: from the first).
    List<RecordRoom> page(String after, int limit);

    /// The room as the open transaction sees it.
    Optional<RecordRoom> find(Tx tx, RoomId room);

    /// The devices that an archive user has had, the first one first.
    List<DeviceTerm> devices(UserId archive);

    /// As [#devices(UserId)], but sees what earlier changes of the open transaction did.
    List<DeviceTerm> devices(Tx tx, UserId archive);

    /// Writes a new room with its first device.
    ///
    /// @param replaced the room that is to be closed then
    void insert(Tx tx, RecordRoom room, DeviceTerm first, UserId asker, Optional<RoomId> replaced);

    /// Ends the term of the device that is published and begins that of the next.
    void rotate(Tx tx, UserId archive, DeviceTerm next);

    /// Rooms that are still to be closed.
    List<Closing> closings(int limit);

    /// The room has been closed, or never will be.
    void closed(Tx tx, RoomId by);
}
