package org.chancery.protocol.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedactionTest {
    @Test
    void keys_of_the_event_are_kept_by_version() {
        var event =
                parse(
                        """
                        {"event_id":1,"type":"x","room_id":1,"sender":1,"state_key":1,
                        "content":{"a":1},"hashes":1,"signatures":1,"depth":1,"prev_events":1,
                        "prev_state":1,"auth_events":1,"origin":1,"origin_server_ts":1,
                        "membership":1,"unsigned":1,"redacts":1,"extra":1}""");
        var always =
                List.of(
                        "auth_events",
                        "content",
                        "depth",
                        "event_id",
                        "hashes",
                        "origin_server_ts",
                        "prev_events",
                        "room_id",
                        "sender",
                        "signatures",
                        "state_key",
                        "type");

        for (var version : RoomVersion.values()) {
            var redacted = Redaction.redact(event, version);
            var expected = new java.util.ArrayList<>(always);
            if (version.compareTo(RoomVersion.V11) < 0) {
                expected.addAll(List.of("membership", "origin", "prev_state"));
            }
            assertEquals(expected.stream().sorted().toList(), redacted.names());
            assertEquals(JsonObject.EMPTY, redacted.get("content"));
        }
    }

    @Test
    void a_membership_keeps_what_its_version_needs() {
        var content =
                """
                {"membership":"join","displayname":"A","join_authorised_via_users_server":"@b:c",
                "third_party_invite":{"display_name":"x","signed":{"token":"t"}}}""";

        expect("m.room.member", content, RoomVersion.V8, "{\"membership\":\"join\"}");
        expect(
                "m.room.member",
                content,
                RoomVersion.V9,
                "{\"join_authorised_via_users_server\":\"@b:c\",\"membership\":\"join\"}");
        expect(
                "m.room.member",
                content,
                RoomVersion.V11,
                "{\"join_authorised_via_users_server\":\"@b:c\",\"membership\":\"join\","
                        + "\"third_party_invite\":{\"signed\":{\"token\":\"t\"}}}");
    }

    @ParameterizedTest
    @EnumSource
    void only_a_membership_keeps_a_third_party_invite(RoomVersion version) {
        expect(
                "m.room.join_rules",
                "{\"join_rule\":\"invite\",\"third_party_invite\":{\"signed\":{\"token\":\"t\"}}}",
                version,
                "{\"join_rule\":\"invite\"}");
    }

    @Test
    void a_third_party_invite_without_signature_leaves_nothing() {
        expect(
                "m.room.member",
                "{\"membership\":\"invite\",\"third_party_invite\":{\"display_name\":\"x\"}}",
                RoomVersion.V11,
                "{\"membership\":\"invite\"}");
    }

    @Test
    void a_creation_keeps_its_creator_and_since_version_11_everything() {
        var content = "{\"creator\":\"@a:b\",\"m.federate\":false,\"x\":{\"y\":1}}";

        expect("m.room.create", content, RoomVersion.V10, "{\"creator\":\"@a:b\"}");
        expect("m.room.create", content, RoomVersion.V11, content);
        expect("m.room.create", content, RoomVersion.V12, content);
    }

    @Test
    void join_rules_keep_allow_since_version_8() {
        var content = "{\"allow\":[],\"join_rule\":\"restricted\",\"x\":1}";

        expect("m.room.join_rules", content, RoomVersion.V7, "{\"join_rule\":\"restricted\"}");
        expect(
                "m.room.join_rules",
                content,
                RoomVersion.V8,
                "{\"allow\":[],\"join_rule\":\"restricted\"}");
    }

    @Test
    void power_levels_keep_invite_since_version_11() {
        var content =
                """
                {"ban":1,"events":{},"events_default":1,"historical":1,"invite":1,"kick":1,
                "notifications":{},"redact":1,"state_default":1,"users":{},"users_default":1}""";
        var before =
                "{\"ban\":1,\"events\":{},\"events_default\":1,\"kick\":1,\"redact\":1,"
                        + "\"state_default\":1,\"users\":{},\"users_default\":1}";

        expect("m.room.power_levels", content, RoomVersion.V10, before);
        expect(
                "m.room.power_levels",
                content,
                RoomVersion.V11,
                parse(before).with("invite", 1).toString());
    }

    @Test
    void aliases_are_kept_before_version_6() {
        expect("m.room.aliases", "{\"aliases\":[]}", RoomVersion.V5, "{\"aliases\":[]}");
        expect("m.room.aliases", "{\"aliases\":[]}", RoomVersion.V6, "{}");
    }

    @Test
    void a_redaction_keeps_redacts_in_its_content_since_version_11() {
        expect("m.room.redaction", "{\"reason\":\"x\",\"redacts\":\"$a\"}", RoomVersion.V10, "{}");
        expect(
                "m.room.redaction",
                "{\"reason\":\"x\",\"redacts\":\"$a\"}",
                RoomVersion.V11,
                "{\"redacts\":\"$a\"}");
    }

    @ParameterizedTest
    @EnumSource
    void history_visibility_is_kept_and_messages_are_not(RoomVersion version) {
        var visibility = "{\"history_visibility\":\"shared\",\"x\":1}";

        expect(
                "m.room.history_visibility",
                visibility,
                version,
                "{\"history_visibility\":\"shared\"}");
        expect("m.room.message", "{\"body\":\"x\"}", version, "{}");
    }

    private static void expect(String type, String content, RoomVersion version, String kept) {
        var event = JsonObject.of("type", type).with("content", parse(content));

        var redacted = Redaction.redact(event, version);

        assertEquals(parse(kept), redacted.get("content"));
        assertEquals(redacted, Redaction.redact(redacted, version));
    }

    private static JsonObject parse(String text) {
        return Json.parseObject(text.getBytes(UTF_8));
    }
}
