package org.chancery.homeserver.rooms;

import org.chancery.protocol.id.RoomId;

/// Makes the room that somebody asks for: [RoomCreation], or what stands before it and knows other
/// kinds of rooms.
@FunctionalInterface
public interface RoomMaker {
    /// Makes the room.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_ROOM_IN_USE` if the alias is taken,
    ///     `M_INVALID_ROOM_STATE` if the rules deny what was asked for
    RoomId create(NewRoom room);
}
