package org.chancery.protocol.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.protocol.event.VerifiedPdu.ServerKeys;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.TestEd25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventSigningTest {
    private static final ServerName DOMAIN = ServerName.parse("domain");
    private static final ServerName OTHER = ServerName.parse("other");
    private static final TestEd25519 KEY = TestEd25519.ofTheSpec();
    private static final TestEd25519 OTHER_KEY = TestEd25519.other(1);
    private static final UserId USER = UserId.parse("@u:domain");
    private static final RoomId ROOM = RoomId.parse("!r:domain");
    private static final ServerKeys KEYS =
            (server, id, _) -> {
                var key = server.equals(DOMAIN) ? KEY : OTHER_KEY;
                return id.equals(key.keyId()) ? Optional.of(key.publicKey()) : Optional.empty();
            };

    @Test
    void the_minimal_event_of_the_spec_is_signed_as_published() {
        var event =
                object(
                        """
                        {"room_id":"!x:domain","sender":"@a:domain","origin":"domain",
                        "origin_server_ts":1000000,"signatures":{},"hashes":{},"type":"X",
                        "content":{},"prev_events":[],"auth_events":[],"depth":3,
                        "unsigned":{"age_ts":1000000}}""");

        var signed = EventSigning.hashAndSign(event, RoomVersion.V1, DOMAIN, KEY);

        assertEquals(
                object(
                        """
                        {"auth_events":[],"content":{},"depth":3,
                        "hashes":{"sha256":"5jM4wQpv6lnBo7CLIghJuHdW+s2CMBJPUOGOC89ncos"},
                        "origin":"domain","origin_server_ts":1000000,"prev_events":[],
                        "room_id":"!x:domain","sender":"@a:domain",
                        "signatures":{"domain":{"ed25519:1":"\
                        KxwGjPSDEtvnFgU00fwFz+l6d2pJM6XBIaMEn81S\
                        XPTRl16AqLAYqfIReFGZlHi5KLjAWbOoMszkwsQma+lYAg"}},
                        "type":"X","unsigned":{"age_ts":1000000}}"""),
                signed);
    }

    @Test
    void the_event_with_redactable_content_of_the_spec_is_signed_as_published() {
        var event =
                object(
                        """
                        {"content":{"body":"Here is the message content"},"event_id":"$0:domain",
                        "origin":"domain","origin_server_ts":1000000,"type":"m.room.message",
                        "room_id":"!r:domain","sender":"@u:domain","signatures":{},
                        "unsigned":{"age_ts":1000000}}""");

        var signed = EventSigning.hashAndSign(event, RoomVersion.V1, DOMAIN, KEY);

        assertEquals(
                object(
                        """
                        {"content":{"body":"Here is the message content"},"event_id":"$0:domain",
                        "hashes":{"sha256":"onLKD1bGljeBWQhWZ1kaP9SorVmRQNdN5aM2JYU2n/g"},
                        "origin":"domain","origin_server_ts":1000000,"type":"m.room.message",
                        "room_id":"!r:domain","sender":"@u:domain",
                        "signatures":{"domain":{"ed25519:1":"\
                        Wm+VzmOUOz08Ds+0NTWb1d4CZrVsJSikkeRxh6aC\
                        cUwu6pNC78FunoD7KNWzqFn241eYHYMGCA5McEiVPdhzBA"}},
                        "unsigned":{"age_ts":1000000}}"""),
                signed);
        assertTrue(ContentHash.holds(signed));
    }

    @ParameterizedTest
    @EnumSource
    void a_signed_draft_is_verified_elsewhere_in_every_version(RoomVersion version) {
        var previous = new EventId("$p:domain");
        var draft =
                message()
                        .after(List.of(previous), 7)
                        .authorizedBy(List.of(previous))
                        .assigned(new EventId("$e:domain"), Map.of(previous, new byte[32]));

        var signed = draft.sign(version, DOMAIN, KEY).pdu();
        var verified = verify(signed.json(), version).orElseThrow();

        assertEquals(signed, verified.pdu());
        assertTrue(verified.contentIntact());
        assertEquals(List.of(previous), verified.pdu().prevEvents());
        assertEquals(7, verified.pdu().depth());
    }

    @Test
    void references_carry_hashes_in_old_versions_only() {
        var previous = new EventId("$p:domain");
        var draft =
                message()
                        .after(List.of(previous), 2)
                        .assigned(new EventId("$e:domain"), Map.of(previous, new byte[3]));

        assertEquals(
                "[[\"$p:domain\",{\"sha256\":\"AAAA\"}]]",
                draft.template(RoomVersion.V2).array("prev_events").orElseThrow().toString());
        assertEquals(
                "[\"$p:domain\"]",
                draft.template(RoomVersion.V3).array("prev_events").orElseThrow().toString());
        assertThrows(
                IllegalStateException.class,
                () -> message().after(List.of(previous), 2).template(RoomVersion.V1));
    }

    @Test
    void a_creation_since_version_12_has_no_room_of_its_own() {
        var draft =
                DraftEvent.of(USER, "m.room.create", JsonObject.of("room_version", "12"), 1)
                        .state("");

        var pdu = draft.sign(RoomVersion.V12, DOMAIN, KEY).pdu();

        assertFalse(pdu.json().has("room_id"));
        assertEquals(pdu.eventId().value().substring(1), pdu.roomId().value().substring(1));
        assertFalse(draft.in(ROOM).template(RoomVersion.V12).has("room_id"));
        assertTrue(draft.in(ROOM).template(RoomVersion.V11).has("room_id"));
    }

    @Test
    void a_redaction_is_written_in_the_place_of_its_version() {
        var target = new EventId("$target");
        var draft =
                DraftEvent.of(USER, "m.room.redaction", JsonObject.of("reason", "r"), 1)
                        .in(ROOM)
                        .redacting(target);

        for (var version : Arrays.asList(RoomVersion.V10, RoomVersion.V11)) {
            var pdu = draft.sign(version, DOMAIN, KEY).pdu();
            assertEquals(Optional.of(target), pdu.redacts());
            assertEquals(version == RoomVersion.V10, pdu.json().has("redacts"));
            assertEquals(Optional.of("r"), pdu.content().string("reason"));
        }
    }

    @Test
    void a_draft_that_is_too_large_is_refused() {
        var content = JsonObject.of("body", "x".repeat(Pdu.BYTES_MAX));
        var draft = DraftEvent.of(USER, "m.room.message", content, 1).in(ROOM);

        var malformed =
                assertThrows(MalformedPdu.class, () -> draft.sign(RoomVersion.V11, DOMAIN, KEY));

        assertTrue(malformed.isTooLarge());
    }

    @Test
    void an_event_without_the_signature_of_its_sender_is_dropped() {
        var signed = message().sign(RoomVersion.V11, DOMAIN, KEY).pdu().json();

        var unsigned = signed.with("signatures", JsonObject.EMPTY);
        var byOther = EventSigning.sign(unsigned, RoomVersion.V11, OTHER, OTHER_KEY);
        var changed = signed.with("depth", 99);

        assertTrue(verify(unsigned, RoomVersion.V11).isEmpty());
        assertTrue(verify(byOther, RoomVersion.V11).isEmpty());
        assertTrue(verify(changed, RoomVersion.V11).isEmpty());
    }

    @Test
    void a_signature_by_an_unknown_key_is_skipped() {
        var signed = message().sign(RoomVersion.V11, DOMAIN, KEY).pdu().json();

        var more = EventSigning.sign(signed, RoomVersion.V11, DOMAIN, TestEd25519.other(9));

        assertTrue(verify(more, RoomVersion.V11).isPresent());
    }

    @Test
    void an_event_with_changed_content_counts_as_redacted() {
        var signed = message().sign(RoomVersion.V11, DOMAIN, KEY).pdu();
        var changed = signed.json().with("content", JsonObject.of("body", "forged"));

        var verified = verify(changed, RoomVersion.V11).orElseThrow();

        assertFalse(verified.contentIntact());
        assertEquals(JsonObject.EMPTY, verified.pdu().content());
        assertEquals(signed.eventId(), verified.pdu().eventId());
    }

    @Test
    void old_versions_need_the_server_of_the_event_id_too() {
        var draft = message().assigned(new EventId("$e:other"), Map.of());

        var once = draft.sign(RoomVersion.V2, DOMAIN, KEY).pdu().json();
        var twice = EventSigning.sign(once, RoomVersion.V2, OTHER, OTHER_KEY);

        assertTrue(verify(once, RoomVersion.V2).isEmpty());
        assertTrue(verify(twice, RoomVersion.V2).isPresent());
        assertTrue(verify(once, RoomVersion.V3).isPresent());
    }

    @Test
    void a_restricted_join_needs_the_authorising_server_too() {
        var content =
                JsonObject.of("membership", "join")
                        .with("join_authorised_via_users_server", "@admin:other");
        var draft = DraftEvent.of(USER, "m.room.member", content, 1).in(ROOM).state("@u:domain");

        var once = draft.sign(RoomVersion.V9, DOMAIN, KEY).pdu().json();
        var twice = EventSigning.sign(once, RoomVersion.V9, OTHER, OTHER_KEY);

        assertTrue(verify(once, RoomVersion.V9).isEmpty());
        assertTrue(verify(twice, RoomVersion.V9).isPresent());
        assertEquals(Set.of(DOMAIN), ReceivedPdu.parse(once, RoomVersion.V7).requiredSigners());
    }

    @Test
    void a_third_party_invite_needs_no_signature_of_its_sender() {
        var content =
                JsonObject.of("membership", "invite").with("third_party_invite", JsonObject.EMPTY);
        var draft = DraftEvent.of(USER, "m.room.member", content, 1).in(ROOM).state("@b:other");

        var signed = draft.sign(RoomVersion.V11, OTHER, OTHER_KEY).pdu().json();

        assertTrue(verify(signed, RoomVersion.V11).isPresent());
    }

    private static Optional<VerifiedPdu> verify(JsonObject event, RoomVersion version) {
        return VerifiedPdu.verify(ReceivedPdu.parse(event, version), KEYS, KEY);
    }

    private static DraftEvent message() {
        return DraftEvent.of(USER, "m.room.message", JsonObject.of("body", "hello"), 1000).in(ROOM);
    }

    private static JsonObject object(String text) {
        return Json.parseObject(text.getBytes(UTF_8));
    }
}
