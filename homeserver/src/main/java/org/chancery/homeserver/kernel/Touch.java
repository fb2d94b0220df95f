package org.chancery.homeserver.kernel;

import java.util.Collection;
import java.util.List;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// Says for whom a change is news, and in which ingredient of `/sync`.
///
/// @param users the local users who have something new; never copied, so it must not change
/// @param stream the ingredient
/// @param room the room, where the ingredient belongs to one
public record Touch(Collection<UserId> users, Stream stream, @Nullable RoomId room) {

    /// News of one user that belongs to no room.
    public static Touch of(UserId user, Stream stream) {
        return new Touch(List.of(user), stream, null);
    }
}
