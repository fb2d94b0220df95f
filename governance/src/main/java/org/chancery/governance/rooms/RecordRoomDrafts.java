package org.chancery.governance.rooms;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.homeserver.rooms.MemberProfiles;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.RoomAlias;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonInteger;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;

/// The events with which a record room begins, in order. When the first member may speak, the
/// archive has joined.
///
/// The service is the only creator, whose power nobody reaches since room version 12. The archive
/// user stands above every member, so that nobody puts it out; members name the room and invite as
/// in any other, and who asked for the room keeps order among them, and says who else does.
final class RecordRoomDrafts {
    /// The members that clients leave out when they name a room or count its people.
    static final StateKey FUNCTIONAL_MEMBERS = new StateKey("io.element.functional_members", "");

    /// The version of every record room, whatever the server makes others with.
    static final RoomVersion VERSION = RoomVersion.V12;

    private static final long MEMBER = 0;
    static final long KEEPS_ORDER = 50;
    static final long SERVICE_ONLY = 100;
    private static final long ROTATION_MILLIS = 86_400_000; // A day: how fine a scope by time is.
    private static final long ROTATION_MESSAGES = 100;

    /// State that members change as in any room.
    private static final List<String> OF_THOSE_WHO_KEEP_ORDER =
            List.of(
                    EventType.NAME,
                    EventType.TOPIC,
                    EventType.AVATAR,
                    "m.room.pinned_events",
                    EventType.POWER_LEVELS); // As far as RecordRoomPolicy lets them.

    /// State by which members say that they are in a call.
    private static final List<String> OF_ALL =
            List.of("m.call.member", "org.matrix.msc3401.call.member");

    private final UserId service;
    private final MemberProfiles profiles;

    RecordRoomDrafts(UserId service, MemberProfiles profiles) {
        this.service = service;
        this.profiles = profiles;
    }

    /// All events of a new room.
    List<EventDraft> of(RecordRoomWish wish, UserId archive) {
        List<EventDraft> drafts = new ArrayList<>();
        drafts.add(state(StateKey.CREATE, creation(wish, archive)));
        drafts.add(member(service, service, "join", "Records"));
        drafts.add(state(StateKey.POWER_LEVELS, powerLevels(wish, archive)));
        settings(wish, archive).forEach((key, content) -> drafts.add(state(key, content)));
        drafts.add(member(service, archive, "invite", "Archive"));
        drafts.add(member(archive, archive, "join", "Archive"));
        for (UserId banned : wish.banned()) {
            drafts.add(EventDraft.member(service, banned, JsonObject.of("membership", "ban")));
        }
        drafts.add(person(service, wish.asker(), "invite", false));
        drafts.add(person(wish.asker(), wish.asker(), "join", false));
        Set<UserId> invited = new LinkedHashSet<>(wish.invited());
        invited.remove(wish.asker());
        invited.removeAll(wish.banned());
        for (UserId user : invited) {
            drafts.add(person(wish.asker(), user, "invite", wish.isDirect()));
        }
        return drafts;
    }

    /// The name of the archive in it makes the event, and with that the room's id, one of its kind:
    /// the service makes all record rooms, and may make two in one millisecond.
    private static JsonObject creation(RecordRoomWish wish, UserId archive) {
        JsonObject content =
                JsonObject.of("room_version", VERSION.id())
                        .with("org.chancery.archive_user", archive.toString());
        return wish.replaces()
                .map(old -> content.with("predecessor", JsonObject.of("room_id", old.value())))
                .orElse(content);
    }

    private static JsonObject powerLevels(RecordRoomWish wish, UserId archive) {
        JsonObject users = JsonObject.EMPTY.with(archive.toString(), SERVICE_ONLY);
        for (UserId user : wish.keepOrder()) {
            users = users.with(user.toString(), KEEPS_ORDER);
        }
        return powerLevels(users.with(wish.asker().toString(), KEEPS_ORDER));
    }

    /// The power levels of every record room, but for who has which.
    private static JsonObject powerLevels(JsonObject users) {
        JsonObject events = JsonObject.EMPTY;
        for (String type : OF_THOSE_WHO_KEEP_ORDER) {
            events = events.with(type, KEEPS_ORDER);
        }
        for (String type : OF_ALL) {
            events = events.with(type, MEMBER);
        }
        return JsonObject.builder()
                .put("ban", KEEPS_ORDER)
                .put("events", events)
                .put("events_default", MEMBER)
                .put("invite", MEMBER)
                .put("kick", KEEPS_ORDER)
                .put("redact", SERVICE_ONLY)
                .put("state_default", SERVICE_ONLY)
                .put("users", users)
                .put("users_default", MEMBER)
                .build();
    }

    /// Whether these power levels differ in nothing from those of a new room but in which members
    /// keep order: nobody comes above them, and the archive stays where it is.
    static boolean isByMembers(JsonObject content, UserId archive) {
        JsonObject users = content.object("users").orElse(JsonObject.EMPTY);
        return content.equals(powerLevels(users))
                && users.has(archive.toString())
                && users.entries().stream()
                        .allMatch(
                                each ->
                                        each.value() instanceof JsonInteger level
                                                && (each.name().equals(archive.toString())
                                                        ? level.value() == SERVICE_ONLY
                                                        : level.value() <= KEEPS_ORDER));
    }

    private Map<StateKey, JsonObject> settings(RecordRoomWish wish, UserId archive) {
        Map<StateKey, JsonObject> state = new LinkedHashMap<>();
        state.put(RoomClass.STATE, wish.roomClass().content());
        state.put(new StateKey(EventType.ENCRYPTION, ""), encryption());
        state.put(StateKey.JOIN_RULES, JsonObject.of("join_rule", "invite"));
        state.put(StateKey.HISTORY_VISIBILITY, JsonObject.of("history_visibility", "shared"));
        state.put(
                new StateKey(EventType.GUEST_ACCESS, ""),
                JsonObject.of("guest_access", "forbidden"));
        state.put(
                FUNCTIONAL_MEMBERS,
                JsonObject.of("service_members", JsonArray.ofTexts(List.of(service, archive))));
        wish.alias().map(RecordRoomDrafts::alias).ifPresent(it -> state.put(ALIAS, it));
        wish.state().forEach(each -> state.put(each.key(), each.content()));
        return state;
    }

    private static final StateKey ALIAS = new StateKey(EventType.CANONICAL_ALIAS, "");

    private static JsonObject alias(RoomAlias alias) {
        return JsonObject.of("alias", alias.toString());
    }

    private static JsonObject encryption() {
        return JsonObject.EMPTY
                .with("algorithm", RecordRoomPolicy.MEGOLM)
                .with("rotation_period_ms", ROTATION_MILLIS)
                .with("rotation_period_msgs", ROTATION_MESSAGES);
    }

    private EventDraft state(StateKey key, JsonObject content) {
        return EventDraft.state(service, key, content);
    }

    private static EventDraft member(UserId sender, UserId target, String membership, String name) {
        return EventDraft.member(
                sender, target, JsonObject.of("membership", membership).with("displayname", name));
    }

    private EventDraft person(UserId sender, UserId target, String membership, boolean direct) {
        JsonObject content = profiles.of(target).with("membership", membership);
        return EventDraft.member(
                sender, target, direct ? content.with("is_direct", true) : content);
    }
}
