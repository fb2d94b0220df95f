package org.chancery.app;

import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.encoded;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Spaces, summaries, shared rooms, moments and reports, through the Client-Server API.
final class SpacesTest {
    private static final String V1 = "/_matrix/client/v1";
    private static final String SPACE =
            "{\"preset\":\"public_chat\",\"creation_content\":{\"type\":\"m.space\"}}";
    private static final String VIA = "\"via\":[\"localhost\"]";

    @TempDir private Path folder = Path.of("");
    private FrontDoor server;
    private FrontDoor.User alice;
    private FrontDoor.User bob;

    /// Made in [#start], before each test.
    @SuppressWarnings("NullAway.Init")
    SpacesTest() {}

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
    void a_space_is_walked_depth_first_in_its_order_and_loops_end() throws Exception {
        String root = alice.room(SPACE);
        String inner = alice.room(SPACE);
        String deep = open("deep");
        String late = open("late");
        String early = open("early");
        child(root, late, "\"order\":\"b\"," + VIA);
        child(root, inner, "\"order\":\"a\"," + VIA);
        child(root, early, "\"order\":\" \"," + VIA);
        child(inner, deep, VIA);
        child(inner, root, VIA);
        child(root, open("gone"), "");

        JsonObject answer = hierarchy(bob, root, "");

        assertEquals(List.of(root, early, inner, deep, late), ids(answer));
        JsonObject first = answer.array("rooms").get().objects().getFirst();
        assertEquals("m.space", first.string("room_type").orElseThrow());
        List<String> children =
                first.array("children_state").get().objects().stream()
                        .map(event -> event.string("state_key").orElseThrow())
                        .toList();
        assertEquals(List.of(early, inner, late), children);
        assertEquals(List.of(root, early, inner, late), ids(hierarchy(bob, root, "?max_depth=1")));
        assertEquals(List.of(root), ids(hierarchy(bob, root, "?max_depth=0")));
    }

    @Test
    void who_may_not_know_of_a_room_is_not_told_of_it() throws Exception {
        String root = alice.room(SPACE);
        String secret = alice.room("{}");
        String restricted =
                alice.room(
                        """
                        {"initial_state":[{"type":"m.room.join_rules","content":{"join_rule":
                        "restricted","allow":[{"type":"m.room_membership","room_id":"%s"}]}}]}"""
                                .formatted(root)
                                .replace("\n", ""));
        child(root, secret, VIA);
        child(root, restricted, VIA);

        assertEquals(List.of(root), ids(hierarchy(bob, root, "")));
        bob.post(rooms(root) + "/join", "{}").ok();
        assertEquals(List.of(root, restricted), ids(hierarchy(bob, root, "")));
        assertEquals(3, ids(hierarchy(alice, root, "")).size());
        bob.get(V1 + "/rooms/" + encoded(secret) + "/hierarchy").refused(403, "M_FORBIDDEN");
        JsonObject summary = summary(bob, restricted);
        assertEquals(List.of(root), summary.array("allowed_room_ids").get().strings());
    }

    @Test
    void a_walk_comes_in_pages_of_one_question() throws Exception {
        String root = alice.room(SPACE);
        child(root, open("one"), VIA);
        child(root, open("two"), "\"suggested\":true," + VIA);

        JsonObject first = hierarchy(alice, root, "?limit=2");
        String next = first.string("next_batch").orElseThrow();
        JsonObject second = hierarchy(alice, root, "?limit=2&from=" + next);

        assertEquals(2, ids(first).size());
        assertEquals(1, ids(second).size());
        assertFalse(second.has("next_batch"));
        assertEquals(2, ids(hierarchy(alice, root, "?suggested_only=true")).size());
        String path = V1 + "/rooms/" + encoded(root) + "/hierarchy";
        alice.get(path + "?suggested_only=true&from=" + next).refused(400, "M_INVALID_PARAM");
        alice.get(path + "?from=nonsense").refused(400, "M_INVALID_PARAM");
        alice.get(path + "?limit=0").refused(400, "M_INVALID_PARAM");
    }

    @Test
    void a_summary_tells_what_a_room_is_and_of_ones_own_membership() throws Exception {
        String room =
                alice.room(
                        """
                        {"preset":"public_chat","name":"Hall","room_alias_name":"hall",
                        "initial_state":[{"type":"m.room.encryption","content":
                        {"algorithm":"m.megolm.v1.aes-sha2"}}]}"""
                                .replace("\n", ""));

        JsonObject stranger = summary(bob, "#hall:localhost");
        JsonObject member = summary(alice, room);

        assertEquals(room, stranger.string("room_id").orElseThrow());
        assertEquals("Hall", stranger.string("name").orElseThrow());
        assertEquals(1, stranger.integer("num_joined_members").orElseThrow());
        assertEquals("m.megolm.v1.aes-sha2", stranger.string("encryption").orElseThrow());
        assertEquals("12", stranger.string("room_version").orElseThrow());
        assertFalse(stranger.has("membership"));
        assertEquals("join", member.string("membership").orElseThrow());
        String secret = alice.room("{}");
        bob.get(V1 + "/room_summary/" + encoded(secret)).refused(404, "M_NOT_FOUND");
        bob.get(V1 + "/room_summary/" + encoded("#none:localhost")).refused(404, "M_NOT_FOUND");
    }

