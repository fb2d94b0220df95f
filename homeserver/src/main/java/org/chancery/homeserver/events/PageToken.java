package org.chancery.homeserver.events;

import org.chancery.protocol.error.MatrixError;

/// A place between two events of a room, as `from`, `to`, `start`, `end` and `prev_batch` name it
/// (client-server API, "Pagination"). A token of `/sync` is accepted as well: it stands behind the
/// last event that the sync could show.
///
/// @param ordinal reading back starts at this ordinal, reading forth behind it
public record PageToken(long ordinal) {

    /// The place just before an event.
    public static PageToken before(StoredEvent event) {
        return new PageToken(event.ordinal() - 1);
    }

    /// The place just behind an event.
    public static PageToken behind(StoredEvent event) {
        return new PageToken(event.ordinal());
    }

    /// Reads `t` and an ordinal, or `s`, a position and whatever follows an underscore.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_INVALID_PARAM` for anything else
    public static PageToken parse(String text) {
        try {
            if (text.startsWith("t")) {
                return new PageToken(Long.parseLong(text, 1, text.length(), 10));
            }
            if (text.startsWith("s")) {
                int end = text.indexOf('_');
                long position = Long.parseLong(text, 1, end < 0 ? text.length() : end, 10);
                return new PageToken(Math.multiplyExact(position, EventStore.ORDINAL_STEP));
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw malformed();
        }
        throw malformed();
    }

    private static RuntimeException malformed() {
        return new MatrixError.InvalidParam("The token is not one of ours").asException();
    }

    /// The last position before the place.
    public long position() {
        return Math.floorDiv(ordinal, EventStore.ORDINAL_STEP);
    }

    /// The text on the wire.
    @Override
    public String toString() {
        return "t" + ordinal;
    }
}
