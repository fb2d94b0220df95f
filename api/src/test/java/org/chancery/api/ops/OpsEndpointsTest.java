package org.chancery.api.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.chancery.api.http.HttpConfig;
import org.chancery.api.http.HttpServer;
import org.chancery.api.http.RequestLimits;
import org.chancery.api.http.Route;
import org.chancery.homeserver.events.Followers;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.Test;

class OpsEndpointsTest {
    private static HttpResponse<String> get(List<Route> routes, String path)
            throws IOException, InterruptedException {
        var config = HttpConfig.plain("127.0.0.1", 0);
        try (var server =
                        new HttpServer(
                                config,
                                routes,
                                (_, _) -> {
                                    throw new MatrixError.MissingToken().asException();
                                },
                                RequestLimits.NONE,
                                InstantSource.system());
                var client = HttpClient.newHttpClient()) {
            server.start();
            var uri = URI.create("http://127.0.0.1:" + server.port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }

    @Test
    void a_stopped_store_turns_watchers_away() throws Exception {
        var healthy = new AtomicBoolean(true);
        var routes = new HealthEndpoints(healthy::get, List::of, () -> JsonObject.EMPTY).routes();

        var before = get(routes, "/_chancery/health");
        healthy.set(false);
        var after = get(routes, "/_chancery/health");

        assertEquals(
                "200 {\"followers\":{},\"status\":\"ok\"}",
                before.statusCode() + " " + before.body());
        assertEquals(
                "503 {\"followers\":{},\"status\":\"stopped\"}",
                after.statusCode() + " " + after.body());
    }

    @Test
    void a_watcher_sees_which_follower_is_behind() throws Exception {
        var failing = Optional.of(Instant.ofEpochMilli(1_700_000_000_000L));
        var progress =
                List.of(
                        new Followers.Progress("counts", 0, 0, Optional.empty()),
                        new Followers.Progress("records", 12, 3, failing));
        var routes =
                new HealthEndpoints(() -> true, () -> progress, () -> JsonObject.EMPTY).routes();

        var response = get(routes, "/_chancery/health");

        assertEquals(200, response.statusCode());
        assertEquals(
                "{\"followers\":{\"counts\":{\"faults\":0,\"lag\":0},"
                        + "\"records\":{\"failing_since_ts\":1700000000000,"
                        + "\"faults\":3,\"lag\":12}},\"status\":\"ok\"}",
                response.body());
    }

    @Test
    void clients_find_the_server_by_its_name() throws Exception {
        var endpoints =
                new WellKnownEndpoints(
                        Optional.of("https://matrix.example.org"),
                        JsonObject.of("org.example.more", "x"));

        var response = get(endpoints.routes(), "/.well-known/matrix/client");

        assertEquals(200, response.statusCode());
        assertEquals(
                "{\"m.homeserver\":{\"base_url\":\"https://matrix.example.org\"},"
                        + "\"org.example.more\":\"x\"}",
                response.body());
    }

    @Test
    void without_a_base_url_nothing_is_announced() throws Exception {
        var endpoints = new WellKnownEndpoints(Optional.empty(), JsonObject.EMPTY);

        var response = get(endpoints.routes(), "/.well-known/matrix/client");

        assertEquals(404, response.statusCode());
    }
}
