package org.chancery.benchmarks.crash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.benchmarks.client.Connection;
import org.chancery.benchmarks.client.Connection.Answer;
import org.chancery.benchmarks.client.World;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// What the crash runs ask of a server.
final class Client {
    private static final int PAGES_MAX = 100_000;

    private Client() {}

    static Answer send(Connection connection, World.Seat seat, String txn) throws IOException {
        String body = "{\"msgtype\":\"m.text\",\"body\":\"" + txn + "\"}";
        return connection.send("PUT", seat.sendPath() + txn, seat.token(), body);
    }

    /// The messages of a whole room, oldest first.
    static List<Message> history(Connection connection, String token, String room)
            throws IOException {
        List<Message> messages = new ArrayList<>();
        String from = "";
        for (int page = 0; page < PAGES_MAX; page++) {
            JsonObject answer = page(connection, token, room, "f", from);
            for (JsonObject event : chunk(answer)) {
                Message.of(event).ifPresent(messages::add);
            }
            Optional<String> end = answer.string("end");
            if (end.isEmpty()) {
                return messages;
            }
            from = "&from=" + World.encoded(end.get());
        }
        throw new IOException("the history of a room does not end");
    }

    static JsonObject page(
            Connection connection, String token, String room, String direction, String from)
            throws IOException {
        String path =
                "%s/rooms/%s/messages?dir=%s&limit=1000%s"
                        .formatted(World.CLIENT, World.encoded(room), direction, from);
        return ok(connection.get(path, token));
    }

    static List<JsonObject> chunk(JsonObject page) {
        return page.array("chunk").orElse(JsonArray.EMPTY).objects();
    }

    static JsonObject ok(Answer answer) throws IOException {
        if (answer.status() != 200) {
            throw new IOException("answered " + answer.status() + " " + answer.text());
        }
        return answer.json();
    }
}
