package org.chancery.protocol.pushrules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {
    private static final RuleSet ALICE = RuleSet.defaults(UserId.parse("@alice:a"));
    private static final JsonObject MESSAGE =
            object(
                    """
                    {"type":"m.room.message","sender":"@bob:a","room_id":"!r:a","event_id":"$e",
                    "origin_server_ts":1,"content":{"msgtype":"m.text","body":"hello"}}""");

    @Test
    void a_message_notifies_without_sound() {
        var actions = ALICE.evaluate(in(MESSAGE, 3), "Alice");

        assertTrue(actions.notifies());
        assertFalse(actions.highlights());
        assertEquals(JsonObject.EMPTY, actions.tweaks());
    }

    @Test
    void a_message_between_two_sounds() {
        assertEquals(".m.rule.room_one_to_one", matched(in(MESSAGE, 2)));
        assertEquals(
                JsonObject.of("sound", "default"), ALICE.evaluate(in(MESSAGE, 2), null).tweaks());
    }

    @Test
    void encrypted_events_notify_all_or_nothing() {
        var encrypted = MESSAGE.with("type", "m.room.encrypted");

        assertEquals(".m.rule.encrypted_room_one_to_one", matched(in(encrypted, 2)));
        assertEquals(".m.rule.encrypted", matched(in(encrypted, 3)));
    }

    @Test
    void events_of_the_user_never_notify() {
        var own = MESSAGE.with("sender", "@alice:a");

        assertEquals(Optional.empty(), ALICE.match(in(own, 2), null));
        assertFalse(ALICE.evaluate(in(own, 2), null).notifies());
    }

    @Test
    void a_mention_highlights_the_mentioned_user_only() {
        var mention = mentions("{\"user_ids\":[\"@alice:a\",\"@carol:a\"]}");
        var other = mentions("{\"user_ids\":[\"@carol:a\"]}");

        assertEquals(".m.rule.is_user_mention", matched(in(mention, 3)));
        assertTrue(ALICE.evaluate(in(mention, 3), null).highlights());
        assertEquals(".m.rule.message", matched(in(other, 3)));
    }

    @Test
    void a_room_mention_needs_the_power_for_it() {
        var mention = mentions("{\"room\":true}");
        var cheap = JsonObject.of("room", Json.parse("10".getBytes(UTF_8)));

        assertEquals(".m.rule.is_room_mention", matched(with(mention, 50, JsonObject.EMPTY)));
        assertEquals(".m.rule.message", matched(with(mention, 49, JsonObject.EMPTY)));
        assertEquals(".m.rule.is_room_mention", matched(with(mention, 10, cheap)));
        assertEquals(
                ".m.rule.is_room_mention", matched(with(mention, 10, JsonObject.of("room", "10"))));
        assertEquals(".m.rule.message", matched(in(mentions("{\"room\":1}"), 3)));
    }

    @Test
    void an_invite_notifies_who_is_invited() {
        var invite =
                MESSAGE.with("type", "m.room.member")
                        .with("content", JsonObject.of("membership", "invite"));

        assertEquals(".m.rule.invite_for_me", matched(in(invite.with("state_key", "@alice:a"), 2)));
        assertEquals(".m.rule.member_event", matched(in(invite.with("state_key", "@carol:a"), 2)));
        assertFalse(ALICE.evaluate(in(invite.with("state_key", "@c:a"), 2), null).notifies());
    }

    @Test
    void a_tombstone_notifies_only_as_state() {
        var tombstone = MESSAGE.with("type", "m.room.tombstone");

        assertEquals(".m.rule.tombstone", matched(in(tombstone.with("state_key", ""), 3)));
        assertEquals(Optional.empty(), ALICE.match(in(tombstone, 3), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ".m.rule.suppress_notices|{\"content\":{\"msgtype\":\"m.notice\",\"body\":\"x\"}}",
                ".m.rule.reaction|{\"type\":\"m.reaction\"}",
                ".m.rule.room.server_acl|{\"type\":\"m.room.server_acl\",\"state_key\":\"\"}",
                ".m.rule.suppress_edits|{\"content\":{\"m.relates_to\":"
                        + "{\"rel_type\":\"m.replace\"}}}",
                ".m.rule.call|{\"type\":\"m.call.invite\"}"
            })
    void events_meet_the_rule_that_is_made_for_them(String rule, String changes) {
        var event = MESSAGE;
        for (var member : object(changes).entries()) {
            event = event.with(member.name(), member.value());
        }

        assertEquals(rule, matched(in(event, 2)));
    }

    @Test
    void the_master_rule_silences_everything_even_rules_of_the_user() {
        var set =
                ALICE.put(
                                RuleKind.OVERRIDE,
                                "loud",
                                object("{\"actions\":[\"notify\"]}"),
                                null,
                                null)
                        .setEnabled(RuleKind.OVERRIDE, ".m.rule.master", true);

        assertEquals(".m.rule.master", matched(set, in(MESSAGE, 2)));
        assertFalse(set.evaluate(in(MESSAGE, 2), null).notifies());
    }

    @Test
    void kinds_are_checked_in_their_order() {
        var silent = object("{\"actions\":[]}");
        var underride = ALICE.put(RuleKind.UNDERRIDE, "u", silent, null, null);
        var sender = underride.put(RuleKind.SENDER, "@bob:a", silent, null, null);
        var room = sender.put(RuleKind.ROOM, "!r:a", silent, null, null);
        var content = room.put(RuleKind.CONTENT, "c", silent.with("pattern", "hell*"), null, null);
        var override = content.put(RuleKind.OVERRIDE, "o", silent, null, null);

        assertEquals("u", matched(underride, in(MESSAGE, 2)));
        assertEquals("@bob:a", matched(sender, in(MESSAGE, 2)));
        assertEquals("!r:a", matched(room, in(MESSAGE, 2)));
        assertEquals("c", matched(content, in(MESSAGE, 2)));
        assertEquals("o", matched(override, in(MESSAGE, 2)));
        assertEquals("u", matched(room, in(other("!q:a", "@carol:a"), 2)));
    }

    @Test
    void a_disabled_rule_never_matches() {
        var set = ALICE.setEnabled(RuleKind.UNDERRIDE, ".m.rule.message", false);

        assertEquals(Optional.empty(), set.match(in(MESSAGE, 3), null));
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2, true", "==2, 2, true", "==2, 3, false", "<2, 1, true", "<2, 2, false",
        "<=2, 2, true", "<=2, 3, false", ">2, 3, true", ">2, 2, false", ">=2, 2, true",
        ">=2, 1, false"
    })
    void members_are_counted(String is, int members, boolean matches) {
        var condition = JsonObject.of("kind", "room_member_count").with("is", is);

        assertEquals(matches, holds(condition, in(MESSAGE, members), null));
    }

    @ParameterizedTest
    @CsvSource({
        "content.body, HEL?O, true",
        "content.body, hell, false",
        "content.msgtype, m.*, true",
        "content.msgtype, text, false",
        "content.absent, *, false",
        "origin_server_ts, *, false",
        "room_id, !R:A, true"
    })
    void a_property_is_matched_by_a_pattern(String key, String pattern, boolean matches) {
        var condition =
                JsonObject.of("kind", "event_match").with("key", key).with("pattern", pattern);

        assertEquals(matches, holds(condition, in(MESSAGE, 3), null));
    }

    @Test
    void a_property_is_compared_without_casting() {
        var event = MESSAGE.with("content", object("{\"a\":1,\"b\":true,\"c\":null,\"d\":\"1\"}"));

        assertTrue(is("content.a", "1", event));
        assertFalse(is("content.d", "1", event));
        assertTrue(is("content.b", "true", event));
        assertTrue(is("content.c", "null", event));
        assertFalse(is("content.absent", "null", event));
    }

    @Test
    void a_display_name_is_looked_for_in_words_of_the_body() {
        var condition = JsonObject.of("kind", "contains_display_name");
        var event = MESSAGE.with("content", JsonObject.of("body", "hi ALICE*! how are you"));

        assertTrue(holds(condition, in(event, 3), "Alice"));
        assertTrue(holds(condition, in(event, 3), "alice*"));
        assertFalse(holds(condition, in(event, 3), "h*u"));
        assertFalse(holds(condition, in(event, 3), "Ali"));
        assertFalse(holds(condition, in(event, 3), ""));
        assertFalse(holds(condition, in(event, 3), "x".repeat(1_025)));
        assertFalse(holds(condition, in(event, 3), null));
    }

    @Test
    void a_rule_with_an_unknown_condition_never_matches() {
        assertFalse(holds(JsonObject.of("kind", "org.example.moon"), in(MESSAGE, 3), null));
    }

    @Test
    void a_highlight_can_be_switched_off() {
        var off =
                object("{\"actions\":[\"notify\",{\"set_tweak\":\"highlight\",\"value\":false}]}");

        var set = ALICE.put(RuleKind.ROOM, "!r:a", off, null, null);

        assertFalse(set.evaluate(in(MESSAGE, 3), null).highlights());
    }

    private static boolean is(String key, String value, JsonObject event) {
        var condition =
                JsonObject.of("kind", "event_property_is")
                        .with("key", key)
                        .with("value", Json.parse(value.getBytes(UTF_8)));
        return holds(condition, in(event, 3), null);
    }

    private static boolean holds(JsonObject condition, PushedEvent event, @Nullable String name) {
        var body =
                JsonObject.of("actions", JsonArray.EMPTY)
                        .with("conditions", JsonArray.of(condition));
        var set = ALICE.put(RuleKind.OVERRIDE, "tested", body, null, null);
        return set.match(event, name).filter(rule -> rule.id().equals("tested")).isPresent();
    }

    private static JsonObject mentions(String mentions) {
        return MESSAGE.with("content", JsonObject.of("m.mentions", object(mentions)));
    }

    private static JsonObject other(String room, String sender) {
        return MESSAGE.with("room_id", room).with("sender", sender);
    }

    private static String matched(PushedEvent event) {
        return matched(ALICE, event);
    }

    private static String matched(RuleSet set, PushedEvent event) {
        return set.match(event, null).map(PushRule::id).orElse("none");
    }

    private static PushedEvent in(JsonObject event, int members) {
        return new PushedEvent(event, members, 0, JsonObject.EMPTY);
    }

    private static PushedEvent with(JsonObject event, long level, JsonObject notifications) {
        return new PushedEvent(event, 3, level, notifications);
    }

    private static JsonObject object(String text) {
        return Json.parseObject(text.getBytes(UTF_8));
    }
}
