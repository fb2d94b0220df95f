package org.chancery.protocol.pushrules;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.chancery.protocol.glob.Glob;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonBoolean;
import org.chancery.protocol.json.JsonInteger;
import org.chancery.protocol.json.JsonNull;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.json.PropertyPath;
import org.jspecify.annotations.Nullable;

/// A condition of a rule (Client-Server API, "Conditions"). Keeps no JSON; the rule does.
sealed interface Condition {
    Set<String> KINDS =
            Set.of(
                    "event_match",
                    "event_property_is",
                    "event_property_contains",
                    "contains_display_name",
                    "room_member_count",
                    "sender_notification_permission");

    /// Longest pattern, in characters.
    int PATTERN_MAX = 1_024;

    String BODY = "content.body";

    boolean holds(PushedEvent event, @Nullable String displayName);

    /// The condition, if the server knows its kind and its parameters are right.
    static Optional<Condition> parse(JsonObject json) {
        return switch (json.string("kind").orElse("")) {
            case "event_match" -> eventMatch(json);
            case "event_property_is" -> propertyIs(json);
            case "event_property_contains" -> propertyContains(json);
            case "contains_display_name" -> Optional.of(new ContainsDisplayName());
            case "room_member_count" -> json.string("is").flatMap(RoomMemberCount::parse);
            case "sender_notification_permission" ->
                    json.string("key").map(SenderNotificationPermission::new);
            default -> Optional.empty();
        };
    }

    /// `pattern` of a content rule, or of `event_match` on the body.
    static Condition body(String pattern) {
        return new BodyMatch(Glob.ignoringCase(pattern));
    }

    private static Optional<Condition> eventMatch(JsonObject json) {
        var key = json.string("key");
        var pattern = json.string("pattern").filter(text -> text.length() <= PATTERN_MAX);
        if (key.isEmpty() || pattern.isEmpty()) {
            return Optional.empty();
        }
        if (key.get().equals(BODY)) {
            return Optional.of(body(pattern.get()));
        }
        return Optional.of(
                new EventMatch(PropertyPath.parse(key.get()), Glob.ignoringCase(pattern.get())));
    }

    private static Optional<Condition> propertyIs(JsonObject json) {
        var value = json.get("value");
        if (value == null || !isScalar(value)) {
            return Optional.empty();
        }
        return json.string("key").map(key -> new PropertyIs(PropertyPath.parse(key), value));
    }

    private static Optional<Condition> propertyContains(JsonObject json) {
        var value = json.get("value");
        if (value == null || !isScalar(value)) {
            return Optional.empty();
        }
        return json.string("key").map(key -> new PropertyContains(PropertyPath.parse(key), value));
    }

    private static boolean isScalar(JsonValue value) {
        return value instanceof JsonString
                || value instanceof JsonInteger
                || value instanceof JsonBoolean
                || value instanceof JsonNull;
    }

    /// The whole text of a property matches a pattern.
    record EventMatch(PropertyPath key, Glob pattern) implements Condition {
        @Override
        public boolean holds(PushedEvent event, @Nullable String displayName) {
            return key.find(event.event()) instanceof JsonString(var text) && pattern.matches(text);
        }
    }

    /// Words of the body match a pattern.
    record BodyMatch(Glob pattern) implements Condition {
        private static final PropertyPath KEY = PropertyPath.parse(BODY);

        @Override
        public boolean holds(PushedEvent event, @Nullable String displayName) {
            return KEY.find(event.event()) instanceof JsonString(var text)
                    && pattern.matchesWords(text);
        }
    }

    /// A property is exactly that value.
    record PropertyIs(PropertyPath key, JsonValue value) implements Condition {
        @Override
        public boolean holds(PushedEvent event, @Nullable String displayName) {
            return value.equals(key.find(event.event()));
        }
    }

    /// A property is a list with exactly that value in it.
    record PropertyContains(PropertyPath key, JsonValue value) implements Condition {
        @Override
        public boolean holds(PushedEvent event, @Nullable String displayName) {
            return key.find(event.event()) instanceof JsonArray(var values)
                    && values.contains(value);
        }
    }

    /// The body names the user as the room knows them.
    record ContainsDisplayName() implements Condition {
        private static final PropertyPath KEY = PropertyPath.parse(BODY);

        @Override
        public boolean holds(PushedEvent event, @Nullable String displayName) {
            return displayName != null
                    && !displayName.isEmpty()
                    && displayName.length() <= PATTERN_MAX
                    && KEY.find(event.event()) instanceof JsonString(var text)
                    && Glob.literalIgnoringCase(displayName).matchesWords(text);
        }
    }

    /// The room has so many members.
    record RoomMemberCount(String operator, long count) implements Condition {
        private static final Pattern FORM = Pattern.compile("(==|<=|>=|<|>|)([0-9]{1,15})");

        static Optional<Condition> parse(String is) {
            var matcher = FORM.matcher(is);
            return matcher.matches()
                    ? Optional.of(
                            new RoomMemberCount(matcher.group(1), Long.parseLong(matcher.group(2))))
                    : Optional.empty();
        }

        @Override
        public boolean holds(PushedEvent event, @Nullable String displayName) {
            int order = Long.compare(event.joinedMembers(), count);
            return switch (operator) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                default -> order == 0;
            };
        }
    }

    /// The sender has the power to notify so.
    record SenderNotificationPermission(String key) implements Condition {
        @Override
        public boolean holds(PushedEvent event, @Nullable String displayName) {
            return event.senderMayNotify(key);
        }
    }
}
