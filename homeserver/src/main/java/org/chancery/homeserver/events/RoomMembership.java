package org.chancery.homeserver.events;

import org.chancery.protocol.id.UserId;

/// A user's membership of a room.
///
/// @param membership `join`, `invite`, `knock`, `leave` or `ban`
/// @param position where in the one sequence it became so; also the position of its event, as long
///     as no resolution has changed the state since
public record RoomMembership(RoomRef room, UserId user, String membership, long position) {
    /// Whether the user is in the room.
    public boolean isJoined() {
        return membership.equals("join");
    }
}
