package org.chancery.homeserver.sync;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.UserMemberships;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// In which rooms a user has which membership at the end of a span. A sync looks up the rooms with
/// news and goes through all others only if it must.
final class UserRooms {
    private final EventStore events;
    private final UserMemberships memberships;

    UserRooms(EventStore events, UserMemberships memberships) {
        this.events = events;
        this.memberships = memberships;
    }

    /// The memberships at a position, by the room's number; and each change on the way there.
    record Standing(Map<Long, RoomMembership> now, List<RoomMembership> changes) {
        /// The numbers of all rooms in which the user is.
        Set<Long> joined() {
            return UserRooms.joined(now);
        }

        private boolean isIn(long room) {
            RoomMembership membership = now.get(room);
            return membership != null && membership.isJoined();
        }
    }

    /// The memberships at the end of the span and, if the client knows any, their changes within
    /// it.
    Standing standing(Span span) {
        UserId user = span.user();
        return new Standing(
                memberships.at(user, span.position()),
                span.isInitial()
                        ? List.of()
                        : memberships.changes(user, span.after(), span.position()));
    }

    /// The numbers of those of the rooms in which the user is.
    Set<Long> joined(Standing standing, Collection<RoomId> rooms) {
        Set<Long> joined = new HashSet<>();
        for (RoomId room : rooms) {
            events.room(room)
                    .filter(it -> standing.isIn(it.number()))
                    .ifPresent(it -> joined.add(it.number()));
        }
        return joined;
    }

    /// The numbers of the rooms in which the user is at a position.
    Set<Long> joined(UserId user, long position) {
        return joined(memberships.at(user, position));
    }

    private static Set<Long> joined(Map<Long, RoomMembership> memberships) {
        Set<Long> joined = new HashSet<>();
        memberships.forEach(
                (room, membership) -> {
                    if (membership.isJoined()) {
                        joined.add(room);
                    }
                });
        return joined;
    }
}
