package org.chancery.homeserver.events;

/// Something that was written down at a position of the one sequence, in a room.
public interface Logged {

    /// The place in the one sequence.
    long position();

    /// The room it belongs to.
    RoomRef room();
}
