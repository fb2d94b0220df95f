package org.chancery.homeserver.rooms;

import java.util.List;
import java.util.Optional;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;
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
}
