package org.chancery.benchmarks.client;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.chancery.protocol.json.JsonObject;

/// The people and rooms of a measurement, made through the public API.
public final class World {
    public static final String CLIENT = "/_matrix/client/v3";

    private final Connection connection;
    private final String run;

    /// @param run keeps the names of runs on the same data apart
    public World(Connection connection, String run) {
        this.connection = connection;
        this.run = run;
    }

    /// A user in a room, able to send.
    public record Seat(String user, String token, String room) {
        public String sendPath() {
            return CLIENT + "/rooms/" + encoded(room) + "/send/m.room.message/";
        }
    }

    /// Someone with an access token.
    public record Person(String user, String token) {}

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public Person person(String name) throws IOException {
        String body =
                """
                {"username":"%s%s","password":"load-test-pass","auth":{"type":"m.login.dummy"}}\
                """
                        .formatted(name, run);
        JsonObject answer = required("POST", CLIENT + "/register", "", body);
        return new Person(
                answer.string("user_id").orElseThrow(),
                answer.string("access_token").orElseThrow());
    }

    /// A room of its maker and the others; all may send.
    public List<Seat> room(Person maker, List<Person> others) throws IOException {
        JsonObject made =
                required(
                        "POST",
                        CLIENT + "/createRoom",
                        maker.token(),
                        "{\"preset\":\"public_chat\"}");
        String room = made.string("room_id").orElseThrow();
        List<Seat> seats = new ArrayList<>();
        seats.add(new Seat(maker.user(), maker.token(), room));
        for (Person other : others) {
            required("POST", CLIENT + "/join/" + encoded(room), other.token(), "{}");
            seats.add(new Seat(other.user(), other.token(), room));
        }
        return seats;
    }

    private JsonObject required(String method, String path, String token, String body)
            throws IOException {
        Connection.Answer answer = connection.send(method, path, token, body);
        if (answer.status() != 200) {
            throw new IOException(method + " " + path + " answered " + answer.status());
        }
        return answer.json();
    }
}
