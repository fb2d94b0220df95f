package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.app.scan.ServerProcess;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;

/// A whole server on a folder and a free port, as `./dev run` starts one but with the test profile.
public final class FrontDoor implements AutoCloseable {
    public static final String CLIENT = "/_matrix/client/v3";

    private final Optional<Homeserver> server;
    private final int port;
    private final Runnable stop;
    private final HttpClient http = HttpClient.newHttpClient();

    public FrontDoor(Path data, String... options) throws IOException {
        Homeserver started = Homeserver.start(Config.read(words(data, options), Map.of()));
        this.server = Optional.of(started);
        this.port = started.port();
        this.stop = started::close;
    }

    /// The door of a server that runs as a process of its own.
    FrontDoor(ServerProcess process) {
        this.server = Optional.empty();
        this.port = process.port();
        this.stop = process::close;
    }

    /// What a server of the tests is started with.
    static List<String> words(Path data, String... options) {
        List<String> all = new ArrayList<>(List.of("--data", data.toString(), "--port", "0"));
        all.addAll(List.of("--unsafe-test-profile", "true", "--default-room-version", "12"));
        all.addAll(List.of(options));
        return all;
    }

    /// A status and a body.
    public record Answer(int status, HttpResponse<byte[]> response) {
        public JsonObject json() {
            return Json.parseObject(response.body());
        }

        public String text(String name) {
            return json().string(name).orElseThrow(() -> new AssertionError(this + " no " + name));
        }

        public Answer ok() {
            assertEquals(200, status, this::toString);
            return this;
        }

        public void refused(int wanted, String errcode) {
            assertEquals(wanted + " " + errcode, status + " " + text("errcode"));
        }

        @Override
        public String toString() {
            return status + " " + new String(response.body(), UTF_8);
        }
    }

    /// Somebody with a session.
    public final class User {
        public final String id;
        public final String token;

        private User(JsonObject answer) {
            this.id = answer.string("user_id").orElseThrow();
            this.token = answer.string("access_token").orElseThrow();
        }

        public Answer get(String path) throws IOException, InterruptedException {
            return send("GET", path, "", token);
        }

        public Answer put(String path, String body) throws IOException, InterruptedException {
            return send("PUT", path, body, token);
        }

        public Answer post(String path, String body) throws IOException, InterruptedException {
            return send("POST", path, body, token);
        }

        public Answer delete(String path) throws IOException, InterruptedException {
            return send("DELETE", path, "", token);
        }

        /// Makes a room and answers its id.
        public String room(String body) throws IOException, InterruptedException {
            return post(CLIENT + "/createRoom", body).ok().text("room_id");
        }

        /// Says something and answers the event's id.
        public String say(String room, String text) throws IOException, InterruptedException {
            String transaction = Long.toString(System.nanoTime(), 36);
            String path = rooms(room) + "/send/m.room.message/" + transaction;
            return put(path, "{\"msgtype\":\"m.text\",\"body\":\"" + text + "\"}")
                    .ok()
                    .text("event_id");
        }
    }

    public static String rooms(String room) {
        return CLIENT + "/rooms/" + encoded(room);
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    public User user(String name) throws IOException, InterruptedException {
        String body =
                """
                {"username":"%s","password":"correct horse","auth":{"type":"m.login.dummy"}}\
                """
                        .formatted(name);
        return new User(send("POST", CLIENT + "/register", body, "").ok().json());
    }

    /// Somebody who signed in earlier.
    public User signedIn(String id, String token) {
        return new User(JsonObject.builder().put("user_id", id).put("access_token", token).build());
    }

    public Answer send(String method, String path, String body, String token)
            throws IOException, InterruptedException {
        return send(method, path, body.getBytes(UTF_8), token);
    }

    public Answer send(String method, String path, byte[] body, String token, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(
                                method,
                                body.length == 0
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response);
    }

    int port() {
        return port;
    }

    /// The server, where it runs in this process.
    Homeserver server() {
        return server.orElseThrow();
    }

    @Override
    public void close() {
        stop.run();
        http.close();
    }
}
