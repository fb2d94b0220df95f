package org.chancery.governance.rooms;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.rooms.NewRoom;
import org.chancery.protocol.id.RoomAlias;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// What somebody who asks for a record room wants it to be.
///
/// @param keepOrder who keeps order beside the asker
/// @param banned who is kept out
/// @param isDirect marks the invitations as those of a direct chat
/// @param state further state, which the service sets: name, topic and the like
/// @param replaces the chat whose place it takes
public record RecordRoomWish(
        RoomClass roomClass,
        UserId asker,
        List<UserId> invited,
        List<UserId> keepOrder,
        List<UserId> banned,
        boolean isDirect,
        Optional<RoomAlias> alias,
        List<NewRoom.InitialState> state,
        Optional<RoomId> replaces) {
    public RecordRoomWish {
        invited = List.copyOf(invited);
        keepOrder = List.copyOf(keepOrder);
        banned = List.copyOf(banned);
        state = List.copyOf(state);
    }
}
