package org.chancery.governance.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.chancery.homeserver.events.RoomRef;

/// Where a piece stands in the archive. What is sealed is sealed for its place: a body that is
/// moved to another opens nothing.
///
/// @param id its position in the one sequence, and which one it is of those that came there
/// @param at when it came, in milliseconds since 1970
public record Place(RoomRef room, Kind kind, long id, long at) {
    private static final int PARTS_BITS = 20;

    /// Most pieces at one position.
    public static final int PARTS_MAX = 1 << PARTS_BITS;

    /// The id of a piece.
    ///
    /// @param part 0 for the only one at that position
    public static long id(long position, int part) {
        if (part < 0 || part >= PARTS_MAX) {
            throw new IllegalArgumentException("too many pieces at one position");
        }
        return (position << PARTS_BITS) | part;
    }

    /// The position in the one sequence at which it came.
    public long position() {
        return position(id);
    }

    /// The position of a piece of that id.
    public static long position(long id) {
        return id >> PARTS_BITS;
    }

    /// What the seal binds.
    byte[] bytes() {
        byte[] roomId = room.id().value().getBytes(UTF_8);
        return ByteBuffer.allocate(roomId.length + 1 + 2 * Long.BYTES)
                .put((byte) kind.number())
                .putLong(id)
                .putLong(at)
                .put(roomId)
                .array();
    }

    @Override
    public String toString() {
        return room + ", " + kind + " at position " + position();
    }
}