    @Test
    void two_people_learn_which_rooms_they_share() throws Exception {
        String both = alice.room("{\"preset\":\"public_chat\"}");
        bob.post(rooms(both) + "/join", "{}").ok();
        alice.room("{}");
        String path = V1 + "/mutual_rooms?user_id=";

        JsonObject shared = alice.get(path + encoded(bob.id)).ok().json();

        assertEquals(List.of(both), shared.array("joined").get().strings());
        assertEquals(1, shared.integer("count").orElseThrow());
        JsonObject none = alice.get(path + encoded("@nobody:localhost")).ok().json();
        assertEquals(List.of(), none.array("joined").get().strings());
        alice.get(path + encoded(alice.id)).refused(400, "M_INVALID_PARAM");
        alice.get(path + "bob").refused(400, "M_INVALID_PARAM");
        alice.get(V1 + "/mutual_rooms").refused(400, "M_MISSING_PARAM");
    }

    @Test
    void the_event_of_a_moment_is_found_in_either_direction() throws Exception {
        String room = alice.room("{}");
        String one = alice.say(room, "one");
        long ts =
                alice.get(rooms(room) + "/event/" + encoded(one))
                        .ok()
                        .json()
                        .integer("origin_server_ts")
                        .orElseThrow();
        String path = V1 + "/rooms/" + encoded(room) + "/timestamp_to_event";

        JsonObject before = alice.get(path + "?dir=b&ts=" + (ts + 100_000)).ok().json();
        JsonObject behind = alice.get(path + "?dir=f&ts=0").ok().json();
        JsonObject exact = alice.get(path + "?dir=b&ts=" + ts).ok().json();

        assertEquals(one, before.string("event_id").orElseThrow());
        assertEquals(ts, before.integer("origin_server_ts").orElseThrow());
        assertEquals(one, exact.string("event_id").orElseThrow());
        assertTrue(behind.integer("origin_server_ts").orElseThrow() <= ts);
        assertFalse(behind.string("event_id").orElseThrow().equals(one));
        alice.get(path + "?dir=f&ts=" + (ts + 100_000)).refused(404, "M_NOT_FOUND");
        alice.get(path + "?dir=b&ts=1").refused(404, "M_NOT_FOUND");
        alice.get(path + "?dir=b").refused(400, "M_MISSING_PARAM");
        bob.get(path + "?dir=b&ts=1").refused(403, "M_FORBIDDEN");
    }

    @Test
    void reports_are_kept_for_administrators_alone() throws Exception {
        String room = alice.room("{\"preset\":\"public_chat\"}");
        String said = alice.say(room, "something bad");
        String path = rooms(room) + "/report/" + encoded(said);

        bob.post(path, "{\"reason\":\"bad\"}").refused(404, "M_NOT_FOUND");
        bob.post(rooms(room) + "/join", "{}").ok();
        bob.post(path, "{\"reason\":\"bad\"}").ok();
        bob.post(rooms(room) + "/report", "{\"reason\":\"\"}").ok();
        bob.post(rooms(room) + "/report", "{}").refused(400, "M_MISSING_PARAM");
        bob.post(rooms("!none:localhost") + "/report", "{\"reason\":\"\"}")
                .refused(404, "M_NOT_FOUND");
        String user = CLIENT + "/users/" + encoded(alice.id) + "/report";
        bob.post(user, "{\"reason\":\"rude\"}").ok();
        bob.post(user, "{\"reason\":\"" + "x".repeat(5_000) + "\"}")
                .refused(400, "M_INVALID_PARAM");
        bob.get("/_chancery/admin/v1/reports").refused(403, "M_FORBIDDEN");
        String list = "/_chancery/admin/v1/reports?limit=2";
        FrontDoor.User admin = administrator();

        JsonObject first = admin.get(list).ok().json();
        JsonObject rest =
                admin.get(list + "&from=" + first.integer("next_from").orElseThrow()).ok().json();

        List<JsonObject> reports = first.array("reports").orElseThrow().objects();
        assertEquals("rude", reports.getFirst().string("reason").orElseThrow());
        assertEquals(alice.id, reports.getFirst().string("user_id").orElseThrow());
        JsonObject ofEvent = rest.array("reports").orElseThrow().objects().getFirst();
        assertEquals(said, ofEvent.string("event_id").orElseThrow());
        assertEquals(alice.id, ofEvent.string("user_id").orElseThrow());
        assertEquals(bob.id, ofEvent.string("reporter").orElseThrow());
        assertFalse(rest.has("next_from"));
    }

    private FrontDoor.User administrator() throws Exception {
        String link = server.server().firstAdministrator().orElseThrow();
        String body =
                """
                {"username":"root","password":"correct horse",
                "auth":{"type":"m.login.registration_token","token":"%s"}}"""
                        .formatted(link.substring(link.indexOf("token=") + 6));
        JsonObject answer = server.send("POST", CLIENT + "/register", body, "").ok().json();
        return server.signedIn(
                answer.string("user_id").orElseThrow(),
                answer.string("access_token").orElseThrow());
    }

    private String open(String name) throws Exception {
        return alice.room("{\"preset\":\"public_chat\",\"name\":\"" + name + "\"}");
    }

    private void child(String space, String room, String content) throws Exception {
        alice.put(rooms(space) + "/state/m.space.child/" + encoded(room), "{" + content + "}").ok();
    }

    private static JsonObject hierarchy(FrontDoor.User user, String room, String query)
            throws Exception {
        return user.get(V1 + "/rooms/" + encoded(room) + "/hierarchy" + query).ok().json();
    }

    private static JsonObject summary(FrontDoor.User user, String room) throws Exception {
        return user.get(V1 + "/room_summary/" + encoded(room)).ok().json();
    }

    private static List<String> ids(JsonObject answer) {
        return answer.array("rooms").orElseThrow().objects().stream()
                .map(room -> room.string("room_id").orElseThrow())
                .toList();
    }
}
