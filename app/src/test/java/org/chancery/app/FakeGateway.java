package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;

/// A push gateway or push service on this machine: a real server that keeps what it is told.
final class FakeGateway implements AutoCloseable {
    private static final int SECONDS_MAX = 20;

    private final HttpServer server;
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private volatile String answer = "{\"rejected\":[]}";

    /// What came.
    record Told(String path, Map<String, List<String>> headers, Body body) {
        JsonObject notification() {
            return Json.parseObject(body.bytes()).object("notification").orElseThrow();
        }

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    /// Bytes.
    static final class Body {
        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    FakeGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        told.add(
                new Told(
                        exchange.getRequestURI().getPath(),
                        Map.copyOf(exchange.getRequestHeaders()),
                        new Body(body)));
        byte[] text = answer.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, text.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(text);
        }
    }

    void answers(int newStatus, String newAnswer) {
        status = newStatus;
        answer = newAnswer;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Waits for the next thing that it is told.
    Told next() throws InterruptedException {
        Told next = told.poll(SECONDS_MAX, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("the gateway was told nothing");
        }
        return next;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
