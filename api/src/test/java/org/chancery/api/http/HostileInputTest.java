package org.chancery.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no decent client sends: each gets the right refusal, never a fault of ours.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class HostileInputTest {
    private static final HttpConfig CONFIG =
            new HttpConfig(
                    List.of(HttpConfig.Listener.plain("127.0.0.1", 0)),
                    TrustedProxies.NONE,
                    false,
                    new HttpConfig.Bounds(100, 100, Duration.ofMillis(700), Duration.ofSeconds(5)));

    private TestServer server;

    @BeforeAll
    void start() {
        server =
                TestServer.of(
                        CONFIG,
                        Endpoint.put("/echo/{name}")
                                .auth(Auth.NONE)
                                .bodyMax(1_000)
                                .by(HostileInputTest::echo),
                        Endpoint.get("/query")
                                .auth(Auth.NONE)
                                .by(
                                        r ->
                                                Response.json(
                                                        JsonObject.of(
                                                                "q", r.query("q").orElse("")))));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Response echo(Request request) {
        return Response.json(request.json().with("name", request.path("name")));
    }

    private static String head(String line, String... headers) {
        return line
                + "\r\nHost: example.org\r\n"
                + String.join("\r\n", headers)
                + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
    }

    private static String put(String path, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return head("PUT " + path + " HTTP/1.1", "Content-Length: " + length) + body;
    }

    private void refused(String request, int status, String errcode) throws IOException {
        try (var connection = server.connect().send(request)) {
            var answer = connection.read();

            assertEquals(status, answer.status(), answer.body());
            assertTrue(answer.body().contains("\"errcode\":\"" + errcode + "\""), answer.body());
            assertEquals("*", answer.header("Access-Control-Allow-Origin"));
            assertEquals("application/json", answer.header("Content-Type"));
        }
    }

    @Test
    void pipelined_requests_are_answered_in_order() throws IOException {
        try (var connection =
                server.connect()
                        .send(put("/echo/1", "{}") + put("/echo/2", "[]") + put("/echo/3", "{}"))) {
            assertEquals("{\"name\":\"1\"}", connection.read().body());
            assertEquals(400, connection.read().status());
            assertEquals("{\"name\":\"3\"}", connection.read().body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%ff", "%c3%28", "%ed%a0%80", "%00", "%u0041"})
    void a_path_that_can_not_be_decoded_is_an_invalid_parameter(String segment) throws IOException {
        refused(put("/echo/" + segment, "{}"), 400, "M_INVALID_PARAM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%ff", "%ed%a0%80", "%00"})
    void a_query_that_can_not_be_decoded_is_an_invalid_parameter(String value) throws IOException {
        refused(head("GET /query?q=" + value + " HTTP/1.1"), 400, "M_INVALID_PARAM");
    }

    @Test
    void a_query_of_very_many_parameters_is_an_invalid_parameter() throws IOException {
        refused(head("GET /query?" + "a=1&".repeat(5_000) + " HTTP/1.1"), 400, "M_INVALID_PARAM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo/../echo/1", "/./echo/1", "//echo/1", "/echo/1/", "/echo%2f1"})
    void a_path_is_taken_as_it_is_written(String path) throws IOException {
        refused(put(path, "{}"), 404, "M_UNRECOGNIZED");
    }

    @Test
    void a_raw_byte_outside_of_ascii_in_a_path_is_refused() throws IOException {
        refused(head("PUT /echo/\u00ff HTTP/1.1", "Content-Length: 0"), 400, "M_INVALID_PARAM");
    }

    @ParameterizedTest
    @CsvSource({"999, 400", "1001, 413", "5000000000, 413"})
    void a_declared_length_decides_before_the_body_is_read(long length, int status)
            throws IOException {
        try (var connection =
                server.connect()
                        .send(head("PUT /echo/1 HTTP/1.1", "Content-Length: " + length))
                        .send("x".repeat(999))
                        .endOfRequest()) {
            assertEquals(status, connection.read().status());
        }
    }

    @Test
    void a_chunked_body_beyond_the_bound_is_too_large() throws IOException {
        var chunk = "1000\r\n" + " ".repeat(4_096) + "\r\n";

        refused(
                head("PUT /echo/1 HTTP/1.1", "Transfer-Encoding: chunked")
                        + chunk.repeat(64)
                        + "0\r\n\r\n",
                413,
                "M_TOO_LARGE");
    }

    @Test
    void a_broken_chunk_is_refused() throws IOException {
        refused(
                head("PUT /echo/1 HTTP/1.1", "Transfer-Encoding: chunked") + "zz\r\nnonsense",
                400,
                "M_UNKNOWN");
    }

    @Test
    void two_lengths_are_refused() throws IOException {
        refused(
                head("PUT /echo/1 HTTP/1.1", "Content-Length: 2", "Content-Length: 3") + "{}",
                400,
                "M_UNKNOWN");
        refused(
                head("PUT /echo/1 HTTP/1.1", "Content-Length: 2", "Transfer-Encoding: chunked")
                        + "{}",
                400,
                "M_UNKNOWN");
    }

    @Test
    void a_body_that_stops_coming_is_too_late() throws IOException {
        refused(head("PUT /echo/1 HTTP/1.1", "Content-Length: 10") + "{\"a\"", 408, "M_UNKNOWN");
    }

    @Test
    void a_body_that_is_cut_off_is_refused() throws IOException {
        try (var connection =
                server.connect()
                        .send(head("PUT /echo/1 HTTP/1.1", "Content-Length: 10") + "{\"a\"")
                        .endOfRequest()) {
            assertEquals(400, connection.read().status());
        }
    }

    @Test
    void a_body_that_is_no_utf8_is_not_json() throws IOException {
        refused(
                head("PUT /echo/1 HTTP/1.1", "Content-Length: 9") + "{\"a\":\"\u00ff\"}",
                400,
                "M_NOT_JSON");
    }

    @Test
    void a_body_nested_too_deep_is_bad_json() throws IOException {
        var deep = "{\"a\":" + "[".repeat(400) + "]".repeat(400) + "}";

        refused(put("/echo/1", deep), 400, "M_BAD_JSON");
    }

    @Test
    void headers_that_are_too_large_are_refused() throws IOException {
        refused(head("GET /query HTTP/1.1", "X-A: " + "a".repeat(40_000)), 431, "M_TOO_LARGE");
        refused(head("GET /query?q=" + "a".repeat(40_000) + " HTTP/1.1"), 414, "M_TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\n\r\n",
                "GET /query HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET /query HTTP/1.1\r\n\r\n",
                "GET /query HTTP/1.1\r\nHost: a\r\nBad Header\r\n\r\n",
                "GET /query HTTP/1.1\r\nHost: a\r\n folded: 1\r\n\r\n"
            })
    void what_is_no_http_is_refused_and_the_connection_closed(String bytes) throws IOException {
        try (var connection = server.connect().send(bytes)) {
            var answer = connection.read();

            assertTrue(answer.status() == 400 || answer.status() == 505, answer.toString());
            assertTrue(answer.body().contains("M_UNKNOWN"), answer.body());
            assertThrows(EOFException.class, connection::read);
        }
    }

    @Test
    void a_connection_that_says_nothing_is_closed() throws IOException {
        try (var connection = server.connect()) {
            assertThrows(EOFException.class, connection::read);
        }
    }
}
