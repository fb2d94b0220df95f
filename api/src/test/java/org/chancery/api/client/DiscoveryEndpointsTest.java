package org.chancery.api.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chancery.api.http.HttpConfig;
import org.chancery.api.http.HttpServer;
import org.chancery.api.http.RequestLimits;
import org.chancery.api.http.Route;
import org.chancery.homeserver.sessions.Session;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiscoveryEndpointsTest {
    private final HttpServer server = server();
    private final HttpClient client = HttpClient.newHttpClient();

    private static HttpServer server() {
        var routes = new ArrayList<Route>();
        routes.addAll(new VersionsEndpoints(List.of("org.example.feature")).routes());
        routes.addAll(
                new CapabilitiesEndpoints(
                                RoomVersion.V11,
                                new CapabilitiesEndpoints.Policy(
                                        true, false, true, () -> Optional.of("key")))
                        .routes());
        return new HttpServer(
                HttpConfig.plain("127.0.0.1", 0),
                routes,
                (token, _) ->
                        new Session(
                                UserId.parse("@a:example.org"),
                                new DeviceId("A"),
                                token.equals("admin")),
                RequestLimits.NONE,
                InstantSource.system());
    }

    @BeforeAll
    void start() throws IOException {
        server.start();
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    private JsonObject get(String path, String token) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + server.port() + path);
        var request =
                HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build();
        var response = client.send(request, BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        return Json.parseObject(response.body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void every_version_is_listed_singly() throws Exception {
        var answer = get("/_matrix/client/versions", "user");

        var expected = IntStream.rangeClosed(1, 18).mapToObj(minor -> "v1." + minor).toList();
        assertEquals(expected, answer.array("versions").orElseThrow().strings());
        assertTrue(answer.object("unstable_features").orElseThrow().isTrue("org.example.feature"));
    }

    @Test
    void every_room_version_is_available_and_the_default_is_the_operators() throws Exception {
        var capabilities =
                get("/_matrix/client/v3/capabilities", "user").object("capabilities").orElseThrow();

        var versions = capabilities.object("m.room_versions").orElseThrow();
        assertEquals("11", versions.string("default").orElseThrow());
        var available = versions.object("available").orElseThrow();
        assertEquals(12, available.size());
        assertEquals("stable", available.string("12").orElseThrow());
    }

    @Test
    void capabilities_follow_the_policy() throws Exception {
        var capabilities =
                get("/_matrix/client/v3/capabilities", "user").object("capabilities").orElseThrow();

        assertTrue(capabilities.object("m.change_password").orElseThrow().isTrue("enabled"));
        assertEquals(
                JsonObject.EMPTY.with("enabled", false),
                capabilities.object("m.get_login_token").orElseThrow());
        assertEquals(
                capabilities.object("m.profile_fields"), capabilities.object("m.set_displayname"));
    }

    @Test
    void only_administrators_moderate_accounts() throws Exception {
        var path = "/_matrix/client/v3/capabilities";

        var user = get(path, "user").object("capabilities").orElseThrow();
        var admin = get(path, "admin").object("capabilities").orElseThrow();

        assertFalse(user.has("m.account_moderation"));
        assertTrue(admin.object("m.account_moderation").orElseThrow().isTrue("suspend"));
    }
}
