package org.chancery.protocol.pushrules;

import org.chancery.protocol.json.JsonInteger;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.jspecify.annotations.Nullable;

/// An event with what the rules of every user may ask of its room.
///
/// @param event the event as clients see it
/// @param joinedMembers how many members are joined to the room
/// @param senderLevel the power level of the sender
/// @param notificationLevels `notifications` of the room's power levels, or an empty object
public record PushedEvent(
        JsonObject event, int joinedMembers, long senderLevel, JsonObject notificationLevels) {
    private static final long LEVEL_IF_UNSET = 50;

    /// Whether the sender may trigger notifications of that type, for example `room`.
    boolean senderMayNotify(String key) {
        return senderLevel >= level(notificationLevels.get(key));
    }

    private static long level(@Nullable JsonValue value) {
        return switch (value) {
            case JsonInteger(var number) -> number;
            case JsonString(var text) -> ofText(text); // room versions before 10
            case null, default -> LEVEL_IF_UNSET;
        };
    }

    private static long ofText(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return LEVEL_IF_UNSET;
        }
    }
}
