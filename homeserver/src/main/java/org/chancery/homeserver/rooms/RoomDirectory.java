package org.chancery.homeserver.rooms;

import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.RoomAlias;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// What the making and replacing of a room write into the directory, in the same transaction.
public interface RoomDirectory {

    /// Points the alias to the room.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_ROOM_IN_USE` if it is taken
    void claim(Tx tx, RoomAlias alias, RoomId room, UserId creator);

    /// Shows the room in the published directory.
    void publish(Tx tx, RoomId room);

    /// Takes the room out of the published directory.
    void hide(Tx tx, RoomId room);

    /// Points the aliases of a room to the one that replaces it, and publishes that instead of it
    /// if
    /// it is published.
    void move(Tx tx, RoomId from, RoomId to);
}
