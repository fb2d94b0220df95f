package org.chancery.app.accounts;

import static org.chancery.app.accounts.AccountsServer.dummy;
import static org.chancery.app.accounts.AccountsServer.registration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.chancery.app.accounts.AccountsServer.Answer;
import org.chancery.app.accounts.AccountsServer.Door;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {
    private static final String REGISTER = "/_matrix/client/v3/register";
    private static final String AVAILABLE = REGISTER + "/available?username=";
    private static final UserId ADMIN = UserId.parse("@admin:hs1");

    @TempDir Path directory;

    @Test
    void the_dummy_stage_passes_in_the_first_request() {
        try (var server = open()) {
            var answer = server.register("Alice");

            assertEquals(200, answer.status());
            assertEquals("@alice:hs1", answer.text("user_id"));
            assertEquals("hs1", answer.text("home_server"));
            assertEquals(
                    answer.text("device_id"),
                    server.whoami(answer.text("access_token")).text("device_id"));
        }
    }

    @Test
    void without_auth_the_flows_are_told_and_the_session_goes_on() {
        try (var server = open()) {
            var challenge = server.post(REGISTER, registration("alice"));
            var auth = dummy().with("session", challenge.text("session"));
            var answer = server.post(REGISTER, registration("alice").with("auth", auth));

            assertEquals(401, challenge.status());
            assertTrue(challenge.json().array("flows").isPresent());
            assertTrue(challenge.json().object("params").isPresent());
            assertEquals(200, answer.status());
        }
    }

    @Test
    void a_session_is_good_for_its_own_operation_only() {
        try (var server = open()) {
            var session = server.post(REGISTER, registration("alice")).text("session");

            var auth = dummy().with("session", session);
            var answer = server.post(REGISTER, registration("mallory").with("auth", auth));

            assertEquals(403, answer.status());
            assertEquals("M_FORBIDDEN", answer.errcode());
        }
    }

    @Test
    void a_stage_of_no_flow_is_told_so() {
        try (var server = open()) {
            var auth = JsonObject.of("type", "m.login.password");

            var answer = server.post(REGISTER, registration("alice").with("auth", auth));

            assertEquals(401, answer.status());
            assertEquals("M_INVALID_PARAM", answer.errcode());
            assertTrue(answer.json().has("session"));
        }
    }

    @Test
    void a_taken_name_is_refused_before_any_stage() {
        try (var server = open()) {
            server.register("alice");

            assertEquals("M_USER_IN_USE", server.post(REGISTER, registration("ALICE")).errcode());
            assertEquals("M_USER_IN_USE", server.get(AVAILABLE + "alice", "").errcode());
            assertTrue(server.get(AVAILABLE + "bob", "").json().isTrue("available"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "é", "a:b", "_notices", "a\u0000", "@alice:hs1"})
    void a_name_outside_the_grammar_is_refused(String username) {
        try (var server = open()) {
            assertEquals("M_INVALID_USERNAME", server.register(username).errcode());
        }
    }

    @Test
    void a_user_id_has_at_most_255_bytes() {
        try (var server = open()) {
            assertEquals(200, server.register("a".repeat(250)).status());
            assertEquals("M_INVALID_USERNAME", server.register("a".repeat(251)).errcode());
        }
    }

    @Test
    void names_of_application_services_are_theirs() {
        try (var server = open()) {
            assertEquals("M_EXCLUSIVE", server.register("bridge_bob").errcode());
        }
    }

    @Test
    void a_weak_password_is_refused() {
        try (var server = open()) {
            var body = registration("alice").with("auth", dummy());

            var weak = server.post(REGISTER, body.with("password", "1234567"));
            var none = server.post(REGISTER, body.without("password"));
            var number = server.post(REGISTER, body.with("password", 12_345_678));

            assertEquals("M_WEAK_PASSWORD", weak.errcode());
            assertEquals("M_MISSING_PARAM", none.errcode());
            assertEquals("M_BAD_JSON", number.errcode());
        }
    }

    @Test
    void without_a_username_one_is_made() {
        try (var server = open()) {
            var body = registration("x").without("username").with("auth", dummy());

            var answer = server.post(REGISTER, body);

            assertTrue(UserId.parse(answer.text("user_id")).isModern());
        }
    }

    @Test
    void login_can_be_inhibited_and_the_device_chosen() {
        try (var server = open()) {
            var body = registration("alice").with("auth", dummy());

            var silent = server.post(REGISTER, body.with("inhibit_login", true));
            var chosen =
                    server.post(REGISTER, body.with("username", "bob").with("device_id", "DESK"));

            assertFalse(silent.json().has("access_token"));
            assertFalse(silent.json().has("device_id"));
            assertEquals("DESK", chosen.text("device_id"));
        }
    }

    @Test
    void guests_are_not_served() {
        try (var server = open()) {
            var answer = server.post(REGISTER + "?kind=guest", JsonObject.EMPTY);

            assertEquals(403, answer.status());
            assertEquals("M_GUEST_ACCESS_FORBIDDEN", answer.errcode());
        }
    }

    @Test
    void a_closed_door_opens_to_the_first_administrator_once() {
        try (var server = new AccountsServer(directory, Door.CLOSED)) {
            var token = server.invitations().firstAdministrator().orElseThrow();

            var dummy = server.post(REGISTER, registration("eve").with("auth", dummy()));
            var admin = withToken(server, "admin", token);
            var again = withToken(server, "eve", token);

            assertEquals(401, dummy.status());
            assertEquals(200, admin.status());
            assertEquals(401, again.status());
            assertEquals("M_FORBIDDEN", again.errcode());
            assertEquals(Optional.empty(), server.invitations().firstAdministrator());
        }
    }

    @Test
    void a_second_start_ends_the_first_token() {
        try (var server = new AccountsServer(directory, Door.CLOSED)) {
            var first = server.invitations().firstAdministrator().orElseThrow();
            var second = server.invitations().firstAdministrator().orElseThrow();

            assertEquals(401, withToken(server, "eve", first).status());
            assertEquals(200, withToken(server, "admin", second).status());
        }
    }

    @Test
    void an_invitation_is_good_for_its_uses_and_its_time() {
        try (var server = new AccountsServer(directory, Door.CLOSED)) {
            var twice = server.invitations().invite(ADMIN, OptionalLong.of(2), Optional.empty());
            var hour =
                    server.invitations()
                            .invite(ADMIN, OptionalLong.empty(), Optional.of(Duration.ofHours(1)));

            assertEquals(200, withToken(server, "a", twice.token()).status());
            assertEquals(200, withToken(server, "b", twice.token()).status());
            assertEquals(401, withToken(server, "c", twice.token()).status());
            assertTrue(validity(server, hour.token()));
            server.pass(Duration.ofHours(1));
            assertFalse(validity(server, hour.token()));
            assertFalse(validity(server, "nonsense"));
        }
    }

    @Test
    void an_invitation_for_one_makes_one_account_however_many_come_at_once() throws Exception {
        try (var server = new AccountsServer(directory, Door.CLOSED);
                var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = server.invitations().invite(ADMIN, OptionalLong.of(1), Optional.empty());

            var answers = new ArrayList<Future<Answer>>();
            for (int i = 0; i < 20; i++) {
                var name = "user" + i;
                answers.add(people.submit(() -> withToken(server, name, one.token())));
            }

            int made = 0;
            for (var answer : answers) {
                made += answer.get().status() == 200 ? 1 : 0;
            }
            assertEquals(1, made);
        }
    }

    @Test
    void accounts_and_tokens_outlive_a_restart() {
        String token;
        try (var server = open()) {
            token = server.register("alice").text("access_token");
        }

        try (var server = open()) {
            assertEquals("@alice:hs1", server.whoami(token).text("user_id"));
            assertEquals(200, server.login("alice", AccountsServer.PASSWORD).status());
        }
    }

    private AccountsServer open() {
        return new AccountsServer(directory, Door.OPEN);
    }

    private static Answer withToken(AccountsServer server, String username, String token) {
        var auth = JsonObject.of("type", "m.login.registration_token").with("token", token);
        return server.post(REGISTER, registration(username).with("auth", auth));
    }

    private static boolean validity(AccountsServer server, String token) {
        return server.get(
                        "/_matrix/client/v1/register/m.login.registration_token/validity?token="
                                + token,
                        "")
                .json()
                .isTrue("valid");
    }
}
