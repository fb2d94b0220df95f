package org.chancery.homeserver.events;

/// Which rooms a [Follower] is handed. The composition root says so and not the follower: a room
/// outside the scope is out of its reach, however it behaves.
@FunctionalInterface
public interface RoomScope {
    /// Every room.
    RoomScope ALL = _ -> true;

    boolean contains(RoomRef room);
}
