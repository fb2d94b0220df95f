package org.chancery.protocol.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "matrix.org",
                "matrix.org:8888",
                "1.2.3.4",
                "1.2.3.4:1234",
                "[1234:5678::abcd]",
                "[1234:5678::abcd]:5678",
                "hs1",
                "localhost:8800"
            })
    void server_names_of_the_spec_are_accepted(String text) {
        assertEquals(text, ServerName.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "a:",
                "a:123456",
                "a:65536",
                "a:8x",
                "a_b",
                "a b",
                "[]",
                "[1234",
                "[12g4::]",
                "[::1]x",
                "a:1:2",
                "é.nl",
                "[::1]]"
            })
    void other_server_names_are_refused(String text) {
        assertThrows(MalformedId.class, () -> ServerName.parse(text));
    }

    @Test
    void a_server_name_tells_host_and_port() {
        var name = ServerName.parse("[::1]:8448");

        assertEquals("[::1]", name.host());
        assertEquals(8448, name.port());
        assertEquals(-1, ServerName.parse("a.nl").port());
        assertTrue(name.isIpLiteral());
        assertTrue(ServerName.parse("10.0.0.1:1").isIpLiteral());
        assertFalse(ServerName.parse("a.nl").isIpLiteral());
    }

    @Test
    void a_user_id_splits_at_the_first_colon() {
        var user = UserId.parse("@alice:example.org:8448");

        assertEquals("alice", user.localpart());
        assertEquals(ServerName.parse("example.org:8448"), user.server());
        assertEquals("@alice:example.org:8448", user.toString());
    }

    @Test
    void historical_user_ids_are_accepted_and_told_apart() {
        var historical = UserId.parse("@Al ice\uD83D\uDE00:a.nl");
        var empty = UserId.parse("@:a.nl");
        var upper = UserId.parse("@Alice:a.nl");

        assertFalse(historical.isCompliant());
        assertFalse(empty.isCompliant());
        assertTrue(upper.isCompliant());
        assertFalse(upper.isModern());
        assertTrue(UserId.parse("@a-z.0=_/+:a.nl").isModern());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "@alice",
                "alice:a.nl",
                "@alice:",
                "@a\u0000b:a.nl",
                "@\uD800:a.nl"
            })
    void other_user_ids_are_refused(String text) {
        assertThrows(MalformedId.class, () -> UserId.parse(text));
    }

    @Test
    void identifiers_have_at_most_255_bytes() {
        var fits = "é".repeat(125);

        assertEquals(255, UserId.parse("@" + fits + ":a.n").toString().length() + 125);
        assertThrows(MalformedId.class, () -> UserId.parse("@" + fits + ":a.nl"));
        assertThrows(MalformedId.class, () -> RoomId.parse("!" + "x".repeat(255)));
        assertThrows(MalformedId.class, () -> EventId.parse("$" + "x".repeat(255)));
        assertThrows(MalformedId.class, () -> RoomAlias.parse("#" + "x".repeat(255) + ":a"));
        assertThrows(MalformedId.class, () -> DeviceId.parse("x".repeat(256)));
    }

    @Test
    void room_ids_may_or_may_not_name_a_server() {
        var old = RoomId.parse("!abc:example.org");
        var hashed = RoomId.parse("!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM");

        assertEquals(Optional.of(ServerName.parse("example.org")), old.server());
        assertEquals(Optional.empty(), hashed.server());
        assertThrows(MalformedId.class, () -> RoomId.parse("!"));
        assertThrows(MalformedId.class, () -> RoomId.parse("#abc:example.org"));
    }

    @Test
    void event_ids_and_aliases_are_parsed() {
        var alias = RoomAlias.parse("#de kamer:example.org");

        assertEquals("de kamer", alias.localpart());
        assertEquals("#de kamer:example.org", alias.toString());
        assertEquals("$x", EventId.parse("$x").toString());
        assertThrows(MalformedId.class, () -> EventId.parse("!x"));
        assertThrows(MalformedId.class, () -> RoomAlias.parse("#x"));
    }

    @Test
    void a_malformed_id_does_not_tell_what_was_sent() {
        var malformed = assertThrows(MalformedId.class, () -> UserId.parse("secret"));

        assertEquals("not a valid user ID", malformed.getMessage());
        assertEquals("user ID", malformed.kind());
    }
}
