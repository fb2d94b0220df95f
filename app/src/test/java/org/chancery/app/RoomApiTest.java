package org.chancery.app;

import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.encoded;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people do in rooms, through the Client-Server API.
final class RoomApiTest {
    @TempDir private Path folder = Path.of("");
    private FrontDoor server;
    private FrontDoor.User alice;
    private FrontDoor.User bob;

    /// Made in [#start], before each test.
    @SuppressWarnings("NullAway.Init")
    RoomApiTest() {}

    @BeforeEach
    void start() throws Exception {
        server = new FrontDoor(folder);
        alice = server.user("alice");
        bob = server.user("bob");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_room_is_made_with_what_its_preset_says() throws Exception {
        String room = alice.room("{\"preset\":\"public_chat\",\"name\":\"Hall\",\"topic\":\"t\"}");

        assertEquals("public", state(alice, room, "m.room.join_rules").text("join_rule"));
        assertEquals(
                "shared",
                state(alice, room, "m.room.history_visibility").text("history_visibility"));
        assertEquals("Hall", state(alice, room, "m.room.name").text("name"));
        assertEquals("t", state(alice, room, "m.room.topic").text("topic"));
        assertEquals("12", state(alice, room, "m.room.create").text("room_version"));
        JsonObject levels = state(alice, room, "m.room.power_levels").json();
        assertFalse(levels.object("users").orElseThrow().has(alice.id), "a creator is not listed");
    }

    @Test
    void every_room_version_can_be_lived_in() throws Exception {
        for (int version = 1; version <= 12; version++) {
            String room =
                    alice.room(
                            "{\"room_version\":\"%d\",\"invite\":[\"%s\"]}"
                                    .formatted(version, bob.id));
            bob.post(rooms(room) + "/join", "{}").ok();
            String event = bob.say(room, "in version " + version);

            assertEquals(event, last(alice, room).string("event_id").orElseThrow());
        }
        alice.post(CLIENT + "/createRoom", "{\"room_version\":\"13\"}")
                .refused(400, "M_UNSUPPORTED_ROOM_VERSION");
    }

    @Test
    void a_repeated_transaction_sends_once() throws Exception {
        String room = alice.room("{}");
        String path = rooms(room) + "/send/m.room.message/same";

        String first = alice.put(path, "{\"body\":\"one\"}").ok().text("event_id");
        String second = alice.put(path, "{\"body\":\"two\"}").ok().text("event_id");

        assertEquals(first, second);
        assertEquals("one", last(alice, room).object("content").orElseThrow().string("body").get());
    }

    @Test
    void nobody_acts_in_a_room_that_he_is_not_in() throws Exception {
        String room = alice.room("{\"preset\":\"private_chat\"}");

        bob.put(rooms(room) + "/send/m.room.message/1", "{}").refused(403, "M_FORBIDDEN");
        bob.post(rooms(room) + "/join", "{}").refused(403, "M_FORBIDDEN");
        bob.get(rooms(room) + "/messages?dir=b").refused(403, "M_FORBIDDEN");
        bob.get(rooms(room) + "/state").refused(403, "M_FORBIDDEN");
        bob.get(rooms(room) + "/members").refused(403, "M_FORBIDDEN");
        bob.get(rooms(room) + "/state/m.room.name").refused(403, "M_FORBIDDEN");
        bob.post(rooms(room) + "/invite", "{\"user_id\":\"%s\"}".formatted(bob.id))
                .refused(403, "M_FORBIDDEN");
        bob.put(rooms("!nowhere:localhost") + "/send/m.room.message/1", "{}")
                .refused(403, "M_FORBIDDEN");
        bob.post(rooms("!nowhere:localhost") + "/join", "{}").refused(404, "M_NOT_FOUND");
    }

    @Test
    void who_is_banned_stays_out_until_the_ban_is_lifted() throws Exception {
        String room = alice.room("{\"preset\":\"public_chat\"}");
        String target = "{\"user_id\":\"%s\",\"reason\":\"noise\"}".formatted(bob.id);
        bob.post(rooms(room) + "/join", "{}").ok();

        bob.post(rooms(room) + "/ban", "{\"user_id\":\"%s\"}".formatted(alice.id))
                .refused(403, "M_FORBIDDEN");
        alice.post(rooms(room) + "/ban", target).ok();
        bob.post(rooms(room) + "/join", "{}").refused(403, "M_FORBIDDEN");
        alice.post(rooms(room) + "/unban", target).ok();
        bob.post(rooms(room) + "/join", "{}").ok();
        alice.post(rooms(room) + "/kick", target).ok();
        alice.post(rooms(room) + "/kick", target).refused(403, "M_FORBIDDEN");

        assertTrue(joined(alice, room).contains(alice.id));
        assertFalse(joined(alice, room).contains(bob.id));
    }

    @Test
    void lifting_a_ban_that_is_none_does_not_fit_the_state() throws Exception {
        String room = alice.room("{\"preset\":\"public_chat\"}");
        bob.post(rooms(room) + "/join", "{}").ok();

        alice.post(rooms(room) + "/unban", "{\"user_id\":\"%s\"}".formatted(bob.id))
                .refused(403, "M_BAD_STATE");

        assertTrue(joined(alice, room).contains(bob.id));
    }

    @Test
    void a_canonical_alias_points_to_its_room() throws Exception {
        String room = alice.room("{\"room_alias_name\":\"true\"}");
        String path = rooms(room) + "/state/m.room.canonical_alias/";

        alice.put(path, "{\"alias\":\"#false:localhost\"}").refused(400, "M_BAD_ALIAS");
        alice.put(path, "{\"alt_aliases\":[\"false\"]}").refused(400, "M_INVALID_PARAM");
        alice.put(path, "{\"alias\":\"#true:localhost\"}").ok();
        alice.delete(CLIENT + "/directory/room/%23true:localhost").ok();

        alice.put(path, "{\"alt_aliases\":[\"#true:localhost\"]}").ok(); // It was there before.
    }

    @Test
    void typing_is_true_or_false() throws Exception {
        String room = alice.room("{}");
        String path = rooms(room) + "/typing/" + encoded(alice.id);

        alice.put(path, "{}").refused(400, "M_MISSING_PARAM");
        alice.put(path, "{\"typing\":\"yes\"}").refused(400, "M_BAD_JSON");
        alice.put(path, "{\"typing\":true}").ok();
    }

    @Test
    void a_knock_is_answered_by_an_invitation() throws Exception {
        String room =
                alice.room(
                        """
                        {"initial_state":[{"type":"m.room.join_rules","state_key":"",
                        "content":{"join_rule":"knock"}}]}""");

        bob.post(CLIENT + "/knock/" + encoded(room), "{\"reason\":\"please\"}").ok();
        bob.post(rooms(room) + "/join", "{}").refused(403, "M_FORBIDDEN");
        alice.post(rooms(room) + "/invite", "{\"user_id\":\"%s\"}".formatted(bob.id)).ok();
        bob.post(rooms(room) + "/join", "{}").ok();
    }

    @Test
    void members_of_one_room_may_join_another_that_is_restricted_to_them() throws Exception {
        String club = alice.room("{\"preset\":\"public_chat\"}");
        String room =
                alice.room(
                        """
                        {"initial_state":[{"type":"m.room.join_rules","state_key":"","content":{
                        "join_rule":"restricted","allow":[{"type":"m.room_membership",
                        "room_id":"%s"}]}}]}"""
                                .formatted(club));

        bob.post(rooms(room) + "/join", "{}").refused(403, "M_FORBIDDEN");
        bob.post(rooms(club) + "/join", "{}").ok();
        bob.post(rooms(room) + "/join", "{}").ok();
    }

    @Test
    void a_room_is_forgotten_only_after_it_was_left() throws Exception {
        String room = alice.room("{}");

        alice.post(rooms(room) + "/forget", "{}").refused(400, "M_UNKNOWN");
        alice.post(rooms(room) + "/leave", "{}").ok();
        alice.post(rooms(room) + "/forget", "{}").ok();
        bob.post(rooms(room) + "/forget", "{}").refused(403, "M_FORBIDDEN");
    }

    @Test
    void a_redaction_takes_the_words_and_says_who_did_it() throws Exception {
        String room = alice.room("{\"preset\":\"public_chat\"}");
        bob.post(rooms(room) + "/join", "{}").ok();
        String event = alice.say(room, "a slip");
        String path = rooms(room) + "/redact/" + encoded(event) + "/";

        bob.put(path + "1", "{}").refused(403, "M_FORBIDDEN");
        alice.put(path + "1", "{\"reason\":\"typo\"}").ok();

        JsonObject seen = bob.get(rooms(room) + "/event/" + encoded(event)).ok().json();
        assertEquals(JsonObject.EMPTY, seen.object("content").orElseThrow());
        JsonObject because =
                seen.object("unsigned").orElseThrow().object("redacted_because").orElseThrow();
        assertEquals(event, because.object("content").orElseThrow().string("redacts").get());
        assertEquals(event, because.string("redacts").orElseThrow());
        alice.put(rooms(room) + "/redact/" + encoded("$none") + "/2", "{}")
                .refused(404, "M_NOT_FOUND");
    }

    @Test
    void history_from_before_joining_is_shown_only_where_it_is_shared() throws Exception {
        for (String visibility : List.of("shared", "joined")) {
            String room =
                    alice.room(
                            """
                            {"preset":"public_chat","initial_state":[{
                            "type":"m.room.history_visibility","state_key":"",
                            "content":{"history_visibility":"%s"}}]}"""
                                    .formatted(visibility));
            String before = alice.say(room, "before");
            bob.post(rooms(room) + "/join", "{}").ok();
            String after = alice.say(room, "after");

            List<String> seen = events(bob, room);
            assertEquals(visibility.equals("shared"), seen.contains(before), visibility);
            assertTrue(seen.contains(after));
        }
    }

    @Test
    void who_has_left_reads_the_room_as_it_was_then() throws Exception {
        String room = alice.room("{\"preset\":\"public_chat\",\"name\":\"Then\"}");
        bob.post(rooms(room) + "/join", "{}").ok();
        bob.post(rooms(room) + "/leave", "{}").ok();
        String later = alice.say(room, "in private");
        alice.put(rooms(room) + "/state/m.room.name", "{\"name\":\"Now\"}").ok();

        assertEquals("Then", state(bob, room, "m.room.name").text("name"));
        assertFalse(events(bob, room).contains(later));
        bob.get(rooms(room) + "/event/" + encoded(later)).refused(404, "M_NOT_FOUND");
    }

    @Test
    void messages_are_paged_without_gap_or_repetition() throws Exception {
        String room = alice.room("{}");
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            said.add(alice.say(room, "line " + i));
        }

        List<String> read = new ArrayList<>();
        String from = "";
        for (int page = 0; page < 20; page++) {
            JsonObject answer =
                    alice.get(rooms(room) + "/messages?dir=b&limit=7" + from).ok().json();
            ids(answer.array("chunk").orElseThrow(), read);
            if (answer.string("end").isEmpty()) {
                break;
            }
            from = "&from=" + answer.string("end").get();
        }

        assertEquals(said, read.reversed().subList(read.size() - 25, read.size()));
        assertEquals(read.size(), read.stream().distinct().count());
    }

