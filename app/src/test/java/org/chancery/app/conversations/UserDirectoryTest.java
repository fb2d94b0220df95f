package org.chancery.app.conversations;

import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.encoded;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.chancery.app.FrontDoor;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Finding people, through the Client-Server API ("User directory").
final class UserDirectoryTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void people_are_found_by_the_beginnings_of_words_whatever_case_and_accents() throws Exception {
        try (FrontDoor server = new FrontDoor(folder)) {
            FrontDoor.User alice = server.user("alice");
            FrontDoor.User bob = server.user("bob.builder");
            name(bob, "Bjørn Ångström-Müller");

            List<String> found = List.of(bob.id);
            assertEquals(found, ids(find(alice, "bjorn")));
            assertEquals(found, ids(find(alice, "ANGS")));
            assertEquals(found, ids(find(alice, "müller bjö")));
            assertEquals(found, ids(find(alice, "build")));
            assertEquals(found, ids(find(alice, bob.id)));
            assertEquals(List.of(), ids(find(alice, "gstrom")));
            assertEquals(List.of(), ids(find(alice, "bjorn nobody")));
            assertEquals(List.of(), ids(find(alice, "")));
            JsonObject person = find(alice, "bob").array("results").get().objects().getFirst();
            assertEquals("Bjørn Ångström-Müller", person.string("display_name").orElseThrow());
        }
    }

    @Test
    void a_name_that_was_laid_down_finds_nobody_nor_does_an_account_that_was_given_up()
            throws Exception {
        try (FrontDoor server = new FrontDoor(folder)) {
            FrontDoor.User alice = server.user("alice");
            FrontDoor.User bob = server.user("bob");
            name(bob, "Old Name");
            name(bob, "Fresh");
            assertEquals(List.of(), ids(find(alice, "old")));
            assertEquals(List.of(bob.id), ids(find(alice, "fresh")));

            String body =
                    """
                    {"auth":{"type":"m.login.password","password":"correct horse",
                    "identifier":{"type":"m.id.user","user":"bob"}}}"""
                            .replace("\n", "");
            bob.post(CLIENT + "/account/deactivate", body).ok();

            assertEquals(List.of(), ids(find(alice, "bob")));
            assertEquals(List.of(), ids(find(alice, "fresh")));
        }
    }

    @Test
    void the_answer_is_bounded_whole_words_first_and_says_so() throws Exception {
        try (FrontDoor server = new FrontDoor(folder)) {
            FrontDoor.User alice = server.user("alice");
            server.user("annabel");
            server.user("anna");
            server.user("annalena");

            JsonObject two = find(alice, "anna", 2);
            JsonObject three = find(alice, "anna", 3);

            assertEquals(List.of("@anna:localhost", "@annabel:localhost"), ids(two));
            assertTrue(two.isTrue("limited"));
            assertEquals(3, ids(three).size());
            assertFalse(three.isTrue("limited"));
            alice.post(CLIENT + "/user_directory/search", "{}").refused(400, "M_MISSING_PARAM");
        }
    }

    @Test
    void where_only_the_acquainted_are_found_others_are_not() throws Exception {
        try (FrontDoor server = new FrontDoor(folder, "--user-directory", "acquainted")) {
            FrontDoor.User alice = server.user("alice");
            FrontDoor.User bob = server.user("bob");
            FrontDoor.User carol = server.user("carol");
            server.user("cain");
            assertEquals(List.of(), ids(find(alice, "bob")));

            String room = alice.room("{\"invite\":[\"" + bob.id + "\"]}");
            bob.post(rooms(room) + "/join", "{}").ok();
            carol.room("{\"preset\":\"public_chat\"}");

            assertEquals(List.of(bob.id), ids(find(alice, "bob")));
            assertEquals(List.of(carol.id), ids(find(alice, "ca")));
            assertEquals(List.of(alice.id), ids(find(alice, "alice")));
        }
    }

    private static void name(FrontDoor.User user, String name) throws Exception {
        user.put(
                        CLIENT + "/profile/" + encoded(user.id) + "/displayname",
                        "{\"displayname\":\"" + name + "\"}")
                .ok();
    }

    private static JsonObject find(FrontDoor.User user, String term) throws Exception {
        return find(user, term, 10);
    }

    private static JsonObject find(FrontDoor.User user, String term, int limit) throws Exception {
        String body = "{\"search_term\":\"%s\",\"limit\":%d}".formatted(term, limit);
        return user.post(CLIENT + "/user_directory/search", body).ok().json();
    }

    private static List<String> ids(JsonObject answer) {
        return answer.array("results").orElseThrow().objects().stream()
                .map(person -> person.string("user_id").orElseThrow())
                .toList();
    }
}
