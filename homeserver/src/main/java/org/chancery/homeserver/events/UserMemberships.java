package org.chancery.homeserver.events;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chancery.homeserver.kernel.ReadCache;
import org.chancery.protocol.id.UserId;

/// In which rooms each user has which membership. What was read is kept until a membership of the
/// user changes; so a sync of somebody in many rooms reads none of them.
public final class UserMemberships {
    private static final int MEMBERSHIPS_MAX = 500_000;
    private static final int USER_WEIGHT = 4;

    /// @param last where the latest of them was given
    private record Known(Map<Long, RoomMembership> rooms, long last) {
        static Known of(List<RoomMembership> memberships) {
            Map<Long, RoomMembership> rooms = HashMap.newHashMap(memberships.size());
            long last = 0;
            for (RoomMembership membership : memberships) {
                rooms.put(membership.room().number(), membership);
                last = Math.max(last, membership.position());
            }
            return new Known(rooms, last);
        }

        int weight() {
            return USER_WEIGHT + rooms.size();
        }
    }

    private final StateStore states;
    private final ReadCache<UserId, Known> users =
            ReadCache.ofWeight(MEMBERSHIPS_MAX, Known::weight);

    /// Of a log that is only read.
    public UserMemberships(StateStore states) {
        this.states = states;
    }

    /// The memberships at a position, by the room's number; not to be changed.
    public Map<Long, RoomMembership> at(UserId user, long position) {
        Known known = known(user);
        return known.last <= position ? known.rooms : Known.of(states.rooms(user, position)).rooms;
    }

    /// Each change of the user's memberships within `(after, upTo]`, in order.
    public List<RoomMembership> changes(UserId user, long after, long upTo) {
        return after >= upTo || known(user).last <= after
                ? List.of()
                : states.membershipChanges(user, after, upTo);
    }

    /// A membership of the user has changed, durably; told by the committer.
    void changed(UserId user) {
        users.forget(user);
    }

    /// All that is on the disk, be it published or not.
    private Known known(UserId user) {
        return users.get(user, () -> Known.of(states.rooms(user, Long.MAX_VALUE)));
    }
}
