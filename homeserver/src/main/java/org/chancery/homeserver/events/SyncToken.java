package org.chancery.homeserver.events;

import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;

/// How far a client has synced, written `s<position>_<ephemeral>` (client-server API, "Syncing").
///
/// One position tells it all, as every durable change has its place in the one sequence. What lives
/// in memory only (typing, presence) counts for itself. A third number is written while a device
/// lags behind in its to-device messages, as one answer holds only so many of them.
///
/// @param position everything at or before it has been told
/// @param ephemeral likewise, in the count of what lives in memory
/// @param toDevice likewise for to-device messages; never beyond `position`
public record SyncToken(long position, long ephemeral, long toDevice) {
    private static final int DIGITS_MAX = 18;

    /// No server gets so far; beyond it a position has no place in a room any more.
    private static final long POSITION_MAX = Long.MAX_VALUE / EventStore.ORDINAL_STEP;

    /// A token of a device that has all its messages.
    public static SyncToken of(long position, long ephemeral) {
        return new SyncToken(position, ephemeral, position);
    }

    /// Reads a token.
    ///
    /// @throws MatrixException `M_INVALID_PARAM` if it is none
    public static SyncToken parse(String text) {
        String[] parts = text.isEmpty() ? new String[0] : text.substring(1).split("_", -1);
        if (!text.startsWith("s") || parts.length < 2 || parts.length > 3) {
            throw malformed();
        }
        long position = number(parts[0]);
        long toDevice = parts.length == 3 ? number(parts[2]) : position;
        if (toDevice > position || position > POSITION_MAX) {
            throw malformed();
        }
        return new SyncToken(position, number(parts[1]), toDevice);
    }

    /// A number without sign.
    private static long number(String digits) {
        if (digits.isEmpty() || digits.length() > DIGITS_MAX) {
            throw malformed();
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                throw malformed();
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    private static MatrixException malformed() {
        return new MatrixError.InvalidParam("That is no token of this server").asException();
    }

    /// The text on the wire.
    @Override
    public String toString() {
        String text = "s" + position + "_" + ephemeral;
        return toDevice == position ? text : text + "_" + toDevice;
    }
}
