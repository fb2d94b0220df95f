package org.chancery.governance.rooms;

import java.util.Optional;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.json.JsonObject;

/// What a room is for, and with it whether its talk is a record. It stands in the room's state, for
/// every client to show: `org.chancery.room_class` with `{"class": "work"}`. A room without it is a
/// chat.
public enum RoomClass {
    /// A case, a team, a dossier: kept by its process in the retention schedule.
    WORK("work");

    /// Where a room says its class.
    public static final StateKey STATE = new StateKey("org.chancery.room_class", "");

    /// The word for a room that is no record.
    public static final String CHAT = "chat";

    private static final String MEMBER = "class";

    private final String word;

    RoomClass(String word) {
        this.word = word;
    }

    /// The class of that word; empty where there is none, or where it is that of a chat.
    public static Optional<RoomClass> of(String word) {
        for (RoomClass each : values()) {
            if (each.word.equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /// The word of a class in the content of the state event.
    public static Optional<String> word(JsonObject content) {
        return content.string(MEMBER);
    }

    /// The content of the state event.
    public JsonObject content() {
        return JsonObject.of(MEMBER, word);
    }

    @Override
    public String toString() {
        return word;
    }
}
