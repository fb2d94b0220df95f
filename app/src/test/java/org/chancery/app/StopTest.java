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
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stop with everybody's client waiting for news.
class StopTest {
    private static final int CLIENTS = 300;

    @TempDir Path folder;

    @Test
    void a_stop_answers_who_waits_and_takes_less_than_its_drain_time() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        Duration took;
        try (FrontDoor server = new FrontDoor(folder)) {
            FrontDoor.User alice = server.user("alice");
            String since = alice.get(CLIENT + "/sync").ok().text("next_batch");
            for (int i = 0; i < CLIENTS; i++) {
                waiting.add(poll(server.server().port(), alice.token, since));
            }
            for (int i = 0; i < 20; i++) { // Whatever was sent before these has been taken up.
                alice.get(CLIENT + "/account/whoami").ok();
            }

            long start = System.nanoTime();
            server.server().close();
            took = Duration.ofNanos(System.nanoTime() - start);
        }

        List<String> answers = new ArrayList<>();
        for (Socket socket : waiting) {
            answers.add(firstLine(socket));
        }
        assertEquals(Collections.nCopies(CLIENTS, "HTTP/1.1 200 OK"), answers);
        assertTrue(took.compareTo(Duration.ofSeconds(4)) < 0, took::toString);
    }

    private static Socket poll(int port, String token, String since) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        String request =
                """
                GET %s/sync?timeout=60000&since=%s HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                \r
                """
                        .formatted(CLIENT, since, token);
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        return socket;
    }

    private static String firstLine(Socket socket) throws IOException {
        try (socket) {
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            return answer.lines().findFirst().orElse("nothing");
        }
    }
}
