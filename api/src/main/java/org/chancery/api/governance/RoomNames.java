package org.chancery.api.governance;

import java.util.List;
import java.util.Optional;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// What rooms are called now, for who sees of them no more than that.
@FunctionalInterface
public interface RoomNames {
    Called of(RoomId room);

    /// A name, or where a room has none, as that of two people, who is in it.
    ///
    /// @param people as they are shown, a few of them
    record Called(Optional<String> name, List<String> people) {
        public Called {
            people = List.copyOf(people);
        }

        JsonObject in(JsonObject json) {
            if (name.isPresent()) {
                return json.with("name", name.get());
            }
            return people.isEmpty() ? json : json.with("people", JsonArray.ofTexts(people));
        }
    }
}
