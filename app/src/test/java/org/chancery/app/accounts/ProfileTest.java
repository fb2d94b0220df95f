package org.chancery.app.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.chancery.app.accounts.AccountsServer.Answer;
import org.chancery.app.accounts.AccountsServer.Door;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonNull;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {
    private static final String ALICE = "/_matrix/client/v3/profile/@alice:hs1";

    @TempDir Path directory;
    private AccountsServer server;
    private String alice;

    @BeforeEach
    void start() {
        server = new AccountsServer(directory, Door.OPEN);
        alice = server.register("alice").text("access_token");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_name_and_a_picture_are_told_to_everyone() {
        var name = JsonObject.of("displayname", "Alice");
        var picture = JsonObject.of("avatar_url", "mxc://hs1/cat");

        assertEquals(200, server.put(ALICE + "/displayname", alice, name).status());
        assertEquals(200, server.put(ALICE + "/avatar_url", alice, picture).status());

        assertEquals(name, server.get(ALICE + "/displayname", "").json());
        assertEquals(name.with("avatar_url", "mxc://hs1/cat"), server.get(ALICE, "").json());
        var user = UserId.parse("@alice:hs1");
        assertEquals(List.of(user, user), server.profilesChanged());
    }

    @Test
    void any_other_field_may_hold_any_json_and_rooms_do_not_hear_of_it() {
        var field = JsonObject.of("org.example.pronouns", JsonArray.of(JsonNull.NULL));

        server.put(ALICE + "/org.example.pronouns", alice, field);

        assertEquals(field, server.get(ALICE + "/org.example.pronouns", "").json());
        assertEquals(List.of(), server.profilesChanged());
    }

    @Test
    void a_field_can_be_taken_away_again() {
        server.put(ALICE + "/displayname", alice, JsonObject.of("displayname", "Alice"));
        server.put(ALICE + "/m.tz", alice, JsonObject.of("m.tz", "Europe/Berlin"));

        server.put(ALICE + "/displayname", alice, JsonObject.of("displayname", ""));
        server.call("DELETE", ALICE + "/m.tz", alice, JsonObject.EMPTY);

        assertEquals(JsonObject.EMPTY, server.get(ALICE, "").json());
        assertEquals(404, server.get(ALICE + "/m.tz", "").status());
        assertEquals(200, delete("/m.tz").status());
    }

    @Test
    void nobody_changes_anothers_profile() {
        var bob = server.register("bob").text("access_token");

        var answer = server.put(ALICE + "/displayname", bob, JsonObject.of("displayname", "x"));

        assertEquals("M_FORBIDDEN", answer.errcode());
    }

    @Test
    void an_unknown_user_has_no_profile() {
        assertEquals("M_NOT_FOUND", server.get("/_matrix/client/v3/profile/@x:hs1", "").errcode());
        assertEquals("M_NOT_FOUND", server.get("/_matrix/client/v3/profile/@x:hs2", "").errcode());
        assertEquals("M_INVALID_PARAM", server.get("/_matrix/client/v3/profile/x", "").errcode());
    }

    @Test
    void a_profile_has_at_most_64_kib() {
        var half = "x".repeat(33_000);

        var first = server.put(ALICE + "/a.one", alice, JsonObject.of("a.one", half));
        var second = server.put(ALICE + "/a.two", alice, JsonObject.of("a.two", half));

        assertEquals(200, first.status());
        assertEquals(400, second.status());
        assertEquals("M_PROFILE_TOO_LARGE", second.errcode());
    }

    @Test
    void a_key_has_at_most_255_bytes() {
        var longest = "a".repeat(255);
        var key = longest + "b";

        assertEquals(200, put(longest, JsonObject.of(longest, "x")).status());
        assertEquals("M_KEY_TOO_LARGE", put(key, JsonObject.of(key, "x")).errcode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Name", "1a", "a%20b", "_a", "a$"})
    void a_key_follows_the_grammar(String key) {
        assertEquals("M_INVALID_PARAM", delete("/" + key).errcode());
    }

    @Test
    void hostile_bodies_are_told_what_is_wrong() {
        assertEquals("M_MISSING_PARAM", put("displayname", JsonObject.EMPTY).errcode());
        assertEquals(
                "M_BAD_JSON",
                put("displayname", JsonObject.EMPTY.with("displayname", 1)).errcode());
        assertEquals(
                "M_INVALID_PARAM",
                put("displayname", JsonObject.of("displayname", "a\0b")).errcode());
    }

    private Answer put(String key, JsonObject body) {
        return server.put(ALICE + "/" + key, alice, body);
    }

    private Answer delete(String key) {
        return server.call("DELETE", ALICE + key, alice, JsonObject.EMPTY);
    }
}
