package org.chancery.homeserver.ephemeral;

import java.util.Optional;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.UserId;

/// How far a user has read in a room, or in one of its threads (client-server API, "Receipts").
///
/// @param type `m.read` or `m.read.private`
/// @param thread `main`, the root of a thread, or empty where threads are not distinguished
/// @param eventOrdinal the place of the event in its room, see `EventStore`
/// @param ts when it was sent, in milliseconds
/// @param position the place of the receipt itself in the one sequence
public record Receipt(
        UserId user,
        String type,
        Optional<String> thread,
        EventId event,
        long eventOrdinal,
        long ts,
        long position) {
    public static final String READ = "m.read";
    public static final String READ_PRIVATE = "m.read.private";

    /// The thread of whatever is in no thread.
    public static final String MAIN = "main";

    /// Whether only its own user may see it.
    public boolean isPrivate() {
        return type.equals(READ_PRIVATE);
    }
}
