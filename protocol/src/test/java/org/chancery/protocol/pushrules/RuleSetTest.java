package org.chancery.protocol.pushrules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleSetTest {
    private static final UserId ALICE = UserId.parse("@alice:a");
    private static final RuleSet DEFAULTS = RuleSet.defaults(ALICE);
    private static final JsonObject CAKE =
            object("{\"pattern\":\"cake\",\"actions\":[\"notify\"]}");
    private static final JsonObject SILENT = object("{\"actions\":[]}");

    @Test
    void a_new_user_has_the_rules_of_the_spec_in_its_order() {
        assertEquals(
                List.of(
                        ".m.rule.master",
                        ".m.rule.suppress_notices",
                        ".m.rule.invite_for_me",
                        ".m.rule.member_event",
                        ".m.rule.is_user_mention",
                        ".m.rule.is_room_mention",
                        ".m.rule.tombstone",
                        ".m.rule.reaction",
                        ".m.rule.room.server_acl",
                        ".m.rule.suppress_edits"),
                ids(DEFAULTS, RuleKind.OVERRIDE));
        assertEquals(
                List.of(
                        ".m.rule.call",
                        ".m.rule.encrypted_room_one_to_one",
                        ".m.rule.room_one_to_one",
                        ".m.rule.message",
                        ".m.rule.encrypted"),
                ids(DEFAULTS, RuleKind.UNDERRIDE));
        assertEquals(List.of(), ids(DEFAULTS, RuleKind.CONTENT));
    }

    @Test
    void rules_are_shown_as_the_spec_writes_them() {
        var master = DEFAULTS.rule(RuleKind.OVERRIDE, ".m.rule.master").orElseThrow();
        var mention = DEFAULTS.rule(RuleKind.OVERRIDE, ".m.rule.is_user_mention").orElseThrow();
        var call = DEFAULTS.rule(RuleKind.UNDERRIDE, ".m.rule.call").orElseThrow();

        assertEquals(
                object(
                        """
                        {"rule_id":".m.rule.master","default":true,"enabled":false,
                        "conditions":[],"actions":[]}"""),
                master.json());
        assertEquals(
                object(
                        """
                        {"rule_id":".m.rule.is_user_mention","default":true,"enabled":true,
                        "conditions":[{"kind":"event_property_contains",
                        "key":"content.m\\\\.mentions.user_ids","value":"@alice:a"}],
                        "actions":["notify",{"set_tweak":"sound","value":"default"},
                        {"set_tweak":"highlight"}]}"""),
                mention.json());
        assertEquals(
                object(
                        """
                        {"rule_id":".m.rule.call","default":true,"enabled":true,
                        "conditions":[{"key":"type","kind":"event_match",
                        "pattern":"m.call.invite"}],
                        "actions":["notify",{"set_tweak":"sound","value":"ring"}]}"""),
                call.json());
    }

    @Test
    void the_whole_set_has_a_list_of_every_kind() {
        var global = DEFAULTS.json().object("global").orElseThrow();

        assertEquals(List.of("content", "override", "room", "sender", "underride"), global.names());
        assertEquals(JsonArray.EMPTY, global.get("content"));
    }

    @Test
    void a_new_rule_comes_first_among_the_users_own_but_behind_the_master() {
        var set =
                DEFAULTS.put(RuleKind.OVERRIDE, "one", SILENT, null, null)
                        .put(RuleKind.OVERRIDE, "two", SILENT, null, null)
                        .put(RuleKind.UNDERRIDE, "three", SILENT, null, null);

        assertEquals(
                List.of(".m.rule.master", "two", "one", ".m.rule.suppress_notices"),
                ids(set, RuleKind.OVERRIDE).subList(0, 4));
        assertEquals(List.of("three", ".m.rule.call"), ids(set, RuleKind.UNDERRIDE).subList(0, 2));
    }

    @Test
    void a_rule_is_placed_before_or_after_another() {
        var set =
                DEFAULTS.put(RuleKind.CONTENT, "b", CAKE, null, null)
                        .put(RuleKind.CONTENT, "a", CAKE, null, null)
                        .put(RuleKind.CONTENT, "x", CAKE, "b", null)
                        .put(RuleKind.CONTENT, "y", CAKE, null, "b")
                        .put(RuleKind.CONTENT, "z", CAKE, "a", "b");

        assertEquals(List.of("z", "a", "x", "b", "y"), ids(set, RuleKind.CONTENT));
    }

    @Test
    void a_known_rule_keeps_place_and_switch_and_moves_only_when_told() {
        var set =
                DEFAULTS.put(RuleKind.CONTENT, "b", CAKE, null, null)
                        .put(RuleKind.CONTENT, "a", CAKE, null, null)
                        .setEnabled(RuleKind.CONTENT, "b", false);

        var changed = set.put(RuleKind.CONTENT, "b", CAKE.with("pattern", "pie"), null, null);
        var moved = changed.put(RuleKind.CONTENT, "b", CAKE, "a", null);

        assertEquals(List.of("a", "b"), ids(changed, RuleKind.CONTENT));
        assertEquals(
                new JsonString("pie"),
                changed.rule(RuleKind.CONTENT, "b").orElseThrow().json().get("pattern"));
        assertFalse(changed.rule(RuleKind.CONTENT, "b").orElseThrow().isEnabled());
        assertEquals(List.of("b", "a"), ids(moved, RuleKind.CONTENT));
    }

    @Test
    void a_rule_cannot_stand_beside_one_of_the_server_or_one_that_is_not() {
        refused(
                MatrixError.InvalidParam.class,
                () ->
                        DEFAULTS.put(
                                RuleKind.OVERRIDE, "x", SILENT, ".m.rule.suppress_notices", null));
        refused(
                MatrixError.InvalidParam.class,
                () -> DEFAULTS.put(RuleKind.OVERRIDE, "x", SILENT, null, "absent"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".dot", "a/b", "a\\b", ""})
    void other_ids_are_refused(String id) {
        refused(
                MatrixError.InvalidParam.class,
                () -> DEFAULTS.put(RuleKind.CONTENT, id, CAKE, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "content|{\"pattern\":\"x\"}",
                "content|{\"actions\":[]}",
                "content|{\"actions\":[],\"pattern\":1}",
                "override|{\"actions\":\"notify\"}",
                "override|{\"actions\":[\"shout\"]}",
                "override|{\"actions\":[1]}",
                "override|{\"actions\":[{\"value\":1}]}",
                "override|{\"actions\":[],\"conditions\":{}}",
                "override|{\"actions\":[],\"conditions\":[1]}",
                "override|{\"actions\":[],\"conditions\":[{}]}",
                "override|{\"actions\":[],\"conditions\":[{\"kind\":\"event_match\"}]}",
                "underride|{\"actions\":[],\"conditions\":[{\"kind\":\"room_member_count\","
                        + "\"is\":\"many\"}]}",
            })
    void malformed_rules_are_refused(String kind, String body) {
        assertThrows(
                MatrixException.class,
                () -> DEFAULTS.put(RuleKind.of(kind).orElseThrow(), "x", object(body), null, null));
    }

    @Test
    void historical_actions_are_dropped() {
        var body = object("{\"actions\":[\"dont_notify\",\"coalesce\",\"notify\"]}");

        var set = DEFAULTS.put(RuleKind.ROOM, "!r:a", body, null, null);

        assertEquals(
                "[\"notify\"]", set.rule(RuleKind.ROOM, "!r:a").orElseThrow().actions().toString());
    }

    @Test
    void a_rule_of_the_server_can_be_changed_but_not_deleted() {
        var actions = JsonArray.ofTexts(List.of("notify"));
        var id = ".m.rule.suppress_notices";

        var set =
                DEFAULTS.setActions(RuleKind.OVERRIDE, id, actions)
                        .setEnabled(RuleKind.OVERRIDE, id, false);

        var rule = set.rule(RuleKind.OVERRIDE, id).orElseThrow();
        assertEquals(actions, rule.actions().json());
        assertFalse(rule.isEnabled());
        assertTrue(rule.isDefault());
        refused(MatrixError.InvalidParam.class, () -> set.delete(RuleKind.OVERRIDE, id));
    }

    @Test
    void a_rule_of_the_user_can_be_deleted() {
        var set = DEFAULTS.put(RuleKind.CONTENT, "a", CAKE, null, null);

        assertEquals(List.of(), ids(set.delete(RuleKind.CONTENT, "a"), RuleKind.CONTENT));
    }

    @Test
    void what_is_not_there_is_not_found() {
        refused(MatrixError.NotFound.class, () -> DEFAULTS.delete(RuleKind.CONTENT, "a"));
        refused(MatrixError.NotFound.class, () -> DEFAULTS.setEnabled(RuleKind.ROOM, "a", true));
        refused(
                MatrixError.NotFound.class,
                () -> DEFAULTS.setActions(RuleKind.SENDER, "a", JsonArray.EMPTY));
    }

    @Test
    void a_set_comes_back_from_its_json() {
        var condition = object("{\"kind\":\"org.example.moon\",\"phase\":3}");
        var set =
                DEFAULTS.put(RuleKind.CONTENT, "b", CAKE, null, null)
                        .put(RuleKind.CONTENT, "a", CAKE, null, null)
                        .put(
                                RuleKind.OVERRIDE,
                                "moon",
                                SILENT.with("conditions", JsonArray.of(condition)),
                                null,
                                null)
                        .setEnabled(RuleKind.OVERRIDE, ".m.rule.master", true)
                        .setEnabled(RuleKind.CONTENT, "a", false);

        var back = RuleSet.parse(Json.parseObject(set.json().bytes()), ALICE);

        assertEquals(set.json(), back.json());
    }

    @Test
    void rules_of_the_server_follow_the_spec_when_they_come_from_the_store() {
        var stored =
                object(
                        """
                        {"global":{"override":[{"rule_id":".m.rule.roomnotif","default":true,
                        "enabled":true,"actions":[],"conditions":[]},
                        {"rule_id":".m.rule.reaction","default":true,"enabled":false,
                        "conditions":[],"actions":["notify"]}]}}""");

        var set = RuleSet.parse(stored, ALICE);

        var reaction = set.rule(RuleKind.OVERRIDE, ".m.rule.reaction").orElseThrow();
        assertEquals(ids(DEFAULTS, RuleKind.OVERRIDE), ids(set, RuleKind.OVERRIDE));
        assertFalse(reaction.isEnabled());
        assertTrue(reaction.actions().notifies());
        assertEquals(1, reaction.json().array("conditions").orElseThrow().size());
    }

    @Test
    void rules_are_bounded_in_number() {
        var rules = new ArrayList<JsonObject>();
        for (int i = 0; i <= RuleSet.RULES_MAX; i++) {
            rules.add(CAKE.with("rule_id", "r" + i));
        }
        var most = JsonArray.of(rules.subList(0, RuleSet.RULES_MAX));

        var set = RuleSet.parse(JsonObject.of("global", JsonObject.of("content", most)), ALICE);

        assertEquals(RuleSet.RULES_MAX, set.rules(RuleKind.CONTENT).size());
        refused(
                MatrixError.TooLarge.class,
                () -> set.put(RuleKind.CONTENT, "more", CAKE, null, null));
    }

    private static void refused(Class<? extends MatrixError> error, Executable change) {
        assertInstanceOf(error, assertThrows(MatrixException.class, change).error());
    }

    private static List<String> ids(RuleSet set, RuleKind kind) {
        return set.rules(kind).stream().map(PushRule::id).toList();
    }

    private static JsonObject object(String text) {
        return Json.parseObject(text.getBytes(UTF_8));
    }
}
