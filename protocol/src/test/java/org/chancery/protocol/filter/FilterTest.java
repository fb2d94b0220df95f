package org.chancery.protocol.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final UserId ALICE = UserId.parse("@alice:a");
    private static final UserId BOB = UserId.parse("@bob:a");
    private static final RoomId ROOM = RoomId.parse("!room:a");
    private static final RoomId OTHER = RoomId.parse("!other:a");

    @Test
    void an_empty_filter_accepts_all() {
        var filter = Filter.ALL;

        assertTrue(filter.room().acceptsRoom(ROOM));
        assertTrue(filter.room().timeline().accepts("m.x", ALICE, JsonObject.EMPTY));
        assertTrue(filter.room().timeline().isAll());
        assertTrue(filter.presence().accepts("m.presence", ALICE));
        assertTrue(filter.wantsAllFields());
        assertFalse(filter.room().includeLeave());
        assertFalse(filter.federationFormat());
    }

    @Test
    void the_example_of_the_spec_works() {
        var filter =
                parse(
                        """
                        {"room":{"state":{"types":["m.room.*"],"not_rooms":["!room:a"]},
                        "timeline":{"limit":10,"types":["m.room.message"],"not_rooms":["!room:a"],
                        "not_senders":["@alice:a"]},
                        "ephemeral":{"types":["m.receipt","m.typing"],"not_rooms":["!room:a"],
                        "not_senders":["@alice:a"]}},
                        "presence":{"types":["m.presence"],"not_senders":["@alice:a"]},
                        "event_format":"client","event_fields":["type","content","sender"]}""");

        var timeline = filter.room().timeline();

        assertTrue(filter.room().state().accepts("m.room.name", ALICE, JsonObject.EMPTY));
        assertFalse(filter.room().state().accepts("m.reaction", ALICE, JsonObject.EMPTY));
        assertFalse(filter.room().state().acceptsRoom(ROOM));
        assertTrue(filter.room().state().acceptsRoom(OTHER));
        assertEquals(10, timeline.limit(20, 100));
        assertTrue(timeline.accepts("m.room.message", BOB, JsonObject.EMPTY));
        assertFalse(timeline.accepts("m.room.message", ALICE, JsonObject.EMPTY));
        assertTrue(filter.room().ephemeral().acceptsType("m.typing"));
        assertFalse(filter.presence().accepts("m.presence", ALICE));
        assertTrue(filter.presence().accepts("m.presence", BOB));
    }

    @Test
    void what_is_excluded_wins_over_what_is_included() {
        var filter =
                roomEvents(
                        """
                        {"types":["m.*"],"not_types":["m.room.*"],
                        "senders":["@alice:a","@bob:a"],"not_senders":["@bob:a"],
                        "rooms":["!room:a","!other:a"],"not_rooms":["!other:a"]}""");

        assertTrue(filter.accepts("m.reaction", ALICE, JsonObject.EMPTY));
        assertFalse(filter.accepts("m.room.name", ALICE, JsonObject.EMPTY));
        assertFalse(filter.accepts("m.reaction", BOB, JsonObject.EMPTY));
        assertFalse(filter.accepts("x", ALICE, JsonObject.EMPTY));
        assertTrue(filter.acceptsRoom(ROOM));
        assertFalse(filter.acceptsRoom(OTHER));
        assertFalse(filter.acceptsRoom(RoomId.parse("!third:a")));
        assertFalse(filter.isAll());
    }

    @Test
    void an_empty_list_of_wanted_things_wants_nothing() {
        var filter = roomEvents("{\"types\":[],\"senders\":[],\"rooms\":[]}");

        assertFalse(filter.acceptsType("m.room.message"));
        assertFalse(filter.acceptsSender(ALICE));
        assertFalse(filter.acceptsRoom(ROOM));
        assertEquals(Optional.of(List.of()), filter.rooms());
    }

    @Test
    void contains_url_asks_for_a_url_or_for_none() {
        var with = roomEvents("{\"contains_url\":true}");
        var without = roomEvents("{\"contains_url\":false}");
        var media = JsonObject.of("url", "mxc://a/b");

        assertTrue(with.accepts("m.room.message", ALICE, media));
        assertFalse(with.accepts("m.room.message", ALICE, JsonObject.EMPTY));
        assertFalse(without.accepts("m.room.message", ALICE, media));
        assertTrue(without.accepts("m.room.message", ALICE, JsonObject.EMPTY));
    }

    @Test
    void flags_and_relations_are_kept() {
        var filter =
                roomEvents(
                        """
                        {"lazy_load_members":true,"include_redundant_members":true,
                        "unread_thread_notifications":true,"related_by_rel_types":["m.thread"],
                        "related_by_senders":["@alice:a"]}""");

        assertTrue(filter.lazyLoadMembers());
        assertTrue(filter.includeRedundantMembers());
        assertTrue(filter.unreadThreadNotifications());
        assertEquals(List.of("m.thread"), filter.relatedBy().relTypes());
        assertEquals(List.of("@alice:a"), filter.relatedBy().senders());
        assertFalse(filter.isAll());
    }

    @Test
    void a_limit_has_a_default_and_a_maximum() {
        assertEquals(10, RoomEventFilter.ALL.limit(10, 100));
        assertEquals(100, roomEvents("{\"limit\":500}").limit(10, 100));
        assertEquals(100, roomEvents("{\"limit\":9007199254740991}").limit(10, 100));
        assertEquals(1, roomEvents("{\"limit\":1}").limit(10, 100));
    }

    @Test
    void rooms_and_left_rooms_are_chosen_before_their_parts() {
        var filter = parse("{\"room\":{\"rooms\":[\"!room:a\"],\"include_leave\":true}}");

        assertTrue(filter.room().acceptsRoom(ROOM));
        assertFalse(filter.room().acceptsRoom(OTHER));
        assertTrue(filter.room().includeLeave());
    }

    @Test
    void event_fields_leave_the_rest_out() {
        var filter = parse("{\"event_fields\":[\"type\",\"content.body\",\"content.m\\\\.x\"]}");
        var event =
                Json.parseObject(
                        "{\"type\":\"t\",\"x\":0,\"content\":{\"body\":1,\"m.x\":2,\"y\":3}}"
                                .getBytes(UTF_8));

        assertEquals(
                "{\"content\":{\"body\":1,\"m.x\":2},\"type\":\"t\"}",
                filter.fieldsOf(event).toString());
        assertEquals(event, Filter.ALL.fieldsOf(event));
    }

    @Test
    void the_federation_format_can_be_asked_for() {
        assertTrue(parse("{\"event_format\":\"federation\"}").federationFormat());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"presence\":\"not_an_object\"}",
                "{\"account_data\":[]}",
                "{\"room\":1}",
                "{\"room\":{\"timeline\":\"x\"}}",
                "{\"room\":{\"timeline\":{\"types\":\"m.room.message\"}}}",
                "{\"room\":{\"timeline\":{\"types\":[1]}}}",
                "{\"room\":{\"timeline\":{\"senders\":[\"not_a_user\"]}}}",
                "{\"room\":{\"timeline\":{\"not_senders\":{}}}}",
                "{\"room\":{\"rooms\":[\"not_a_room\"]}}",
                "{\"room\":{\"include_leave\":\"yes\"}}",
                "{\"room\":{\"timeline\":{\"limit\":-1}}}",
                "{\"room\":{\"timeline\":{\"limit\":\"1\"}}}",
                "{\"room\":{\"timeline\":{\"limit\":1.5}}}",
                "{\"room\":{\"state\":{\"lazy_load_members\":1}}}",
                "{\"room\":{\"state\":{\"contains_url\":\"x\"}}}",
                "{\"event_fields\":\"type\"}",
                "{\"event_format\":\"html\"}",
                "{\"event_format\":1}"
            })
    void other_filters_are_refused(String text) {
        assertThrows(MalformedFilter.class, () -> parse(text));
    }

    @Test
    void lists_are_bounded() {
        var types = JsonArray.ofTexts(java.util.Collections.nCopies(2_001, "x"));

        assertThrows(
                MalformedFilter.class, () -> RoomEventFilter.parse(JsonObject.of("types", types)));
    }

    private static Filter parse(String text) {
        return Filter.parse(Json.parseObject(text.getBytes(UTF_8)));
    }

    private static RoomEventFilter roomEvents(String text) {
        return RoomEventFilter.parse(Json.parseObject(text.getBytes(UTF_8)));
    }
}
