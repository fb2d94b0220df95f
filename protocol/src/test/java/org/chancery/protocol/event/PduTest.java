package org.chancery.protocol.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonDecimal;
import org.chancery.protocol.json.JsonInteger;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PduTest {
    private static final JsonObject MESSAGE =
            object(
                    """
                    {"type":"m.room.message","room_id":"!r:domain","sender":"@u:domain",
                    "content":{"body":"x"},"depth":3,"origin_server_ts":1000,
                    "prev_events":["$p1","$p2"],"auth_events":["$a"],
                    "hashes":{"sha256":"AAAA"},"signatures":{}}""");
    private static final JsonObject OLD_MESSAGE =
            MESSAGE.with("event_id", "$e:domain")
                    .with("prev_events", value("[[\"$p:domain\",{\"sha256\":\"x\"}]]"))
                    .with("auth_events", value("[]"));
    private static final JsonObject CREATE =
            object(
                    """
                    {"type":"m.room.create","state_key":"","sender":"@u:domain",
                    "content":{"room_version":"12","x":1},"depth":1,"origin_server_ts":1000,
                    "prev_events":[],"auth_events":[],
                    "hashes":{"sha256":"AAAA"},"signatures":{}}""");

    @Test
    void fields_are_read() {
        var pdu = Pdu.parse(MESSAGE.with("state_key", "k"), RoomVersion.V11);

        assertEquals("!r:domain", pdu.roomId().value());
        assertEquals("@u:domain", pdu.sender().toString());
        assertEquals("m.room.message", pdu.type());
        assertEquals("k", pdu.stateKey());
        assertEquals(JsonObject.of("body", "x"), pdu.content());
        assertEquals(List.of(new EventId("$p1"), new EventId("$p2")), pdu.prevEvents());
        assertEquals(List.of(new EventId("$a")), pdu.authEvents());
        assertEquals(3, pdu.depth());
        assertEquals(1000, pdu.originServerTs());
        assertEquals(Optional.of(new StateKey("m.room.message", "k")), pdu.place());
    }

    @Test
    void a_message_has_no_place_in_the_state() {
        var pdu = Pdu.parse(MESSAGE, RoomVersion.V11);

        assertNull(pdu.stateKey());
        assertFalse(pdu.isState());
        assertEquals(Optional.empty(), pdu.place());
    }

    /// The hashes were worked out by another program.
    @Test
    void the_event_id_is_the_reference_hash_in_the_encoding_of_the_version() {
        var event = MESSAGE.with("depth", 2);

        assertEquals(
                "$3llLBv+/Gky0SilXlv1qmyXIEm6hX8WMZBL+GiQO1vo",
                Pdu.parse(event, RoomVersion.V3).eventId().value());
        assertEquals(
                "$3llLBv-_Gky0SilXlv1qmyXIEm6hX8WMZBL-GiQO1vo",
                Pdu.parse(event, RoomVersion.V4).eventId().value());
        assertEquals(
                "$2kKtB8DdwCk0gZh0ViOMnh_KoQJ1wO6vpCbK5wwL7bQ",
                Pdu.parse(MESSAGE, RoomVersion.V12).eventId().value());
    }

    @Test
    void the_event_id_outlives_redaction_and_new_signatures() {
        var pdu = Pdu.parse(MESSAGE, RoomVersion.V11);

        var redacted = pdu.redacted();
        var signed = MESSAGE.with("signatures", JsonObject.of("a", JsonObject.EMPTY));

        assertEquals(JsonObject.EMPTY, redacted.content());
        assertEquals(pdu.eventId(), Pdu.parse(redacted.json(), RoomVersion.V11).eventId());
        assertEquals(pdu.eventId(), Pdu.parse(signed, RoomVersion.V11).eventId());
        assertNotEquals(pdu, redacted);
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2"})
    void old_events_carry_their_id_and_pairs_of_references(RoomVersion version) {
        var pdu = Pdu.parse(OLD_MESSAGE, version);

        assertEquals("$e:domain", pdu.eventId().value());
        assertEquals(List.of(new EventId("$p:domain")), pdu.prevEvents());
        assertThrows(MalformedPdu.class, () -> Pdu.parse(OLD_MESSAGE, RoomVersion.V3));
        assertThrows(MalformedPdu.class, () -> Pdu.parse(MESSAGE, version));
        assertThrows(
                MalformedPdu.class,
                () -> Pdu.parse(OLD_MESSAGE.with("event_id", "$nodomain"), version));
    }

    @Test
    void since_version_12_the_creation_names_the_room_by_its_hash() {
        var pdu = Pdu.parse(CREATE, RoomVersion.V12);

        assertEquals("!a_C5Accr2SmrbHHdZSJBp7H2nPDXdJ1EMct5rW1Jvs0", pdu.roomId().value());
        assertEquals("$a_C5Accr2SmrbHHdZSJBp7H2nPDXdJ1EMct5rW1Jvs0", pdu.eventId().value());
        assertThrows(MalformedPdu.class, () -> Pdu.parse(CREATE, RoomVersion.V11));
        assertThrows(
                MalformedPdu.class,
                () -> Pdu.parse(CREATE.with("type", "m.room.name"), RoomVersion.V12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type",
                "room_id",
                "sender",
                "content",
                "depth",
                "origin_server_ts",
                "prev_events",
                "auth_events",
                "hashes",
                "signatures"
            })
    void a_required_field_must_be_there_and_of_its_type(String name) {
        assertThrows(MalformedPdu.class, () -> Pdu.parse(MESSAGE.without(name), RoomVersion.V11));
        assertThrows(
                MalformedPdu.class, () -> Pdu.parse(MESSAGE.with(name, true), RoomVersion.V11));
    }

    @Test
    void ids_in_an_event_must_be_ids() {
        for (var name : List.of("room_id", "sender")) {
            assertThrows(
                    MalformedPdu.class,
                    () -> Pdu.parse(MESSAGE.with(name, "nonsense"), RoomVersion.V11));
        }
        for (var name : List.of("prev_events", "auth_events")) {
            var references = JsonArray.ofTexts(List.of("nonsense"));
            assertThrows(
                    MalformedPdu.class,
                    () -> Pdu.parse(MESSAGE.with(name, references), RoomVersion.V11));
        }
    }

    @Test
    void an_event_has_at_most_65536_bytes() {
        int spare = Pdu.BYTES_MAX - MESSAGE.bytes().length;
        var fits = MESSAGE.with("content", JsonObject.of("body", "x".repeat(spare + 1)));
        var over = MESSAGE.with("content", JsonObject.of("body", "x".repeat(spare + 2)));

        assertEquals(Pdu.BYTES_MAX, Pdu.parse(fits, RoomVersion.V11).json().bytes().length);
        var malformed = assertThrows(MalformedPdu.class, () -> Pdu.parse(over, RoomVersion.V11));
        assertTrue(malformed.isTooLarge());
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "state_key"})
    void texts_have_at_most_255_bytes(String name) {
        var fits = MESSAGE.with(name, "é".repeat(127));
        var over = MESSAGE.with(name, "é".repeat(128));

        assertEquals(
                127, Pdu.parse(fits, RoomVersion.V11).json().string(name).orElseThrow().length());
        assertThrows(MalformedPdu.class, () -> Pdu.parse(over, RoomVersion.V11));
    }

    @Test
    void references_are_counted() {
        var twenty = JsonArray.ofTexts(Collections.nCopies(20, "$p"));
        var more = JsonArray.ofTexts(Collections.nCopies(21, "$p"));
        var ten = JsonArray.ofTexts(Collections.nCopies(10, "$p"));
        var eleven = JsonArray.ofTexts(Collections.nCopies(11, "$p"));

        var full = MESSAGE.with("prev_events", twenty).with("auth_events", ten);

        assertEquals(20, Pdu.parse(full, RoomVersion.V11).prevEvents().size());
        assertThrows(
                MalformedPdu.class,
                () -> Pdu.parse(MESSAGE.with("prev_events", more), RoomVersion.V11));
        assertThrows(
                MalformedPdu.class,
                () -> Pdu.parse(MESSAGE.with("auth_events", eleven), RoomVersion.V11));
    }

    @Test
    void depth_is_within_its_range() {
        var deep = new JsonDecimal("9223372036854775807");

        assertEquals(Long.MAX_VALUE, parseDepth(deep, RoomVersion.V5));
        assertThrows(MalformedPdu.class, () -> parseDepth(deep, RoomVersion.V6));
        assertThrows(
                MalformedPdu.class,
                () -> parseDepth(new JsonDecimal("9223372036854775808"), RoomVersion.V5));
        assertThrows(MalformedPdu.class, () -> parseDepth(new JsonInteger(-1), RoomVersion.V11));
    }

    @Test
    void floats_are_refused_since_version_6() {
        var content = JsonObject.of("x", new JsonDecimal("1.5"));

        var event = MESSAGE.with("content", content);

        assertEquals(content, Pdu.parse(event, RoomVersion.V5).content());
        assertThrows(MalformedPdu.class, () -> Pdu.parse(event, RoomVersion.V6));
    }

    @Test
    void redacts_stands_in_the_event_and_since_version_11_in_the_content() {
        var redaction = MESSAGE.with("type", "m.room.redaction");
        var top = redaction.with("redacts", "$top");
        var inside = redaction.with("content", JsonObject.of("redacts", "$in"));

        assertEquals(Optional.of(new EventId("$top")), Pdu.parse(top, RoomVersion.V10).redacts());
        assertEquals(Optional.empty(), Pdu.parse(top, RoomVersion.V11).redacts());
        assertEquals(Optional.empty(), Pdu.parse(inside, RoomVersion.V10).redacts());
        assertEquals(Optional.of(new EventId("$in")), Pdu.parse(inside, RoomVersion.V11).redacts());
        assertEquals(
                Optional.empty(),
                Pdu.parse(MESSAGE.with("redacts", "$top"), RoomVersion.V10).redacts());
    }

    @Test
    void an_event_from_the_store_is_not_hashed_again() {
        var pdu = Pdu.restore(new EventId("$stored"), MESSAGE, RoomVersion.V11);

        assertEquals("$stored", pdu.eventId().value());
        assertEquals("Pdu[$stored]", pdu.toString());
    }

    @Test
    void membership_is_read_from_members_only() {
        var member =
                MESSAGE.with("type", "m.room.member")
                        .with("content", JsonObject.of("membership", "knock"));
        var odd = member.with("content", JsonObject.of("membership", "guest"));
        var message = member.with("type", "m.room.message");

        assertEquals(
                Optional.of(Membership.KNOCK), Pdu.parse(member, RoomVersion.V11).membership());
        assertEquals(Optional.empty(), Pdu.parse(odd, RoomVersion.V11).membership());
        assertEquals(Optional.empty(), Pdu.parse(message, RoomVersion.V11).membership());
    }

    @Test
    void a_client_sees_the_event_without_its_graph() {
        var event = ClientEvent.of(Pdu.parse(MESSAGE.with("state_key", "k"), RoomVersion.V11));

        assertEquals(
                List.of(
                        "content",
                        "event_id",
                        "origin_server_ts",
                        "room_id",
                        "sender",
                        "state_key",
                        "type"),
                event.names());
        assertEquals(new JsonString("k"), event.get("state_key"));
        assertFalse(ClientEvent.of(Pdu.parse(MESSAGE, RoomVersion.V11)).has("state_key"));
    }

    @Test
    void a_client_sees_redacts_in_both_places() {
        var redaction = MESSAGE.with("type", "m.room.redaction");
        var old = redaction.with("redacts", "$x").with("content", JsonObject.of("reason", "r"));
        var modern = redaction.with("content", JsonObject.of("reason", "r").with("redacts", "$x"));

        for (var event :
                List.of(Pdu.parse(old, RoomVersion.V10), Pdu.parse(modern, RoomVersion.V11))) {
            var seen = ClientEvent.of(event);
            assertEquals(Optional.of("$x"), seen.string("redacts"));
            assertEquals(modern.get("content"), seen.get("content"));
        }
    }

    @Test
    void a_client_sees_the_room_of_a_creation() {
        var pdu = Pdu.parse(CREATE, RoomVersion.V12);

        assertEquals(Optional.of(pdu.roomId().value()), ClientEvent.of(pdu).string("room_id"));
    }

    @Test
    void stripped_state_has_four_fields() {
        var stripped = ClientEvent.stripped(Pdu.parse(CREATE, RoomVersion.V12));

        assertEquals(List.of("content", "sender", "state_key", "type"), stripped.names());
    }

    private static long parseDepth(JsonValue depth, RoomVersion version) {
        return Pdu.parse(MESSAGE.with("depth", depth), version).depth();
    }

    private static JsonValue value(String text) {
        return Json.parse(text.getBytes(UTF_8));
    }

    private static JsonObject object(String text) {
        return Json.parseObject(text.getBytes(UTF_8));
    }
}
