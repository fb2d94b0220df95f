package org.chancery.app.accounts;

import static org.chancery.app.accounts.AccountsServer.PASSWORD;
import static org.chancery.app.accounts.AccountsServer.loginBody;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.chancery.app.accounts.AccountsServer.Door;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
    private static final String LOGIN = "/_matrix/client/v3/login";
    private static final String REFRESH = "/_matrix/client/v3/refresh";

    @TempDir Path directory;
    private AccountsServer server;

    @BeforeEach
    void start() {
        server = new AccountsServer(directory, Door.OPEN);
        server.register("alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "ALICE", "@alice:hs1", "@Alice:hs1"})
    void a_user_logs_in_by_localpart_or_full_id(String typed) {
        var answer = server.login(typed, PASSWORD);

        assertEquals(200, answer.status());
        assertEquals("@alice:hs1", answer.text("user_id"));
        assertEquals(
                answer.text("device_id"),
                server.whoami(answer.text("access_token")).text("device_id"));
    }

    @Test
    void the_older_user_field_still_counts() {
        var body =
                JsonObject.of("type", "m.login.password")
                        .with("user", "alice")
                        .with("password", PASSWORD);

        assertEquals(200, server.post(LOGIN, body).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "@alice:elsewhere", "@alice", ":", ""})
    void an_unknown_user_is_refused_like_a_wrong_password(String typed) {
        var unknown = server.login(typed, PASSWORD);
        var wrong = server.login("alice", PASSWORD + "x");

        assertEquals(403, unknown.status());
        assertEquals("M_FORBIDDEN", unknown.errcode());
        assertEquals(wrong.json(), unknown.json());
    }

    @Test
    void an_address_that_no_account_has_is_refused() {
        var identifier =
                JsonObject.of("type", "m.id.thirdparty")
                        .with("medium", "email")
                        .with("address", "a@example.org");
        var body = loginBody("alice", PASSWORD).with("identifier", identifier);

        assertEquals("M_FORBIDDEN", server.post(LOGIN, body).errcode());
    }

    @Test
    void hostile_bodies_are_told_what_is_wrong() {
        var good = loginBody("alice", PASSWORD);

        assertEquals("M_MISSING_PARAM", server.post(LOGIN, good.without("type")).errcode());
        assertEquals("M_MISSING_PARAM", server.post(LOGIN, good.without("password")).errcode());
        assertEquals("M_MISSING_PARAM", server.post(LOGIN, good.without("identifier")).errcode());
        assertEquals("M_BAD_JSON", server.post(LOGIN, good.with("password", 1)).errcode());
        assertEquals("M_BAD_JSON", server.post(LOGIN, good.with("identifier", "x")).errcode());
        assertEquals("M_UNKNOWN", server.post(LOGIN, good.with("type", "m.login.x")).errcode());
        assertEquals("M_INVALID_PARAM", server.post(LOGIN, good.with("device_id", "")).errcode());
    }

    @Test
    void attempts_on_one_account_are_limited() {
        for (int i = 0; i < 5; i++) {
            assertEquals(403, server.login("alice", "wrong password").status());
        }

        assertEquals("M_LIMIT_EXCEEDED", server.login("alice", PASSWORD).errcode());

        server.pass(Duration.ofMinutes(1));
        assertEquals(200, server.login("alice", PASSWORD).status());
    }

    @Test
    void a_known_device_gives_its_older_token_up() {
        var body = loginBody("alice", PASSWORD).with("device_id", "PHONE");
        var first = server.post(LOGIN, body).text("access_token");

        var second = server.post(LOGIN, body);

        assertEquals("PHONE", second.text("device_id"));
        assertEquals(200, server.whoami(second.text("access_token")).status());
        assertEquals("M_UNKNOWN_TOKEN", server.whoami(first).errcode());
        assertEquals(List.of(), server.gone());
    }

    @Test
    void logout_ends_the_token_and_its_device_for_good() {
        var token = server.login("alice", PASSWORD);
        server.whoami(token.text("access_token"));

        var answer =
                server.call(
                        "POST",
                        "/_matrix/client/v3/logout",
                        token.text("access_token"),
                        JsonObject.EMPTY);

        assertEquals(200, answer.status());
        var after = server.whoami(token.text("access_token"));
        assertEquals(401, after.status());
        assertEquals("M_UNKNOWN_TOKEN", after.errcode());
        assertFalse(after.json().isTrue("soft_logout"));
        assertEquals(List.of(new DeviceId(token.text("device_id"))), server.gone());
    }

    @Test
    void logout_everywhere_ends_every_device() {
        var first = server.login("alice", PASSWORD).text("access_token");
        var second = server.login("alice", PASSWORD).text("access_token");

        server.call("POST", "/_matrix/client/v3/logout/all", first, JsonObject.EMPTY);

        assertEquals(401, server.whoami(first).status());
        assertEquals(401, server.whoami(second).status());
        assertEquals(3, server.gone().size());
    }

    @Test
    void without_a_token_nobody_is_anyone() {
        assertEquals("M_MISSING_TOKEN", server.whoami("").errcode());
        assertEquals("M_UNKNOWN_TOKEN", server.whoami("x".repeat(10_000)).errcode());
    }

    @Test
    void an_access_token_that_can_be_refreshed_expires_softly() {
        var pair = refreshable();

        server.pass(Duration.ofHours(1));

        var after = server.whoami(pair.text("access_token"));
        assertEquals("M_UNKNOWN_TOKEN", after.errcode());
        assertTrue(after.json().isTrue("soft_logout"));
        assertEquals(3_600_000, pair.json().integer("expires_in_ms").orElseThrow());
    }

    @Test
    void an_old_refresh_token_is_good_until_the_new_pair_is_used() {
        var first = refreshable();
        var lost = refresh(first.text("refresh_token"));

        var second = refresh(first.text("refresh_token"));

        assertEquals(200, second.status());
        assertEquals("M_UNKNOWN_TOKEN", server.whoami(lost.text("access_token")).errcode());
        assertEquals(200, server.whoami(first.text("access_token")).status());
        assertEquals(200, server.whoami(second.text("access_token")).status());
        var over = server.whoami(first.text("access_token"));
        assertTrue(over.json().isTrue("soft_logout"));
    }

    @Test
    void a_spent_refresh_token_revokes_the_session() {
        var first = refreshable();
        var second = refresh(first.text("refresh_token"));
        server.whoami(second.text("access_token"));

        var replay = refresh(first.text("refresh_token"));

        assertEquals("M_UNKNOWN_TOKEN", replay.errcode());
        assertEquals("M_UNKNOWN_TOKEN", refresh(second.text("refresh_token")).errcode());
        assertTrue(server.whoami(second.text("access_token")).json().isTrue("soft_logout"));
    }

    @Test
    void refreshing_again_is_a_use_of_the_new_pair() {
        var first = refreshable();
        var second = refresh(first.text("refresh_token"));

        var third = refresh(second.text("refresh_token"));

        assertEquals(200, server.whoami(third.text("access_token")).status());
        assertNotEquals(second.text("refresh_token"), third.text("refresh_token"));
        assertEquals("M_UNKNOWN_TOKEN", refresh(first.text("refresh_token")).errcode());
    }

    @Test
    void an_unused_refresh_token_ends_after_a_quarter() {
        var pair = refreshable();

        server.pass(Duration.ofDays(90));

        assertEquals(401, refresh(pair.text("refresh_token")).status());
    }

    private AccountsServer.Answer refreshable() {
        return server.post(LOGIN, loginBody("alice", PASSWORD).with("refresh_token", true));
    }

    private AccountsServer.Answer refresh(String token) {
        return server.post(REFRESH, JsonObject.of("refresh_token", token));
    }
}
