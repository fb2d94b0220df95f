package org.chancery.homeserver.sync;

import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;

/// How a user stands to one room within the span of a sync.
///
/// @param section the part of the answer in which the room is told of
/// @param membership the user's membership at the end
/// @param after the position behind which the timeline begins; zero if the client does not know the
///     room yet
/// @param upTo the position at which the room ends for the user: now, or where he left
/// @param whole whether the whole state is to be told and not what changed
/// @param steady whether the user was in the room all the time from `after`, so that he may see all
/// @param inUntil the position up to which the user was in the room, so that he may know its state;
///     zero if he was not from `after` on
record Stay(
        Section section,
        RoomMembership membership,
        long after,
        long upTo,
        boolean whole,
        boolean steady,
        long inUntil) {
    /// The parts of `rooms` in an answer.
    enum Section {
        JOIN,
        INVITE,
        KNOCK,
        LEAVE
    }

    RoomRef room() {
        return membership.room();
    }

    /// Whether the room is told of from its beginning, so that what a client may have is void.
    boolean isNew() {
        return after == 0;
    }
}
