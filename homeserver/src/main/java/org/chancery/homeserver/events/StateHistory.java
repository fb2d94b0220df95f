package org.chancery.homeserver.events;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;

/// Reads over many entries or many rooms at once, as `/sync` needs them: by positions, without the
/// events themselves.
public interface StateHistory {

    /// One entry of a room's state: the position of the event in force.
    record Entry(StateKey key, long event) {}

    /// The state now, memberships left out.
    List<Entry> withoutMembers(RoomRef room);

    /// The memberships now; of all users.
    List<Entry> members(RoomRef room);

    /// The memberships now of these users.
    List<Entry> members(RoomRef room, Collection<UserId> users);

    /// How many users have which `membership` now.
    Map<String, Long> memberCounts(RoomRef room);

    /// At most `limit` users with one of the memberships, by when it was given.
    List<UserId> firstMembers(RoomRef room, Set<String> memberships, int limit);

    /// Those of the rooms, by number, in which events of the present lie within `(after, upTo]`.
    Set<Long> withEvents(Collection<Long> rooms, long after, long upTo);
}
