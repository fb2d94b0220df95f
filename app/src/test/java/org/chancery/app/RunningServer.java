package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;

/// The whole server on a free port, in the profile for tests, and a client for it.
final class RunningServer implements AutoCloseable {
    static final String PASSWORD = "correct horse";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Homeserver server;

    RunningServer(Path folder) {
        List<String> options =
                List.of(
                        "--server-name=hs1",
                        "--port=0",
                        "--data=" + folder.resolve("data"),
                        "--unsafe-test-profile=true");
        try {
            server = Homeserver.start(Config.read(options, Map.of()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// A user with a device.
    record Client(String user, String device, String token) {}

    /// An answer.
    record Answer(int status, JsonObject json) {
        String errcode() {
            return json.string("errcode").orElse("none");
        }
    }

    static JsonObject json(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(UTF_8));
    }

    Client register(String name) {
        return client(
                call(
                        "POST",
                        "/_matrix/client/v3/register",
                        "",
                        JsonObject.of("username", name)
                                .with("password", PASSWORD)
                                .with("auth", JsonObject.of("type", "m.login.dummy"))));
    }

    Client login(String name, String device) {
        return client(
                call(
                        "POST",
                        "/_matrix/client/v3/login",
                        "",
                        JsonObject.of("type", "m.login.password")
                                .with(
                                        "identifier",
                                        JsonObject.of("type", "m.id.user").with("user", name))
                                .with("password", PASSWORD)
                                .with("device_id", device)));
    }

    private static Client client(Answer answer) {
        return new Client(
                answer.json().string("user_id").orElseThrow(),
                answer.json().string("device_id").orElseThrow(),
                answer.json().string("access_token").orElseThrow());
    }

    Answer get(Client as, String path) {
        return call("GET", path, as.token(), JsonObject.EMPTY);
    }

    Answer put(Client as, String path, JsonObject body) {
        return call("PUT", path, as.token(), body);
    }

    Answer post(Client as, String path, JsonObject body) {
        return call("POST", path, as.token(), body);
    }

    Answer delete(Client as, String path) {
        return call("DELETE", path, as.token(), JsonObject.EMPTY);
    }

    private Answer call(String method, String path, String token, JsonObject body) {
        var bytes =
                method.equals("GET")
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(body.bytes());
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .method(method, bytes);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            var answer = client.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), Json.parseObject(answer.body()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
