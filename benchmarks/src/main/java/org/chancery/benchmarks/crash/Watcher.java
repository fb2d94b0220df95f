package org.chancery.benchmarks.crash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.chancery.benchmarks.client.Connection;
import org.chancery.benchmarks.client.World;
import org.chancery.protocol.json.JsonObject;

/// A user who syncs while the others send, loses the server, and goes on with the token from
/// before. Taken together it must have seen every message of the cycle once and in order.
final class Watcher {
    private static final int ROUNDS_MAX = 10_000;
    private static final int LONG_POLL_MILLIS = 5_000;

    private final int port;
    private final Stage stage;
    private final String prefix;
    private final Map<String, List<Message>> seen = new TreeMap<>();
    private final AtomicInteger broken = new AtomicInteger();
    private String since = "";
    private Thread thread = Thread.currentThread();

    /// @param prefix begins every transaction id of the cycle
    Watcher(int port, Stage stage, String prefix) {
        this.port = port;
        this.stage = stage;
        this.prefix = prefix;
    }

    void start(Connection connection) throws IOException {
        since = sync(connection, 0, 1).string("next_batch").orElse("");
        thread = Thread.ofVirtual().start(this::watch);
    }

    void join() throws InterruptedException {
        if (!thread.equals(Thread.currentThread())) {
            thread.join();
        }
    }

    private void watch() {
        try (Connection connection = new Connection(port)) {
            for (int round = 0; round < ROUNDS_MAX; round++) {
                take(connection, sync(connection, LONG_POLL_MILLIS, 1_000));
            }
        } catch (IOException killed) {
            broken.incrementAndGet();
        }
    }

    /// Reads on from the token before the kill, until there is no news.
    ///
    /// @return what was seen by room, before and after
    Map<String, List<Message>> resume(Connection connection) throws IOException {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            JsonObject answer = sync(connection, 0, 1_000);
            if (rooms(answer).isEmpty()) {
                return seen;
            }
            take(connection, answer);
        }
        throw new IOException("sync always has news, though nobody sends");
    }

    private JsonObject sync(Connection connection, int timeout, int limit) throws IOException {
        String filter = "{\"room\":{\"timeline\":{\"limit\":" + limit + "}}}";
        String path =
                "%s/sync?timeout=%d&filter=%s%s"
                        .formatted(
                                World.CLIENT,
                                timeout,
                                World.encoded(filter),
                                since.isEmpty() ? "" : "&since=" + World.encoded(since));
        return Client.ok(connection.get(path, stage.watcher().token()));
    }

    private static JsonObject rooms(JsonObject answer) {
        return answer.object("rooms").flatMap(r -> r.object("join")).orElse(JsonObject.EMPTY);
    }

    private void take(Connection connection, JsonObject answer) throws IOException {
        Map<String, List<Message>> news = new TreeMap<>();
        for (JsonObject.Member room : rooms(answer).entries()) {
            JsonObject timeline =
                    ((JsonObject) room.value()).object("timeline").orElse(JsonObject.EMPTY);
            List<Message> messages = new ArrayList<>();
            if (timeline.isTrue("limited")) {
                messages.addAll(
                        gap(connection, room.name(), timeline.string("prev_batch").orElse("")));
            }
            timeline.array("events")
                    .ifPresent(events -> events.objects().forEach(e -> add(messages, e)));
            news.put(room.name(), messages);
        }
        // Only now is the answer read whole, so that a kill meanwhile repeats it whole.
        news.forEach(
                (room, more) -> seen.computeIfAbsent(room, _ -> new ArrayList<>()).addAll(more));
        since = answer.string("next_batch").orElse("");
    }

    /// What a limited timeline left out: back to what is known, or to before this cycle.
    private List<Message> gap(Connection connection, String room, String from) throws IOException {
        List<Message> known = seen.getOrDefault(room, List.of());
        List<Message> missed = new ArrayList<>();
        String token = from;
        for (int page = 0; page < ROUNDS_MAX; page++) {
            JsonObject answer =
                    Client.page(
                            connection,
                            stage.watcher().token(),
                            room,
                            "b",
                            "&from=" + World.encoded(token));
            for (JsonObject event : Client.chunk(answer)) {
                List<Message> one = new ArrayList<>();
                add(one, event);
                if (one.isEmpty() || known.contains(one.getFirst())) {
                    Collections.reverse(missed);
                    return missed;
                }
                missed.addAll(one);
            }
            token = answer.string("end").orElse("");
            if (token.isEmpty()) {
                break;
            }
        }
        Collections.reverse(missed);
        return missed;
    }

    private void add(List<Message> messages, JsonObject event) {
        Message.of(event)
                .filter(message -> message.txn().startsWith(prefix))
                .ifPresent(messages::add);
    }
}
