package org.chancery.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.chancery.app.FrontDoor.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stop with everybody's client waiting for news.
class StopTest {
    private static final int CLIENTS = 300;

    @TempDir Path folder;

    @Test
    void a_stop_answers_who_waits_at_once_and_is_over_within_five_seconds() throws Exception {
        List<Future<Answer>> answers = new ArrayList<>();
        Duration took;
        long start;
        try (FrontDoor server = new FrontDoor(folder);
                var people = Executors.newVirtualThreadPerTaskExecutor()) {
            FrontDoor.User alice = server.user("alice");
            String since = alice.get(CLIENT + "/sync").ok().text("next_batch");
            for (int i = 0; i < CLIENTS; i++) {
                Socket socket = poll(server.server().port(), alice.token, since);
                answers.add(people.submit(() -> answer(socket)));
            }
            for (int i = 0; i < 20; i++) { // Whatever was sent before these has been taken up.
                alice.get(CLIENT + "/account/whoami").ok();
            }

            start = System.nanoTime();
            server.server().close();
            took = Duration.ofNanos(System.nanoTime() - start);
        }

        for (Future<Answer> each : answers) {
            Answer answer = each.get();
            assertEquals("HTTP/1.1 200 OK", answer.status);
            Duration waited = Duration.ofNanos(answer.nanos - start);
            assertTrue(waited.compareTo(Duration.ofSeconds(3)) < 0, waited::toString);
        }
        assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, took::toString);
    }

    /// A status line, and when it came.
    private record Answer(String status, long nanos) {}

    /// A client that has been served once, so that its connection is open on both sides, and has
    /// then asked for news.
    private static Socket poll(int port, String token, String since) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        send(socket, "OPTIONS / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        StringBuilder served = new StringBuilder();
        while (served.indexOf("\r\n\r\n") < 0) {
            served.append((char) socket.getInputStream().read());
        }
        send(
                socket,
                """
                GET %s/sync?timeout=60000&since=%s HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                \r
                """
                        .formatted(CLIENT, since, token));
        return socket;
    }

    private static void send(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(US_ASCII));
    }

    private static Answer answer(Socket socket) throws IOException {
        try (socket) {
            StringBuilder line = new StringBuilder();
            for (int c = socket.getInputStream().read();
                    c >= ' ';
                    c = socket.getInputStream().read()) {
                line.append((char) c);
            }
            return new Answer(line.toString(), System.nanoTime());
        }
    }
}
