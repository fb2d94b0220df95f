package org.chancery.protocol.authrules;

import static org.chancery.protocol.authrules.Verdict.denied;

import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/// 10 If type is `m.room.power_levels`.
final class PowerLevelRules {
    private static final List<String> NUMBERS =
            List.of(
                    "users_default",
                    "events_default",
                    "state_default",
                    "ban",
                    "redact",
                    "kick",
                    "invite");
    private static final List<String> BY_TYPE = List.of("events", "notifications");

    private PowerLevelRules() {}

    static Verdict rule10(Pdu event, AuthState state) {
        var version = event.version();
        var verdict = form(version, event.content());
        if (!verdict.isAllowed()) {
            return verdict;
        }
        if (version.creatorsPrivileged() && namesCreator(event.content(), state)) {
            return denied("10.4", "creators stand above the power levels");
        }
        var previous = state.get(StateKey.POWER_LEVELS);
        if (previous == null) {
            return Verdict.allowed(); // 10.5
        }
        long own = state.powerLevels(version).of(event.sender());
        return new Change(version, previous.content(), event.content(), event.sender(), own)
                .verdict();
    }

    /// 10.1 to 10.3. Before version 10 the spec asks the form of `users` only; a value elsewhere
    /// that is no power level could not be compared, and is refused by the same rule.
    private static Verdict form(RoomVersion version, JsonObject content) {
        for (var name : NUMBERS) {
            var value = content.get(name);
            if (value != null && Level.parse(version, value).isEmpty()) {
                return denied("10.1", "the level " + name + " is not an integer");
            }
        }
        for (var name : BY_TYPE) {
            var value = content.get(name);
            if (value != null && compared(version, name) && !levelsOnly(version, value, false)) {
                return denied("10.2", name + " is not an object of integers");
            }
        }
        var users = content.get("users");
        if (users != null && !levelsOnly(version, users, true)) {
            return denied("10.3", "users is not an object of user IDs and integers");
        }
        return Verdict.allowed();
    }

    /// The rules look at `notifications` since version 6.
    private static boolean compared(RoomVersion version, String name) {
        return version.notificationLevelsAreJudged() || !name.equals("notifications");
    }

    private static boolean levelsOnly(RoomVersion version, JsonValue value, boolean byUser) {
        if (!(value instanceof JsonObject levels)) {
            return false;
        }
        for (var entry : levels.entries()) {
            if (Level.parse(version, entry.value()).isEmpty()
                    || (byUser && RoomCreators.user(entry.name()).isEmpty())) {
                return false;
            }
        }
        return true;
    }

    private static boolean namesCreator(JsonObject content, AuthState state) {
        var create = state.get(StateKey.CREATE);
        var users = content.object("users").orElse(JsonObject.EMPTY);
        return create != null
                && RoomCreators.of(create).stream().anyMatch(user -> users.has(user.toString()));
    }

    /// What one event makes of the levels before it.
    private record Change(
            RoomVersion version, JsonObject before, JsonObject after, UserId sender, long own) {
        Verdict verdict() {
            for (var name : NUMBERS) {
                var verdict = number(name);
                if (!verdict.isAllowed()) {
                    return verdict;
                }
            }
            for (var name : BY_TYPE) {
                var verdict = compared(version, name) ? byType(name) : Verdict.allowed();
                if (!verdict.isAllowed()) {
                    return verdict;
                }
            }
            return byUser();
        }

        /// 10.6 Properties that were added, changed or removed.
        private Verdict number(String name) {
            var was = level(before.get(name));
            var is = level(after.get(name));
            if (was.equals(is)) {
                return Verdict.allowed();
            }
            if (was.isPresent() && was.getAsLong() > own) {
                return denied("10.6.1", "the level " + name + " is above the sender's");
            }
            if (is.isPresent() && is.getAsLong() > own) {
                return denied("10.6.2", "the new level " + name + " is above the sender's");
            }
            return Verdict.allowed();
        }

        /// 10.7 and 10.8 Entries of `events` and `notifications`.
        private Verdict byType(String map) {
            for (var name : names(map)) {
                var was = level(map, before, name);
                var is = level(map, after, name);
                if (was.equals(is)) {
                    continue;
                }
                if (was.isPresent() && was.getAsLong() > own) {
                    return denied("10.7.1", "an entry of " + map + " is above the sender's level");
                }
                if (is.isPresent() && is.getAsLong() > own) {
                    return denied(
                            "10.8.1", "a new entry of " + map + " is above the sender's level");
                }
            }
            return Verdict.allowed();
        }

        /// 10.9 and 10.10 Entries of `users`.
        private Verdict byUser() {
            for (var name : names("users")) {
                var was = level("users", before, name);
                var is = level("users", after, name);
                if (was.equals(is)) {
                    continue;
                }
                boolean self = name.equals(sender.toString());
                if (!self && was.isPresent() && was.getAsLong() >= own) {
                    return denied("10.9.1", "the user's level is not below the sender's");
                }
                if (is.isPresent() && is.getAsLong() > own) {
                    return denied("10.10.1", "the user's new level is above the sender's");
                }
            }
            return Verdict.allowed();
        }

        private TreeSet<String> names(String map) {
            var names = new TreeSet<String>();
            for (var content : List.of(before, after)) {
                names.addAll(content.object(map).orElse(JsonObject.EMPTY).names());
            }
            return names;
        }

        private OptionalLong level(String map, JsonObject content, String name) {
            return level(content.object(map).orElse(JsonObject.EMPTY).get(name));
        }

        private OptionalLong level(@Nullable JsonValue value) {
            return value == null ? OptionalLong.empty() : Level.parse(version, value);
        }
    }
}
