package org.chancery.app.conversations;

import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.chancery.app.FrontDoor;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Looking for words, through the Client-Server API ("Server Side Search").
final class SearchTest {
    @TempDir private Path folder = Path.of("");
    private FrontDoor server;
    private FrontDoor.User alice;
    private FrontDoor.User bob;
    private String room;

    /// Made in [#start], before each test.
    @SuppressWarnings("NullAway.Init")
    SearchTest() {}

    @BeforeEach
    void start() throws Exception {
        server = new FrontDoor(folder);
        alice = server.user("alice");
        bob = server.user("bob");
        room = alice.room("{\"preset\":\"public_chat\",\"name\":\"Martian hall\"}");
        bob.post(rooms(room) + "/join", "{}").ok();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void words_are_found_where_they_are_looked_for() throws Exception {
        String said = alice.say(room, "The Martians, and mén");
        alice.say(room, "men alone");

        assertEquals(List.of(said), ids(find(bob, "MARTIANS men", "")));
        assertEquals(List.of(said), ids(find(bob, "martian", ",\"keys\":[\"content.body\"]")));
        assertEquals(1, ids(find(bob, "hall", ",\"keys\":[\"content.name\"]")).size());
        assertEquals(List.of(), ids(find(bob, "artians", "")));
        assertEquals(
                List.of("martians", "men"),
                find(bob, "MARTIANS men", "").array("highlights").get().strings());
    }

    @Test
    void only_what_one_may_see_is_searched_and_nothing_encrypted() throws Exception {
        FrontDoor.User carol = server.user("carol");
        String secret =
                alice.room(
                        "{\"initial_state\":[{\"type\":\"m.room.encryption\",\"content\":"
                                + "{\"algorithm\":\"m.megolm.v1.aes-sha2\"}}]}");
        alice.say(secret, "whale");
        String before = alice.say(room, "whale one");
        bob.post(rooms(room) + "/leave", "{}").ok();
        String behind = alice.say(room, "whale two");

        assertEquals(List.of(), ids(find(carol, "whale", "")));
        assertEquals(List.of(before), ids(find(bob, "whale", "")));
        assertEquals(
                List.of(behind, before), ids(find(alice, "whale", ",\"order_by\":\"recent\"")));
        assertEquals(
                List.of(),
                ids(find(alice, "whale", ",\"filter\":{\"rooms\":[\"" + secret + "\"]}")));
    }

    @Test
    void the_closest_comes_first_unless_the_newest_is_asked_for() throws Exception {
        String close = alice.say(room, "whale");
        String far = alice.say(room, "a whale among many other words");

        assertEquals(List.of(close, far), ids(find(bob, "whale", "")));
        assertEquals(List.of(far, close), ids(find(bob, "whale", ",\"order_by\":\"recent\"")));
    }

    @Test
    void pages_go_on_to_the_end() throws Exception {
        String one = alice.say(room, "whale 1");
        String two = bob.say(room, "whale 2");
        String recent = ",\"order_by\":\"recent\",\"filter\":{\"limit\":1}";

        JsonObject first = find(bob, "whale", recent);
        JsonObject second = find(bob, "whale", recent, first.string("next_batch").orElseThrow());
        JsonObject third = find(bob, "whale", recent, second.string("next_batch").orElseThrow());

        assertEquals(List.of(two), ids(first));
        assertEquals(List.of(one), ids(second));
        assertEquals(List.of(), ids(third));
        assertFalse(third.has("next_batch"));
    }

    @Test
    void results_come_with_context_groups_and_state_where_asked_for() throws Exception {
        String before = alice.say(room, "before");
        String said = alice.say(room, "whale");
        String behind = bob.say(room, "behind");

        JsonObject answer =
                find(
                        bob,
                        "whale",
                        ",\"include_state\":true,\"groupings\":{\"group_by\":[{\"key\":"
                                + "\"room_id\"},{\"key\":\"sender\"}]},\"event_context\":"
                                + "{\"before_limit\":1,\"after_limit\":1,"
                                + "\"include_profile\":true}");

        JsonObject context =
                answer.array("results").get().objects().getFirst().object("context").get();
        assertEquals(List.of(before), events(context, "events_before"));
        assertEquals(List.of(behind), events(context, "events_after"));
        assertTrue(context.object("profile_info").get().has(bob.id));
        JsonObject groups = answer.object("groups").orElseThrow();
        JsonObject byRoom = groups.object("room_id").get().object(room).orElseThrow();
        assertEquals(List.of(said), byRoom.array("results").get().strings());
        assertTrue(groups.object("sender").get().has(alice.id));
        assertTrue(answer.object("state").orElseThrow().has(room));
    }

    @Test
    void a_search_that_is_none_is_refused() throws Exception {
        bob.post(CLIENT + "/search", "{}").refused(400, "M_MISSING_PARAM");
        bob.post(CLIENT + "/search", "{\"search_categories\":{\"room_events\":{}}}")
                .refused(400, "M_MISSING_PARAM");
        bob.post(CLIENT + "/search", body("x", ",\"order_by\":\"age\""))
                .refused(400, "M_INVALID_PARAM");
        bob.post(CLIENT + "/search", body("x", ",\"keys\":[\"content.format\"]"))
                .refused(400, "M_INVALID_PARAM");
        assertEquals(List.of(), ids(find(bob, "...", "")));
    }

    private static String body(String term, String more) {
        return "{\"search_categories\":{\"room_events\":{\"search_term\":\"%s\"%s}}}"
                .formatted(term, more);
    }

    private static JsonObject find(FrontDoor.User user, String term, String more) throws Exception {
        return find(user, term, more, "");
    }

    private static JsonObject find(FrontDoor.User user, String term, String more, String from)
            throws Exception {
        String path = CLIENT + "/search" + (from.isEmpty() ? "" : "?next_batch=" + from);
        return user.post(path, body(term, more))
                .ok()
                .json()
                .object("search_categories")
                .flatMap(it -> it.object("room_events"))
                .orElseThrow();
    }

    private static List<String> ids(JsonObject answer) {
        return answer.array("results").orElseThrow().objects().stream()
                .map(it -> it.object("result").orElseThrow().string("event_id").orElseThrow())
                .toList();
    }

    private static List<String> events(JsonObject context, String name) {
        return context.array(name).orElseThrow().objects().stream()
                .map(it -> it.string("event_id").orElseThrow())
                .toList();
    }
}
