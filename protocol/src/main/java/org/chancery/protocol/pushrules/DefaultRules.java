package org.chancery.protocol.pushrules;

import java.util.List;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonBoolean;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;

/// The rules that every user has (Client-Server API, "Predefined Rules", as of v1.19), in the order
/// of the spec.
final class DefaultRules {
    static final String MASTER = ".m.rule.master";

    private static final JsonString NOTIFY = new JsonString("notify");
    private static final JsonObject HIGHLIGHT = JsonObject.of("set_tweak", "highlight");

    private DefaultRules() {}

    static List<PushRule> override(UserId user) {
        var me = user.toString();
        return List.of(
                rule(RuleKind.OVERRIDE, MASTER, List.of()).enabled(false),
                silent(".m.rule.suppress_notices", match("content.msgtype", "m.notice")),
                rule(
                        RuleKind.OVERRIDE,
                        ".m.rule.invite_for_me",
                        List.of(
                                match("type", "m.room.member"),
                                match("content.membership", "invite"),
                                match("state_key", me)),
                        NOTIFY,
                        sound("default")),
                silent(".m.rule.member_event", match("type", "m.room.member")),
                rule(
                        RuleKind.OVERRIDE,
                        ".m.rule.is_user_mention",
                        List.of(
                                property(
                                        "event_property_contains",
                                        "content.m\\.mentions.user_ids",
                                        new JsonString(me))),
                        NOTIFY,
                        sound("default"),
                        HIGHLIGHT),
                rule(
                        RuleKind.OVERRIDE,
                        ".m.rule.is_room_mention",
                        List.of(
                                property(
                                        "event_property_is",
                                        "content.m\\.mentions.room",
                                        JsonBoolean.TRUE),
                                JsonObject.of("kind", "sender_notification_permission")
                                        .with("key", "room")),
                        NOTIFY,
                        HIGHLIGHT),
                rule(
                        RuleKind.OVERRIDE,
                        ".m.rule.tombstone",
                        List.of(match("type", "m.room.tombstone"), match("state_key", "")),
                        NOTIFY,
                        HIGHLIGHT),
                silent(".m.rule.reaction", match("type", "m.reaction")),
                silent(
                        ".m.rule.room.server_acl",
                        match("type", "m.room.server_acl"),
                        match("state_key", "")),
                silent(
                        ".m.rule.suppress_edits",
                        property(
                                "event_property_is",
                                "content.m\\.relates_to.rel_type",
                                new JsonString("m.replace"))));
    }

    static List<PushRule> underride() {
        return List.of(
                rule(
                        RuleKind.UNDERRIDE,
                        ".m.rule.call",
                        List.of(match("type", "m.call.invite")),
                        NOTIFY,
                        sound("ring")),
                oneToOne(".m.rule.encrypted_room_one_to_one", "m.room.encrypted"),
                oneToOne(".m.rule.room_one_to_one", "m.room.message"),
                rule(
                        RuleKind.UNDERRIDE,
                        ".m.rule.message",
                        List.of(match("type", "m.room.message")),
                        NOTIFY),
                rule(
                        RuleKind.UNDERRIDE,
                        ".m.rule.encrypted",
                        List.of(match("type", "m.room.encrypted")),
                        NOTIFY));
    }

    private static PushRule silent(String id, JsonObject... conditions) {
        return rule(RuleKind.OVERRIDE, id, List.of(conditions));
    }

    private static PushRule oneToOne(String id, String type) {
        var two = JsonObject.of("kind", "room_member_count").with("is", "2");
        return rule(
                RuleKind.UNDERRIDE,
                id,
                List.of(two, match("type", type)),
                NOTIFY,
                sound("default"));
    }

    private static PushRule rule(
            RuleKind kind, String id, List<JsonObject> conditions, JsonValue... actions) {
        var body = JsonObject.of("actions", JsonArray.of(actions));
        return PushRule.define(kind, id, body.with("conditions", JsonArray.of(conditions)));
    }

    private static JsonObject match(String key, String pattern) {
        return JsonObject.of("kind", "event_match").with("key", key).with("pattern", pattern);
    }

    private static JsonObject property(String kind, String key, JsonValue value) {
        return JsonObject.of("kind", kind).with("key", key).with("value", value);
    }

    private static JsonObject sound(String name) {
        return JsonObject.of("set_tweak", "sound").with("value", name);
    }
}
