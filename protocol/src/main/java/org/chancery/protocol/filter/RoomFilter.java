package org.chancery.protocol.filter;

import org.chancery.protocol.id.RoomId;

/// What of which rooms (`RoomFilter`).
public final class RoomFilter {
    private final Selection rooms;
    private final boolean includeLeave;
    private final RoomEventFilter ephemeral;
    private final RoomEventFilter state;
    private final RoomEventFilter timeline;
    private final RoomEventFilter accountData;

    private RoomFilter(Fields fields) {
        rooms = Selection.parse(fields, "rooms", "!");
        includeLeave = fields.flag("include_leave");
        ephemeral = RoomEventFilter.parse(fields.object("ephemeral"));
        state = RoomEventFilter.parse(fields.object("state"));
        timeline = RoomEventFilter.parse(fields.object("timeline"));
        accountData = RoomEventFilter.parse(fields.object("account_data"));
    }

    static RoomFilter parse(Fields fields) {
        return new RoomFilter(fields);
    }

    /// Whether the room is wanted at all; asked before the filters of its parts.
    public boolean acceptsRoom(RoomId room) {
        return rooms.accepts(room.value());
    }

    /// Whether rooms that the user has left are wanted.
    public boolean includeLeave() {
        return includeLeave;
    }

    public RoomEventFilter ephemeral() {
        return ephemeral;
    }

    public RoomEventFilter state() {
        return state;
    }

    public RoomEventFilter timeline() {
        return timeline;
    }

    public RoomEventFilter accountData() {
        return accountData;
    }
}
