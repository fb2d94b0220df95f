package org.chancery.homeserver.events;

/// A change of the current state together with its room, as the log of all rooms tells it.
public record RoomStateChange(RoomRef room, StateChange change) implements Logged {
    @Override
    public long position() {
        return change.position();
    }
}
