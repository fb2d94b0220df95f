package org.chancery.protocol.authrules;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/// The power levels of a room in parsed form (Client-Server API, `m.room.power_levels`), with every
/// default filled in. Parsing never fails: the rules keep malformed events out of a room's state,
/// and a value that slipped in counts as absent.
public final class PowerLevels {
    /// The level of a creator since room version 12; nothing that can be written reaches it.
    public static final long CREATOR = Level.INFINITE;

    private static final long MODERATOR = 50;
    private static final long CREATOR_WITHOUT_EVENT = 100;

    private final Set<UserId> infinite;
    private final Map<UserId, Long> users;
    private final Map<String, Long> events;
    private final Map<String, Long> notifications;
    private final long usersDefault;
    private final long eventsDefault;
    private final long stateDefault;
    private final Actions actions;

    /// What it takes to act on others.
    private record Actions(long ban, long kick, long redact, long invite) {}

    private PowerLevels(
            RoomVersion version,
            JsonObject content,
            Map<UserId, Long> users,
            Set<UserId> infinite) {
        this.infinite = infinite;
        this.users = users;
        this.events = levels(version, content, "events");
        this.notifications = levels(version, content, "notifications");
        this.usersDefault = level(version, content, "users_default", 0);
        this.eventsDefault = level(version, content, "events_default", 0);
        this.stateDefault = level(version, content, "state_default", MODERATOR);
        this.actions =
                new Actions(
                        level(version, content, "ban", MODERATOR),
                        level(version, content, "kick", MODERATOR),
                        level(version, content, "redact", MODERATOR),
                        level(version, content, "invite", 0));
    }

    /// @param powerLevels the room's `m.room.power_levels` event, if it has one
    /// @param create the room's create event; without it nobody counts as creator
    public static PowerLevels of(
            RoomVersion version, @Nullable Pdu powerLevels, @Nullable Pdu create) {
        Set<UserId> creators = create == null ? Set.of() : RoomCreators.of(create);
        Set<UserId> infinite = version.creatorsPrivileged() ? creators : Set.of();
        var users = new HashMap<UserId, Long>();
        if (powerLevels == null) {
            creators.forEach(creator -> users.put(creator, CREATOR_WITHOUT_EVENT));
            return new PowerLevels(version, JsonObject.EMPTY, users, infinite);
        }
        for (var entry : levels(version, powerLevels.content(), "users").entrySet()) {
            RoomCreators.user(entry.getKey()).ifPresent(user -> users.put(user, entry.getValue()));
        }
        return new PowerLevels(version, powerLevels.content(), users, infinite);
    }

    /// The power level of a user.
    public long of(UserId user) {
        if (!infinite.isEmpty() && infinite.contains(user)) {
            return CREATOR;
        }
        Long level = users.get(user);
        return level == null ? usersDefault : level;
    }

    /// The *required power level* to send an event of that type. Membership events have none: their
    /// rules ask [#invite], [#kick] and [#ban].
    public long required(String type, boolean state) {
        Long level = events.get(type);
        if (level != null) {
            return level;
        }
        return state ? stateDefault : eventsDefault;
    }

    public long ban() {
        return actions.ban;
    }

    public long kick() {
        return actions.kick;
    }

    /// What it takes to redact the event of another user.
    public long redact() {
        return actions.redact;
    }

    public long invite() {
        return actions.invite;
    }

    /// What it takes to notify the whole room, for example by `room` (Client-Server API, push
    /// condition `sender_notification_permission`).
    public long notification(String key) {
        return notifications.getOrDefault(key, MODERATOR);
    }

    /// The users named in the event; creators of version 12 stand in no event.
    public Map<UserId, Long> users() {
        return Map.copyOf(users);
    }

    public long usersDefault() {
        return usersDefault;
    }

    private static long level(
            RoomVersion version, JsonObject content, String name, long otherwise) {
        var value = content.get(name);
        return value == null ? otherwise : Level.parse(version, value).orElse(otherwise);
    }

    private static Map<String, Long> levels(RoomVersion version, JsonObject content, String name) {
        var found = new HashMap<String, Long>();
        for (var entry : content.object(name).orElse(JsonObject.EMPTY).entries()) {
            Level.parse(version, entry.value()).ifPresent(level -> found.put(entry.name(), level));
        }
        return found;
    }
}
