package org.chancery.protocol.authrules;

import static org.chancery.protocol.authrules.Verdict.denied;

import java.util.Optional;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.roomversion.RoomVersion;

/// 1 If type is `m.room.create`.
final class CreateRules {
    private CreateRules() {}

    static Verdict rule1(Pdu event) {
        var version = event.version();
        if (!event.prevEvents().isEmpty()) {
            return denied("1.1", "a create event has no previous events");
        }
        if (version.roomIdFromCreate()) {
            if (event.json().has("room_id")) {
                return denied("1.2", "a create event carries no room ID");
            }
        } else if (!event.roomId().server().equals(Optional.of(event.sender().server()))) {
            return denied("1.2", "the room ID is of another server than the sender");
        }
        if (!knownVersion(event.content())) {
            return denied("1.3", "the room version is not known");
        }
        if (version.creatorInContent() && !event.content().has("creator")) {
            return denied(RuleNumbers.CREATOR, "the create event names no creator");
        }
        if (version.creatorsPrivileged() && !usersOnly(event.content())) {
            return denied("1.4", "additional_creators is not a list of user IDs");
        }
        return Verdict.allowed();
    }

    private static boolean knownVersion(JsonObject content) {
        var value = content.get("room_version");
        return value == null
                || (value instanceof JsonString(String id) && RoomVersion.of(id).isPresent());
    }

    private static boolean usersOnly(JsonObject content) {
        var value = content.get("additional_creators");
        if (value == null) {
            return true;
        }
        if (!(value instanceof JsonArray users)) {
            return false;
        }
        for (JsonValue user : users) {
            if (RoomCreators.user(user).isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
