package org.chancery.governance.rooms;

import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateStore;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.RoomId;

/// Which rooms have been replaced: nothing is said in them any more, and their archives need no
/// further device.
public final class ClosedRooms {
    private static final StateKey TOMBSTONE = new StateKey(EventType.TOMBSTONE, "");

    private final EventStore events;
    private final StateStore states;

    public ClosedRooms(EventStore events, StateStore states) {
        this.events = events;
        this.states = states;
    }

    /// Whether the room has its tombstone.
    public boolean contains(RoomId room) {
        return events.room(room).filter(this::contains).isPresent();
    }

    boolean contains(RoomRef room) {
        return states.current(room, TOMBSTONE).isPresent();
    }
}