    @Test
    void the_limit_of_a_context_counts_what_is_before_and_after_together() throws Exception {
        String room = alice.room("{}");
        alice.say(room, "one");
        String two = alice.say(room, "two");
        alice.say(room, "three");
        String path = rooms(room) + "/context/" + encoded(two);

        for (int limit : new int[] {0, 1, 2}) {
            JsonObject context = alice.get(path + "?limit=" + limit).ok().json();
            int before = context.array("events_before").orElseThrow().size();
            int after = context.array("events_after").orElseThrow().size();

            assertEquals(limit, before + after);
        }
    }

    @Test
    void the_context_of_an_event_is_what_stands_around_it() throws Exception {
        String room = alice.room("{}");
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            said.add(alice.say(room, "line " + i));
        }

        JsonObject context =
                alice.get(rooms(room) + "/context/" + encoded(said.get(4)) + "?limit=4")
                        .ok()
                        .json();

        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        ids(context.array("events_before").orElseThrow(), before);
        ids(context.array("events_after").orElseThrow(), after);
        assertEquals(List.of(said.get(3), said.get(2)), before);
        assertEquals(List.of(said.get(5), said.get(6)), after);
        List<String> further = new ArrayList<>();
        String end = context.string("end").orElseThrow();
        JsonObject next = alice.get(rooms(room) + "/messages?dir=f&from=" + end).ok().json();
        ids(next.array("chunk").orElseThrow(), further);
        assertEquals(said.subList(7, 9), further);
    }

    @Test
    void an_alias_leads_to_its_room_until_it_is_removed() throws Exception {
        String room = alice.room("{\"preset\":\"public_chat\",\"room_alias_name\":\"the/hall\"}");
        String alias = encoded("#the/hall:localhost");

        bob.post(CLIENT + "/join/" + alias, "{}").ok();
        assertEquals(room, bob.get(CLIENT + "/directory/room/" + alias).ok().text("room_id"));
        bob.delete(CLIENT + "/directory/room/" + alias).refused(403, "M_FORBIDDEN");
        bob.post(CLIENT + "/createRoom", "{\"room_alias_name\":\"the/hall\"}")
                .refused(400, "M_ROOM_IN_USE");
        alice.delete(CLIENT + "/directory/room/" + alias).ok();
        bob.get(CLIENT + "/directory/room/" + alias).refused(404, "M_NOT_FOUND");
    }

    @Test
    void published_rooms_are_found_by_name() throws Exception {
        String room = alice.room("{\"visibility\":\"public\",\"name\":\"Harbour office\"}");
        alice.room("{\"visibility\":\"private\",\"name\":\"Harbour secret\"}");

        JsonArray found = published("harbour");
        assertEquals(1, found.size());
        JsonObject entry = (JsonObject) found.iterator().next();
        assertEquals(room, entry.string("room_id").orElseThrow());
        assertEquals(1, entry.integer("num_joined_members").orElseThrow());
    }

    @Test
    void published_rooms_are_listed_with_their_members_the_largest_first() throws Exception {
        String small = alice.room("{\"visibility\":\"public\",\"name\":\"Pier one\"}");
        String large =
                alice.room(
                        """
                        {"visibility":"public","preset":"public_chat","name":"Pier two"}\
                        """);
        bob.post(CLIENT + "/join/" + encoded(large), "{}").ok();

        List<String> wanted = List.of(large + " 2", small + " 1");
        assertTimeoutPreemptively(
                Duration.ofSeconds(3),
                () -> {
                    while (!wanted.equals(counted("pier"))) {
                        Thread.onSpinWait();
                    }
                });
    }

    private List<String> counted(String term) throws Exception {
        List<String> counted = new ArrayList<>();
        for (JsonValue each : published(term)) {
            JsonObject entry = (JsonObject) each;
            counted.add(
                    entry.string("room_id").orElseThrow()
                            + " "
                            + entry.integer("num_joined_members").orElseThrow());
        }
        return counted;
    }

    private JsonArray published(String term) throws Exception {
        return bob.post(
                        CLIENT + "/publicRooms",
                        "{\"filter\":{\"generic_search_term\":\"" + term + "\"}}")
                .ok()
                .json()
                .array("chunk")
                .orElseThrow();
    }

    @Test
    void bad_requests_are_refused_with_the_right_code_and_leave_nothing() throws Exception {
        String room = alice.room("{}");
        String send = rooms(room) + "/send/m.room.message/";

        alice.put(send + "1", "[]").refused(400, "M_BAD_JSON");
        alice.put(send + "2", "{").refused(400, "M_NOT_JSON");
        alice.put(send + "3", "{\"n\":1.5}").refused(400, "M_BAD_JSON");
        alice.put(send + "4", "{\"n\":9007199254740993}").refused(400, "M_BAD_JSON");
        alice.put(send + "5", "{\"body\":\"" + "x".repeat(70_000) + "\"}")
                .refused(413, "M_TOO_LARGE");
        alice.put(rooms("nonsense") + "/send/m.room.message/6", "{}")
                .refused(400, "M_INVALID_PARAM");
        alice.get(rooms(room) + "/messages").refused(400, "M_MISSING_PARAM");
        alice.get(rooms(room) + "/messages?dir=x").refused(400, "M_INVALID_PARAM");
        alice.get(rooms(room) + "/messages?dir=b&from=zz").refused(400, "M_INVALID_PARAM");
        alice.get(rooms(room) + "/messages?dir=b&filter=%7B").refused(400, "M_INVALID_PARAM");
        alice.put(rooms(room) + "/state/m.room.power_levels", "{\"users\":{\"x\":\"y\"}}")
                .refused(403, "M_FORBIDDEN");
        alice.post(CLIENT + "/createRoom", "{\"invite\":\"nobody\"}").refused(400, "M_BAD_JSON");
        alice.post(CLIENT + "/createRoom", "{\"invite\":[\"nobody\"]}")
                .refused(400, "M_INVALID_PARAM");

        assertEquals("m.room.guest_access", last(alice, room).string("type").orElseThrow());
    }

    @Test
    void the_same_state_again_is_the_same_event() throws Exception {
        String room = alice.room("{}");
        String path = rooms(room) + "/state/m.room.topic/";

        String first = alice.put(path, "{\"topic\":\"one\"}").ok().text("event_id");
        String again = alice.put(path, "{\"topic\":\"one\"}").ok().text("event_id");
        String other = alice.put(path, "{\"topic\":\"two\"}").ok().text("event_id");

        assertEquals(first, again);
        assertFalse(first.equals(other));
    }

    private static FrontDoor.Answer state(FrontDoor.User user, String room, String type)
            throws Exception {
        return user.get(rooms(room) + "/state/" + type).ok();
    }

    private static JsonObject last(FrontDoor.User user, String room) throws Exception {
        JsonArray chunk =
                user.get(rooms(room) + "/messages?dir=b&limit=1")
                        .ok()
                        .json()
                        .array("chunk")
                        .orElseThrow();
        return (JsonObject) chunk.iterator().next();
    }

    private static List<String> events(FrontDoor.User user, String room) throws Exception {
        List<String> ids = new ArrayList<>();
        JsonObject page = user.get(rooms(room) + "/messages?dir=b&limit=100").ok().json();
        ids(page.array("chunk").orElseThrow(), ids);
        return ids;
    }

    private static void ids(JsonArray events, List<String> into) {
        for (JsonValue event : events) {
            into.add(((JsonObject) event).string("event_id").orElseThrow());
        }
    }

    private static List<String> joined(FrontDoor.User user, String room) throws Exception {
        return user.get(rooms(room) + "/joined_members")
                .ok()
                .json()
                .object("joined")
                .orElseThrow()
                .names();
    }
}
