package org.chancery.homeserver.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateStore;
import org.chancery.protocol.id.UserId;

/// In which rooms a user has which membership. What was read once is kept and carried forward by
/// the
/// changes since, so that a sync of somebody in many rooms reads none of them.
final class UserRooms {
    private static final int USERS_MAX = 20_000;

    /// The memberships at a position, by the room's number; and each change on the way there.
    record Standing(Map<Long, RoomMembership> now, List<RoomMembership> changes) {
        /// The rooms in which the user is.
        List<RoomRef> joined() {
            List<RoomRef> joined = new ArrayList<>(now.size());
            for (RoomMembership membership : now.values()) {
                if (membership.isJoined()) {
                    joined.add(membership.room());
                }
            }
            return joined;
        }
    }

    private record Known(long position, Map<Long, RoomMembership> rooms) {}

    private final Cache<UserId, Known> users = Caffeine.newBuilder().maximumSize(USERS_MAX).build();
    private final StateStore states;

    UserRooms(StateStore states) {
        this.states = states;
    }

    /// The memberships at the end of the span and, if the client knows any, their changes within
    /// it.
    Standing standing(Span span) {
        return span.isInitial()
                ? new Standing(at(span.user(), span.position()), List.of())
                : standing(span.user(), span.after(), span.position());
    }

    private Standing standing(UserId user, long after, long upTo) {
        Known known = users.getIfPresent(user);
        if (known != null && known.position == after) {
            List<RoomMembership> changes = changes(user, after, upTo);
            return new Standing(advance(user, known, changes, upTo), changes);
        }
        return new Standing(at(user, upTo), changes(user, after, upTo));
    }

    /// The memberships at a position, by the room's number.
    Map<Long, RoomMembership> at(UserId user, long position) {
        Known known = users.getIfPresent(user);
        if (known == null || known.position > position) {
            Map<Long, RoomMembership> rooms = new HashMap<>();
            states.rooms(user, position).forEach(it -> rooms.put(it.room().number(), it));
            if (known == null) {
                users.put(user, new Known(position, rooms));
            }
            return rooms;
        }
        return advance(user, known, changes(user, known.position, position), position);
    }

    /// The numbers of the rooms in which the user is at a position.
    Set<Long> joined(UserId user, long position) {
        Set<Long> joined = new HashSet<>();
        at(user, position)
                .forEach(
                        (room, membership) -> {
                            if (membership.isJoined()) {
                                joined.add(room);
                            }
                        });
        return joined;
    }

    private List<RoomMembership> changes(UserId user, long after, long upTo) {
        return after >= upTo ? List.of() : states.membershipChanges(user, after, upTo);
    }

    private Map<Long, RoomMembership> advance(
            UserId user, Known known, List<RoomMembership> changes, long position) {
        Map<Long, RoomMembership> rooms = known.rooms;
        if (!changes.isEmpty()) {
            rooms = new HashMap<>(rooms);
            for (RoomMembership change : changes) {
                rooms.put(change.room().number(), change);
            }
        }
        if (position > known.position) {
            users.put(user, new Known(position, rooms));
        }
        return rooms;
    }
}
