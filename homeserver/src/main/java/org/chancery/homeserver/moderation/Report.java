package org.chancery.homeserver.moderation;

import java.util.Optional;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Something that somebody reported.
///
/// @param number counts the reports from 1
/// @param ts when it was made, in milliseconds since 1970
/// @param room the room that is reported, or that of the event
/// @param event the event that is reported
/// @param user the user who is reported, or the sender of the event
/// @param reason the reporter's words, possibly none
public record Report(
        long number,
        long ts,
        UserId reporter,
        Optional<RoomId> room,
        Optional<EventId> event,
        Optional<UserId> user,
        String reason) {
    Report numbered(long at) {
        return new Report(at, ts, reporter, room, event, user, reason);
    }
}
