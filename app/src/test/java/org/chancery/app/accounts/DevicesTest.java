package org.chancery.app.accounts;

import static org.chancery.app.accounts.AccountsServer.PASSWORD;
import static org.chancery.app.accounts.AccountsServer.loginBody;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.chancery.app.accounts.AccountsServer.Answer;
import org.chancery.app.accounts.AccountsServer.Door;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicesTest {
    private static final String DEVICES = "/_matrix/client/v3/devices";
    private static final String DELETE_MANY = "/_matrix/client/v3/delete_devices";

    @TempDir Path directory;
    private AccountsServer server;
    private String phone;
    private String desk;

    @BeforeEach
    void start() {
        server = new AccountsServer(directory, Door.OPEN);
        server.register("alice");
        phone = login("PHONE");
        desk = login("DESK");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String login(String device) {
        var body =
                loginBody("alice", PASSWORD)
                        .with("device_id", device)
                        .with("initial_device_display_name", "my " + device);
        return server.post("/_matrix/client/v3/login", body).text("access_token");
    }

    @Test
    void devices_are_listed_with_name_and_the_minute_they_were_seen() {
        server.whoami(phone);
        server.pass(Duration.ofSeconds(59));
        server.whoami(phone);
        var early = seenTs();
        server.pass(Duration.ofSeconds(1));
        server.whoami(phone);
        var late = seenTs();
        var device = server.get(DEVICES + "/PHONE", desk);

        assertEquals(60_000, late - early);
        assertEquals("my PHONE", device.text("display_name"));
        assertEquals("127.0.0.1", device.text("last_seen_ip"));
        assertEquals(3, server.get(DEVICES, desk).json().array("devices").orElseThrow().size());
    }

    /// When the phone was seen, after everything submitted until now is durable.
    private long seenTs() {
        server.put(DEVICES + "/DESK", desk, JsonObject.of("display_name", "desk"));
        return server.get(DEVICES + "/PHONE", desk).json().integer("last_seen_ts").orElseThrow();
    }

    @Test
    void a_device_can_be_renamed_and_no_other_made() {
        var renamed =
                server.put(DEVICES + "/DESK", phone, JsonObject.of("display_name", "the desk"));
        var unknown = server.put(DEVICES + "/CAR", phone, JsonObject.of("display_name", "x"));
        var long_ =
                server.put(
                        DEVICES + "/DESK", phone, JsonObject.of("display_name", "x".repeat(257)));

        assertEquals(200, renamed.status());
        assertEquals("the desk", server.get(DEVICES + "/DESK", phone).text("display_name"));
        assertEquals(404, unknown.status());
        assertEquals(404, server.get(DEVICES + "/CAR", phone).status());
        assertEquals("M_INVALID_PARAM", long_.errcode());
    }

    @Test
    void a_device_is_deleted_only_with_the_password() {
        var challenge = server.call("DELETE", DEVICES + "/DESK", phone, JsonObject.EMPTY);
        var session = challenge.text("session");
        var wrong = delete("/DESK", password("wrong password").with("session", session));
        var right = delete("/DESK", password(PASSWORD).with("session", session));

        assertEquals(401, challenge.status());
        assertEquals(401, wrong.status());
        assertEquals("M_FORBIDDEN", wrong.errcode());
        assertEquals(session, wrong.text("session"));
        assertEquals(200, right.status());
        assertEquals("M_UNKNOWN_TOKEN", server.whoami(desk).errcode());
        assertEquals(200, server.whoami(phone).status());
        assertEquals(List.of(new DeviceId("DESK")), server.gone());
    }

    @Test
    void a_session_for_one_device_deletes_no_other() {
        var session =
                server.call("DELETE", DEVICES + "/DESK", phone, JsonObject.EMPTY).text("session");

        var answer = delete("/PHONE", password(PASSWORD).with("session", session));

        assertEquals(403, answer.status());
        assertEquals(200, server.whoami(phone).status());
    }

    @Test
    void somebody_elses_password_is_no_proof() {
        server.register("mallory");
        var identifier = JsonObject.of("type", "m.id.user").with("user", "mallory");

        var answer = delete("/DESK", password(PASSWORD).with("identifier", identifier));

        assertEquals(401, answer.status());
        assertEquals(200, server.whoami(desk).status());
    }

    @Test
    void many_devices_are_deleted_at_once() {
        var devices = JsonArray.of(new JsonString("DESK"), new JsonString("NEVER"));
        var body = JsonObject.of("devices", devices);

        var wrong = server.post(DELETE_MANY, phone, JsonObject.of("devices", "DESK"));
        var missing = server.post(DELETE_MANY, phone, JsonObject.EMPTY);
        var answer = server.post(DELETE_MANY, phone, body.with("auth", password(PASSWORD)));

        assertEquals("M_BAD_JSON", wrong.errcode());
        assertEquals("M_MISSING_PARAM", missing.errcode());
        assertEquals(200, answer.status());
        assertEquals(List.of(new DeviceId("DESK")), server.gone());
    }

    @Test
    void a_new_password_ends_the_other_sessions_but_not_this_one() {
        var answer = changePassword(JsonObject.of("new_password", "battery staple"));

        assertEquals(200, answer.status());
        assertEquals(200, server.whoami(phone).status());
        assertEquals(401, server.whoami(desk).status());
        assertEquals(403, server.login("alice", PASSWORD).status());
        assertEquals(200, server.login("alice", "battery staple").status());
    }

    @Test
    void a_new_password_can_leave_the_other_sessions_alone() {
        var body = JsonObject.of("new_password", "battery staple").with("logout_devices", false);

        changePassword(body);

        assertEquals(200, server.whoami(desk).status());
    }

    @Test
    void a_weak_new_password_is_refused_before_any_stage() {
        var path = "/_matrix/client/v3/account/password";

        var answer = server.post(path, phone, JsonObject.of("new_password", "short"));

        assertEquals("M_WEAK_PASSWORD", answer.errcode());
    }

    @Test
    void a_deactivated_account_is_gone_with_everything_and_its_name_stays_taken() {
        var answer = deactivate(true);

        assertEquals("success", answer.text("id_server_unbind_result"));
        assertEquals(401, server.whoami(phone).status());
        assertEquals(401, server.whoami(desk).status());
        assertEquals(403, server.login("alice", PASSWORD).status());
        assertEquals("M_USER_IN_USE", server.register("alice").errcode());
        assertEquals(List.of("@alice:hs1 erased"), server.departures());
        assertEquals(3, server.gone().size());
    }

    @Test
    void a_departure_that_was_interrupted_is_finished_at_the_next_start() {
        server.failNextDeparture();
        assertEquals(500, deactivate(false).status());

        server.resume();
        server.resume();

        assertEquals(List.of("@alice:hs1"), server.departures());
        assertEquals(401, server.whoami(phone).status());
    }

    @Test
    void nobody_is_deactivated_without_a_password() {
        var answer = server.post("/_matrix/client/v3/account/deactivate", phone, JsonObject.EMPTY);

        assertEquals(401, answer.status());
        assertTrue(answer.json().has("flows"));
        assertFalse(answer.json().has("completed"));
        assertEquals(200, server.whoami(phone).status());
    }

    private Answer deactivate(boolean erase) {
        var body = JsonObject.EMPTY.with("erase", erase).with("auth", password(PASSWORD));
        return server.post("/_matrix/client/v3/account/deactivate", phone, body);
    }

    private Answer changePassword(JsonObject body) {
        var auth = password(PASSWORD);
        return server.post("/_matrix/client/v3/account/password", phone, body.with("auth", auth));
    }

    private Answer delete(String device, JsonObject auth) {
        return server.call("DELETE", DEVICES + device, phone, JsonObject.of("auth", auth));
    }

    private static JsonObject password(String password) {
        return JsonObject.of("type", "m.login.password").with("password", password);
    }
}
