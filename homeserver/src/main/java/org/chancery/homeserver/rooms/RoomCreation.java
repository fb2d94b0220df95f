package org.chancery.homeserver.rooms;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.events.Append;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.RoomAlias;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.roomversion.RoomVersion;

/// Makes rooms (client-server API, `POST /createRoom`): all its events are written together or not
/// at all, in the order that the spec gives.
public final class RoomCreation implements RoomMaker {
    private static final long CREATOR_LEVEL = 100;
    private static final long TOMBSTONE_LEVEL_ABOVE_ALL = 150;

    private final RoomWriter writer;
    private final Identity identity;
    private final MemberProfiles profiles;
    private final RoomDirectory directory;
    private final RoomVersion defaultVersion;

    public RoomCreation(
            RoomWriter writer,
            Identity identity,
            MemberProfiles profiles,
            RoomDirectory directory,
            RoomVersion defaultVersion) {
        this.writer = writer;
        this.identity = identity;
        this.profiles = profiles;
        this.directory = directory;
        this.defaultVersion = defaultVersion;
    }

    @Override
    public RoomId create(NewRoom room) {
        RoomVersion version = room.version().orElse(defaultVersion);
        Optional<RoomAlias> alias = room.aliasLocalpart().map(this::alias);
        List<EventDraft> drafts = new ArrayList<>();
        drafts.add(
                EventDraft.state(room.creator(), StateKey.CREATE, creationContent(room, version)));
        drafts.add(
                EventDraft.member(
                        room.creator(),
                        room.creator(),
                        profiles.of(room.creator()).with("membership", "join")));
        drafts.add(
                EventDraft.state(
                        room.creator(), StateKey.POWER_LEVELS, powerLevels(room, version)));
        state(room, alias)
                .forEach(
                        (key, content) ->
                                drafts.add(EventDraft.state(room.creator(), key, content)));
        for (UserId invited : new LinkedHashSet<>(room.invite())) {
            drafts.add(EventDraft.member(room.creator(), invited, invitation(room, invited)));
        }
        try {
            return writer.create(version, drafts, id -> directoryEntries(room, alias, id));
        } catch (MatrixException e) {
            if (e.error() instanceof MatrixError.Forbidden(String message)) {
                throw new MatrixError.InvalidRoomState(message).asException();
            }
            throw e;
        }
    }

    private RoomAlias alias(String localpart) {
        try {
            return RoomAlias.parse("#" + localpart + ":" + identity.server());
        } catch (MalformedId e) {
            throw new MatrixError.InvalidParam("room_alias_name is no alias").asException();
        }
    }

    private Append.Also directoryEntries(NewRoom room, Optional<RoomAlias> alias, RoomId id) {
        return tx -> {
            alias.ifPresent(it -> directory.claim(tx, it, id, room.creator()));
            if (room.published()) {
                directory.publish(tx, id);
            }
        };
    }

    private static JsonObject creationContent(NewRoom room, RoomVersion version) {
        JsonObject content = room.creationContent().with("room_version", version.id());
        if (version.creatorInContent()) {
            return content.with("creator", room.creator().toString());
        }
        content = content.without("creator");
        if (version.creatorsPrivileged()
                && room.preset() == NewRoom.Preset.TRUSTED_PRIVATE_CHAT
                && !room.invite().isEmpty()) {
            content = content.with("additional_creators", additionalCreators(room, content));
        }
        return content;
    }

    private static JsonArray additionalCreators(NewRoom room, JsonObject content) {
        Set<JsonValue> creators = new LinkedHashSet<>();
        content.array("additional_creators").ifPresent(given -> given.forEach(creators::add));
        room.invite().forEach(user -> creators.add(new JsonString(user.toString())));
        return JsonArray.of(List.copyOf(creators));
    }

    private static JsonObject powerLevels(NewRoom room, RoomVersion version) {
        JsonObject users = JsonObject.EMPTY;
        if (!version.creatorsPrivileged()) {
            users = users.with(room.creator().toString(), CREATOR_LEVEL);
            if (room.preset() == NewRoom.Preset.TRUSTED_PRIVATE_CHAT) {
                for (UserId invited : room.invite()) {
                    users = users.with(invited.toString(), CREATOR_LEVEL);
                }
            }
        }
        JsonObject generated =
                JsonObject.builder()
                        .put("ban", 50)
                        .put("events", eventLevels(version))
                        .put("events_default", 0)
                        .put("invite", room.preset() == NewRoom.Preset.PUBLIC_CHAT ? 50 : 0)
                        .put("kick", 50)
                        .put("redact", 50)
                        .put("state_default", 50)
                        .put("users", users)
                        .put("users_default", 0)
                        .build();
        for (JsonObject.Member member : room.powerLevels().entries()) {
            generated = generated.with(member.name(), member.value());
        }
        return generated;
    }

    private static JsonObject eventLevels(RoomVersion version) {
        return JsonObject.builder()
                .put(EventType.AVATAR, 50)
                .put(EventType.CANONICAL_ALIAS, 50)
                .put(EventType.ENCRYPTION, 100)
                .put(EventType.HISTORY_VISIBILITY, 100)
                .put(EventType.NAME, 50)
                .put(EventType.POWER_LEVELS, 100)
                .put(EventType.SERVER_ACL, 100)
                .put(
                        EventType.TOMBSTONE,
                        version.creatorsPrivileged() ? TOMBSTONE_LEVEL_ABOVE_ALL : CREATOR_LEVEL)
                .build();
    }

    /// What the preset sets, overridden by the initial state, overridden by name and topic.
    private static Map<StateKey, JsonObject> state(NewRoom room, Optional<RoomAlias> alias) {
        Map<StateKey, JsonObject> state = new LinkedHashMap<>();
        alias.ifPresent(
                it ->
                        state.put(
                                new StateKey(EventType.CANONICAL_ALIAS, ""),
                                JsonObject.of("alias", it.toString())));
        boolean open = room.preset() == NewRoom.Preset.PUBLIC_CHAT;
        state.put(StateKey.JOIN_RULES, JsonObject.of("join_rule", open ? "public" : "invite"));
        state.put(StateKey.HISTORY_VISIBILITY, JsonObject.of("history_visibility", "shared"));
        state.put(
                new StateKey(EventType.GUEST_ACCESS, ""),
                JsonObject.of("guest_access", open ? "forbidden" : "can_join"));
        for (NewRoom.InitialState initial : room.initialState()) {
            state.remove(initial.key()); // An override takes its own place in the order.
            state.put(initial.key(), initial.content());
        }
        room.names().forEach(each -> state.put(each.key(), each.content()));
        return state;
    }

    private JsonObject invitation(NewRoom room, UserId invited) {
        JsonObject content = profiles.of(invited).with("membership", "invite");
        return room.isDirect() ? content.with("is_direct", true) : content;
    }
}
