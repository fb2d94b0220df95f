package org.chancery.homeserver.events;

import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.roomversion.RoomVersion;

/// A room as the log knows it: by the position of the first event that it has of it.
public final class RoomRef {
    private static final long UNKNOWN = -1;

    private final RoomId id;
    private final RoomVersion version;
    private volatile long number;

    private RoomRef(RoomId id, RoomVersion version, long number) {
        this.id = id;
        this.version = version;
        this.number = number;
    }

    /// A room whose first event is being submitted.
    public static RoomRef pending(RoomId id, RoomVersion version) {
        return new RoomRef(id, version, UNKNOWN);
    }

    /// A room in the log.
    public static RoomRef stored(RoomId id, RoomVersion version, long number) {
        return new RoomRef(id, version, number);
    }

    public RoomId id() {
        return id;
    }

    public RoomVersion version() {
        return version;
    }

    /// The room's number in every table.
    public long number() {
        assert number != UNKNOWN : "the room has not been written";
        return number;
    }

    void place(long at) {
        number = at;
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
