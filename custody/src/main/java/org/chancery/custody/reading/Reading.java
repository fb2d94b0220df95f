package org.chancery.custody.reading;

import org.chancery.protocol.json.JsonObject;

/// What came of decrypting one event of a room.
public sealed interface Reading {
    /// It was read.
    ///
    /// @param plain the decrypted payload: `type`, `content`, `room_id`
    /// @param index the place of the event in its session
    record Read(JsonObject plain, int index, RoomKey with) implements Reading {}

    /// It was not, and why.
    record Unread(Cause cause, String detail) implements Reading {}

    /// Why an event stays closed.
    enum Cause {
        /// No room key of its session ever came to the opened devices.
        NO_KEY,
        /// The key came, but counts from a later message.
        EARLIER_THAN_KEY,
        /// The event does not decrypt: it was changed, or made with something else.
        UNDECRYPTABLE,
        /// It decrypts to something that is not an event of this room.
        NOT_OF_THIS_ROOM,
        /// It is not encrypted in a way that we know.
        UNKNOWN_ALGORITHM
    }
}
