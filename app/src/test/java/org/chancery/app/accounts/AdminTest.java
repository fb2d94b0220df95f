package org.chancery.app.accounts;

import static org.chancery.app.accounts.AccountsServer.PASSWORD;
import static org.chancery.app.accounts.AccountsServer.SHARED;
import static org.chancery.app.accounts.AccountsServer.registration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.chancery.app.accounts.AccountsServer.Answer;
import org.chancery.app.accounts.AccountsServer.Door;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTest {
    private static final String INVITATIONS = "/_chancery/admin/v1/invitations";
    private static final String USERS = "/_chancery/admin/v1/users";
    private static final String RESET = "/_chancery/client/v1/password_reset";
    private static final String LOCK = "/_matrix/client/v1/admin/lock/";
    private static final String SUSPEND = "/_matrix/client/v1/admin/suspend/";
    private static final String WHOIS = "/_matrix/client/v3/admin/whois/";

    @TempDir Path directory;
    private AccountsServer server;
    private String admin;
    private String alice;

    @BeforeEach
    void start() {
        server = new AccountsServer(directory, Door.OPEN);
        admin = server.admin("root");
        alice = server.register("alice").text("access_token");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_locked_user_may_only_log_out_until_the_lock_is_opened() {
        server.whoami(alice);

        assertTrue(lock("@alice:hs1", true).json().isTrue("locked"));

        var refused = server.whoami(alice);
        assertEquals(401, refused.status());
        assertEquals("M_USER_LOCKED", refused.errcode());
        assertTrue(refused.json().isTrue("soft_logout"));
        assertEquals("M_USER_LOCKED", server.login("alice", PASSWORD).errcode());
        assertTrue(server.get(LOCK + "@alice:hs1", admin).json().isTrue("locked"));
        lock("@alice:hs1", false);
        assertEquals(200, server.whoami(alice).status());
        lock("@alice:hs1", true);
        assertEquals(200, server.post("/_matrix/client/v3/logout", alice, empty()).status());
    }

    @Test
    void a_suspended_user_reads_but_changes_no_profile() {
        server.put(SUSPEND + "@alice:hs1", admin, empty().with("suspended", true));

        var change =
                server.put(
                        "/_matrix/client/v3/profile/@alice:hs1/displayname",
                        alice,
                        JsonObject.of("displayname", "x"));

        assertEquals(403, change.status());
        assertEquals("M_USER_SUSPENDED", change.errcode());
        assertEquals(200, server.whoami(alice).status());
        assertTrue(server.get(SUSPEND + "@alice:hs1", admin).json().isTrue("suspended"));
    }

    @Test
    void who_may_be_restricted_is_judged_in_the_order_of_the_spec() {
        server.admin("other");

        assertEquals(403, server.put(LOCK + "@root:hs1", alice, locked(true)).status());
        assertEquals(403, server.get(LOCK + "@nobody:hs1", alice).status());
        assertEquals(403, lock("@root:hs1", true).status());
        assertEquals(403, lock("@other:hs1", true).status());
        assertEquals(400, lock("@alice:hs2", true).status());
        assertEquals(404, lock("@nobody:hs1", true).status());
        assertEquals("M_MISSING_PARAM", server.put(LOCK + "@alice:hs1", admin, empty()).errcode());
    }

    @Test
    void whois_is_for_oneself_and_for_administrators() {
        server.register("bob");

        assertEquals(200, server.get(WHOIS + "@alice:hs1", alice).status());
        assertEquals(200, server.get(WHOIS + "@alice:hs1", admin).status());
        assertEquals(403, server.get(WHOIS + "@bob:hs1", alice).status());
        assertTrue(server.get(WHOIS + "@alice:hs1", alice).json().object("devices").isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {INVITATIONS, USERS})
    void only_administrators_list_users_and_invitations(String path) {
        assertEquals("M_FORBIDDEN", server.get(path, alice).errcode());
        assertEquals(200, server.get(path, admin).status());
    }

    @Test
    void an_invitation_is_made_listed_without_its_token_and_taken_back() {
        var made = server.post(INVITATIONS, admin, empty().with("uses_allowed", 3));
        var token = made.text("token");
        var listed = server.get(INVITATIONS, admin).json().array("invitations").orElseThrow();

        assertEquals("http://hs1/#/register?token=" + token, made.text("link"));
        assertEquals(1, listed.size());
        assertFalse(listed.toString().contains(token));
        assertTrue(server.invitations().isValid(token));
        var one = INVITATIONS + "/" + made.text("id");
        assertEquals(200, server.call("DELETE", one, admin, empty()).status());
        assertFalse(server.invitations().isValid(token));
        assertEquals(404, server.call("DELETE", one, admin, empty()).status());
        assertEquals(403, server.post(INVITATIONS, alice, empty()).status());
    }

    @Test
    void an_invitation_has_sane_bounds() {
        assertEquals(400, invite("uses_allowed", 0).status());
        assertEquals(400, invite("expires_in_ms", 0).status());
        assertEquals(400, invite("expires_in_ms", Long.MAX_VALUE >> 12).status());
        assertEquals(200, invite("expires_in_ms", 60_000).status());
    }

    @Test
    void users_are_listed_in_pages() {
        var first = server.get(USERS + "?limit=1", admin).json();
        var second = server.get(USERS + "?from=@alice:hs1", admin).json();

        assertEquals("@alice:hs1", first.string("next_batch").orElseThrow());
        assertEquals(2, first.integer("total").orElseThrow());
        var users = second.array("users").orElseThrow().objects();
        assertEquals(1, users.size());
        assertTrue(users.getFirst().isTrue("admin"));
    }

    @Test
    void people_are_found_by_the_beginnings_of_their_names_in_pages() {
        server.register("alina");

        var first = server.get(USERS + "?search=AL&limit=1", admin).json();
        var second = server.get(USERS + "?search=al&limit=1&from=1", admin).json();
        var none = server.get(USERS + "?search=lice", admin).json();

        assertEquals(List.of("@alice:hs1"), ids(first));
        assertEquals("1", first.string("next_batch").orElseThrow());
        assertEquals(List.of("@alina:hs1"), ids(second));
        assertEquals(List.of(), ids(none));
        assertEquals(List.of(), ids(server.get(USERS + "?search=-", admin).json()));
    }

    @Test
    void one_person_is_told_to_administrators_only() {
        assertEquals("@alice:hs1", server.get(USERS + "/@alice:hs1", admin).text("user_id"));
        assertEquals(403, server.get(USERS + "/@alice:hs1", alice).status());
        assertEquals(404, server.get(USERS + "/@nobody:hs1", admin).status());
    }

    @Test
    void an_administrator_signs_a_device_of_another_out_but_none_of_an_administrator() {
        server.admin("other");
        var devices = USERS + "/@alice:hs1/devices";
        var listed = server.get(devices, admin).json().array("devices").orElseThrow().objects();
        var one = devices + "/" + listed.getFirst().string("device_id").orElseThrow();

        assertEquals(403, server.call("DELETE", one, alice, empty()).status());
        assertEquals(404, server.call("DELETE", devices + "/NONE", admin, empty()).status());
        assertEquals(200, server.call("DELETE", one, admin, empty()).status());

        assertEquals(401, server.whoami(alice).status());
        var others = USERS + "/@other:hs1/devices";
        var other = server.get(others, admin).json().array("devices").orElseThrow().objects();
        var id = other.getFirst().string("device_id").orElseThrow();
        assertEquals(403, server.call("DELETE", others + "/" + id, admin, empty()).status());
    }

    @Test
    void an_administrator_closes_an_account_but_neither_an_administrators_nor_his_own() {
        server.admin("other");

        assertEquals(403, close("@alice:hs1", alice).status());
        assertEquals(403, close("@root:hs1", admin).status());
        assertEquals(403, close("@other:hs1", admin).status());
        assertEquals(404, close("@nobody:hs1", admin).status());
        assertEquals(200, close("@alice:hs1", admin).status());

        assertEquals(401, server.whoami(alice).status());
        assertEquals(List.of("@alice:hs1"), server.departures());
        assertTrue(server.get(USERS + "/@alice:hs1", admin).json().isTrue("deactivated"));
        assertEquals(404, close("@alice:hs1", admin).status());
    }

    private Answer close(String user, String token) {
        return server.post(USERS + "/" + user + "/deactivate", token, empty());
    }

    private static List<String> ids(JsonObject page) {
        return page.array("users").orElseThrow().objects().stream()
                .map(user -> user.string("user_id").orElseThrow())
                .toList();
    }

    @Test
    void a_reset_link_sets_one_password_and_ends_every_session() {
        var first = resetLink();
        var link = resetLink();
        var body = JsonObject.of("token", link).with("new_password", "battery staple");

        assertEquals(403, server.post(RESET, body.with("token", first)).status());
        assertEquals(
                "M_WEAK_PASSWORD", server.post(RESET, body.with("new_password", "x")).errcode());
        assertEquals("@alice:hs1", server.post(RESET, body).text("user_id"));

        assertEquals(403, server.post(RESET, body).status());
        assertEquals(401, server.whoami(alice).status());
        assertEquals(403, server.login("alice", PASSWORD).status());
        assertEquals(200, server.login("alice", "battery staple").status());
    }

    @Test
    void a_reset_link_is_good_for_a_day_and_made_by_administrators_only() {
        var link = resetLink();
        var body = JsonObject.of("token", link).with("new_password", "battery staple");
        var path = USERS + "/@alice:hs1/password_reset";

        server.pass(Duration.ofDays(1));

        assertEquals(403, server.post(RESET, body).status());
        assertEquals(403, server.post(path, alice, empty()).status());
        assertEquals(404, server.post(USERS + "/@x:hs1/password_reset", admin, empty()).status());
    }

    @Test
    void the_shared_secret_registers_administrators_and_its_nonce_is_good_once() {
        var nonce = server.get(SHARED, "").text("nonce");
        var body = registration("eve").with("nonce", nonce).with("mac", "00").with("admin", true);

        var wrong = server.post(SHARED, body);
        var again = server.post(SHARED, body);

        assertEquals("M_FORBIDDEN", wrong.errcode());
        assertEquals("M_UNKNOWN", again.errcode());
        assertEquals(200, server.get(USERS, admin).status());
    }

    @Test
    void a_nonce_is_over_after_a_minute() {
        var nonce = server.get(SHARED, "").text("nonce");
        server.pass(Duration.ofMinutes(1));

        var body = registration("eve").with("nonce", nonce).with("mac", "00");

        assertEquals("M_UNKNOWN", server.post(SHARED, body).errcode());
    }

    private String resetLink() {
        return server.post(USERS + "/@alice:hs1/password_reset", admin, empty()).text("token");
    }

    private Answer invite(String name, long value) {
        return server.post(INVITATIONS, admin, empty().with(name, value));
    }

    private Answer lock(String user, boolean is) {
        return server.put(LOCK + user, admin, locked(is));
    }

    private static JsonObject locked(boolean is) {
        return empty().with("locked", is);
    }

    private static JsonObject empty() {
        return JsonObject.EMPTY;
    }
}
