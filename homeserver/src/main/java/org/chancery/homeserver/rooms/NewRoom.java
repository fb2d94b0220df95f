package org.chancery.homeserver.rooms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;

/// What `POST /createRoom` asks for.
///
/// @param version the room version, if not the server's default
/// @param preset decides join rules, history visibility and guest access
/// @param published whether the room is shown in the directory
/// @param aliasLocalpart the part of its first alias before the colon
/// @param invite whom to invite
/// @param isDirect marks the invitations as those of a direct chat
/// @param creationContent more content of the create event
/// @param powerLevels laid over the generated power levels
/// @param initialState set after what the preset sets
/// @param name the room's name
/// @param topic the room's topic
public record NewRoom(
        UserId creator,
        Optional<RoomVersion> version,
        Preset preset,
        boolean published,
        Optional<String> aliasLocalpart,
        List<UserId> invite,
        boolean isDirect,
        JsonObject creationContent,
        JsonObject powerLevels,
        List<InitialState> initialState,
        Optional<String> name,
        Optional<String> topic) {
    public NewRoom {
        invite = List.copyOf(invite);
        initialState = List.copyOf(initialState);
    }

    /// Names a set of defaults.
    public enum Preset {
        PRIVATE_CHAT,
        TRUSTED_PRIVATE_CHAT,
        PUBLIC_CHAT
    }

    /// One state event to set in the new room.
    public record InitialState(StateKey key, JsonObject content) {}

    /// The same without that state.
    public NewRoom without(StateKey key) {
        return new NewRoom(
                creator,
                version,
                preset,
                published,
                aliasLocalpart,
                invite,
                isDirect,
                creationContent,
                powerLevels,
                initialState.stream().filter(each -> !each.key().equals(key)).toList(),
                name,
                topic);
    }

    /// The state that name and topic make. A topic has its plain text and the extensible form that
    /// newer clients read.
    public List<InitialState> names() {
        List<InitialState> state = new ArrayList<>();
        name.map(it -> JsonObject.of("name", it))
                .ifPresent(it -> state.add(named(EventType.NAME, it)));
        topic.map(NewRoom::topic).ifPresent(it -> state.add(named(EventType.TOPIC, it)));
        return state;
    }

    private static InitialState named(String type, JsonObject content) {
        return new InitialState(new StateKey(type, ""), content);
    }

    private static JsonObject topic(String text) {
        JsonObject plain = JsonObject.of("body", text).with("mimetype", "text/plain");
        return JsonObject.of("topic", text)
                .with("m.topic", JsonObject.of("m.text", JsonArray.of(List.of(plain))));
    }
}
