package org.chancery.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.chancery.protocol.error.MatrixError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TransportTest {
    private static final Endpoint HELLO = Endpoint.get("/hello").auth(Auth.NONE);

    private static HttpServer started(HttpConfig config, Route... routes) throws IOException {
        var server =
                new HttpServer(
                        config,
                        List.of(routes),
                        (_, _) -> {
                            throw new MatrixError.UnknownToken("None here", false).asException();
                        },
                        RequestLimits.NONE,
                        InstantSource.system());
        server.start();
        return server;
    }

    private static HttpConfig config(HttpConfig.Listener listener, Duration drain) {
        var bounds = new HttpConfig.Bounds(100, 100, Duration.ofSeconds(30), drain);
        return new HttpConfig(List.of(listener), TrustedProxies.NONE, false, bounds);
    }

    private static HttpResponse<String> get(HttpClient client, String uri)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
    }

    @Test
    void both_versions_of_http_are_spoken_over_tls(@TempDir Path folder) throws Exception {
        var signed = SelfSigned.make(folder, "EC");
        var tls = signed.write(folder);
        var listener = new HttpConfig.Listener("127.0.0.1", 0, Optional.of(tls));

        try (var server =
                started(config(listener, Duration.ofSeconds(1)), HELLO.by(_ -> Response.ok()))) {
            for (var version : HttpClient.Version.values()) {
                try (var client = signed.client(version)) {
                    var response = get(client, "https://localhost:" + server.port() + "/hello");

                    assertEquals("{}", response.body());
                    assertEquals(version, response.version());
                }
            }
        }
    }

    @Test
    void http_2_is_spoken_in_clear() throws Exception {
        var listener = HttpConfig.Listener.plain("127.0.0.1", 0);
        try (var server =
                        started(
                                config(listener, Duration.ofSeconds(1)),
                                HELLO.by(_ -> Response.ok()));
                var client = HttpClient.newHttpClient()) {
            var response = get(client, "http://127.0.0.1:" + server.port() + "/hello");

            assertEquals(HttpClient.Version.HTTP_2, response.version());
        }
    }

    @Test
    void a_stop_lets_what_is_at_work_end() throws Exception {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var slow =
                HELLO.by(
                        _ -> {
                            entered.countDown();
                            return await(release) ? Response.ok() : Response.empty(500);
                        });
        var listener = HttpConfig.Listener.plain("127.0.0.1", 0);
        var server = started(config(listener, Duration.ofSeconds(20)), slow);
        int port = server.port();
        var uri = "http://127.0.0.1:" + port + "/hello";

        try (var client = HttpClient.newHttpClient();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(() -> get(client, uri));
            entered.await();
            var stopped = threads.submit(server::stop);
            while (!refusesConnections(port)) {
                Thread.onSpinWait();
            }
            release.countDown();

            assertEquals(200, answer.get().statusCode());
            stopped.get();
        }
    }

    @Test
    void a_stop_cuts_off_what_does_not_end_in_time() throws Exception {
        var entered = new CountDownLatch(1);
        var interrupted = new AtomicBoolean();
        var endless =
                HELLO.by(
                        _ -> {
                            entered.countDown();
                            interrupted.set(!await(new CountDownLatch(1)));
                            return Response.ok();
                        });
        var listener = HttpConfig.Listener.plain("127.0.0.1", 0);
        var server = started(config(listener, Duration.ofMillis(300)), endless);

        try (var client = HttpClient.newHttpClient();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var uri = "http://127.0.0.1:" + server.port() + "/hello";
            var answer = threads.submit(() -> get(client, uri));
            entered.await();
            long begun = System.nanoTime();
            server.stop();
            var took = Duration.ofNanos(System.nanoTime() - begun);

            assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, took.toString());
            assertThrows(Exception.class, answer::get);
        }
    }

    private static boolean refusesConnections(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (ConnectException refused) {
            return true;
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
