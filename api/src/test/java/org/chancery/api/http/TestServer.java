package org.chancery.api.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.chancery.homeserver.sessions.Session;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;

/// A real server on a free port, and a client for it.
final class TestServer implements AutoCloseable {
    static final Session ALICE =
            new Session(UserId.parse("@alice:example.org"), new DeviceId("PHONE"), false);
    static final Session ADMIN =
            new Session(UserId.parse("@admin:example.org"), new DeviceId("DESK"), true);

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestServer(HttpServer server) {
        this.server = server;
    }

    static TestServer of(Route... routes) {
        return of(HttpConfig.plain("127.0.0.1", 0), routes);
    }

    static TestServer of(HttpConfig config, Route... routes) {
        return of(config, RequestLimits.NONE, routes);
    }

    static TestServer of(HttpConfig config, RequestLimits limits, Route... routes) {
        var server =
                new HttpServer(
                        config,
                        List.of(routes),
                        TestServer::authenticate,
                        limits,
                        InstantSource.system());
        try {
            server.start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new TestServer(server);
    }

    private static Session authenticate(String token, Request request) {
        return switch (token) {
            case "alice" -> ALICE;
            case "admin" -> ADMIN;
            case "old" -> throw new MatrixError.UnknownToken("Expired", true).asException();
            default -> throw new MatrixError.UnknownToken("Unknown", false).asException();
        };
    }

    int port() {
        return server.port();
    }

    HttpServer server() {
        return server;
    }

    RawConnection connect() throws IOException {
        return new RawConnection(port());
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        var uri = URI.create("http://127.0.0.1:" + port() + path);
        var request =
                HttpRequest.newBuilder(uri)
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(Arrays.copyOf(headers, headers.length));
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static JsonObject json(HttpResponse<String> response) {
        return Json.parseObject(response.body().getBytes(StandardCharsets.UTF_8));
    }

    static String errcode(HttpResponse<String> response) {
        return json(response).string("errcode").orElse("none");
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
