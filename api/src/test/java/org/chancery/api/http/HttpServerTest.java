package org.chancery.api.http;

import static org.chancery.api.http.TestServer.errcode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class HttpServerTest {
    private static final String JSON_PATH = "/_matrix/client/v3/echo/1";

    private TestServer server;

    @BeforeAll
    void start() {
        server =
                TestServer.of(
                        Endpoint.get("/open").auth(Auth.NONE).by(_ -> Response.ok()),
                        Endpoint.get("/mine").by(HttpServerTest::whoAmI),
                        Endpoint.get("/maybe").auth(Auth.OPTIONAL).by(HttpServerTest::whoAmI),
                        Endpoint.get("/desk").auth(Auth.ADMIN).by(HttpServerTest::whoAmI),
                        Endpoint.put("/_matrix/client/v3/echo/{txn}")
                                .auth(Auth.NONE)
                                .bodyMax(1_000)
                                .by(request -> Response.json(request.json())),
                        Endpoint.post("/maybe-empty")
                                .auth(Auth.NONE)
                                .by(request -> Response.json(request.jsonOrEmpty())),
                        Endpoint.get("/room/{roomId}")
                                .auth(Auth.NONE)
                                .by(
                                        request ->
                                                answer(
                                                        RoomId.parse(request.path("roomId"))
                                                                .toString())),
                        Endpoint.get("/query")
                                .auth(Auth.NONE)
                                .by(request -> answer(request.queryAll("q").toString())),
                        Endpoint.get("/page")
                                .auth(Auth.NONE)
                                .by(r -> answer(String.valueOf(r.queryLong("limit").orElse(-1)))),
                        Endpoint.get("/cookies")
                                .auth(Auth.NONE)
                                .by(
                                        _ ->
                                                Response.ok()
                                                        .with("Set-Cookie", "a=1")
                                                        .with("Set-Cookie", "b=2")),
                        Endpoint.get("/busy").auth(Auth.NONE).by(_ -> refuse()),
                        Endpoint.get("/broken").auth(Auth.NONE).by(_ -> fail("secret")),
                        Endpoint.get("/broken/too").auth(Auth.NONE).by(_ -> fail("secret")),
                        Endpoint.get("/media").auth(Auth.NONE).by(_ -> media()));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Response whoAmI(Request request) {
        return answer(request.sessionIfAny().map(s -> s.user().toString()).orElse("nobody"));
    }

    private static Response answer(String text) {
        return Response.json(JsonObject.of("answer", text));
    }

    private static String answerOf(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        return TestServer.json(response).string("answer").orElseThrow();
    }

    private static Response refuse() {
        throw new MatrixError.LimitExceeded(Duration.ofMillis(1_500)).asException();
    }

    private static Response fail(String message) {
        throw new IllegalStateException(message);
    }

    private static Response media() {
        var bytes = "picture".getBytes(StandardCharsets.UTF_8);
        return Response.stream(
                        200, "image/png", new ByteArrayInputStream(bytes), OptionalLong.of(7))
                .with("Cache-Control", "public, max-age=86400");
    }

    @Test
    void every_answer_carries_the_headers_for_browsers() {
        for (var path : new String[] {"/open", "/nowhere", "/broken", "/mine"}) {
            var headers = server.get(path).headers();

            assertEquals("*", headers.firstValue("Access-Control-Allow-Origin").orElse(""));
            assertEquals(
                    "GET, POST, PUT, DELETE, OPTIONS",
                    headers.firstValue("Access-Control-Allow-Methods").orElse(""));
            assertEquals(
                    "X-Requested-With, Content-Type, Authorization",
                    headers.firstValue("Access-Control-Allow-Headers").orElse(""));
            assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElse(""));
            assertTrue(headers.firstValue("Server").isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mine", "/nowhere", JSON_PATH})
    void a_preflight_needs_no_token(String path) {
        var response = server.send("OPTIONS", path, "");

        assertEquals(200, response.statusCode());
        assertEquals("*", response.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
        assertEquals("", response.body());
    }

    @Test
    void an_unknown_path_is_unrecognized_with_404() {
        var response = server.get("/_matrix/client/v3/nothing");

        assertEquals(404, response.statusCode());
        assertEquals("M_UNRECOGNIZED", errcode(response));
        assertEquals("application/json", response.headers().firstValue("Content-Type").orElse(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE", "PATCH", "TRACE", "BREW"})
    void a_wrong_method_is_unrecognized_with_405(String method) {
        var response = server.send(method, "/open", "");

        assertEquals(405, response.statusCode());
        assertEquals("OPTIONS, GET", response.headers().firstValue("Allow").orElse(""));
        assertEquals("M_UNRECOGNIZED", errcode(response));
    }

    @Test
    void head_is_get_without_its_body() {
        var response = server.send("HEAD", "/open", "");

        assertEquals(200, response.statusCode());
        assertEquals("2", response.headers().firstValue("Content-Length").orElse(""));
        assertEquals("", response.body());
    }

    @Test
    void a_stream_is_sent_with_its_own_headers() {
        var response = server.get("/media");

        assertEquals("picture", response.body());
        assertEquals("image/png", response.headers().firstValue("Content-Type").orElse(""));
        assertEquals(
                "public, max-age=86400", response.headers().firstValue("Cache-Control").orElse(""));
    }

    @Test
    void a_header_may_be_there_twice_and_never_holds_a_line_break() {
        var cookies = server.get("/cookies").headers().allValues("Set-Cookie");

        assertEquals(List.of("a=1", "b=2"), cookies);
        assertThrows(
                IllegalArgumentException.class,
                () -> Response.ok().with("Location", "/a\r\nSet-Cookie: c=3"));
    }

    @Test
    void a_token_says_who_asks() {
        assertEquals(
                "@alice:example.org",
                answerOf(server.get("/mine", "Authorization", "Bearer alice")));
        assertEquals(
                "@alice:example.org",
                answerOf(server.get("/maybe", "Authorization", "bearer alice")));
        assertEquals("nobody", answerOf(server.get("/maybe")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer", "Bearer  ", "alice"})
    void without_a_bearer_token_the_token_is_missing(String header) {
        var response = server.get("/mine", "Authorization", header);

        assertEquals(401, response.statusCode());
        assertEquals("M_MISSING_TOKEN", errcode(response));
    }

    @ParameterizedTest
    @CsvSource({"/mine,old,true", "/mine,other,false", "/maybe,other,false"})
    void a_bad_token_is_unknown_and_says_how_to_go_on(String path, String token, boolean soft) {
        var response = server.get(path, "Authorization", "Bearer " + token);

        assertEquals(401, response.statusCode());
        assertEquals("M_UNKNOWN_TOKEN", errcode(response));
        assertEquals(soft, TestServer.json(response).isTrue("soft_logout"));
    }

    @Test
    void a_token_in_the_query_counts_only_where_it_is_allowed() {
        var old =
                new HttpConfig(
                        List.of(HttpConfig.Listener.plain("127.0.0.1", 0)),
                        TrustedProxies.NONE,
                        true,
                        HttpConfig.Bounds.DEFAULT);
        try (var lenient = TestServer.of(old, Endpoint.get("/mine").by(_ -> Response.ok()))) {
            assertEquals(200, lenient.get("/mine?access_token=alice").statusCode());
        }

        assertEquals(401, server.get("/mine?access_token=alice").statusCode());
    }

    @Test
    void only_an_administrator_enters_the_desk() {
        var refused = server.get("/desk", "Authorization", "Bearer alice");

        assertEquals(403, refused.statusCode());
        assertEquals("M_FORBIDDEN", errcode(refused));
        assertEquals(200, server.get("/desk", "Authorization", "Bearer admin").statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|M_NOT_JSON",
                "nonsense|M_NOT_JSON",
                "{\"a\":|M_NOT_JSON",
                "[]|M_BAD_JSON",
                "\"text\"|M_BAD_JSON",
                "{\"a\":1,\"a\":2}|M_BAD_JSON",
                "{\"a\":\"\\ud800\"}|M_BAD_JSON",
                "{} {}|M_NOT_JSON"
            })
    void a_body_that_is_no_object_is_refused(String body, String errcode) {
        var response = server.put(JSON_PATH, body);

        assertEquals(400, response.statusCode());
        assertEquals(errcode, errcode(response));
    }

    @Test
    void a_body_is_handed_on_and_no_body_may_stand_for_an_empty_object() {
        assertEquals("{\"b\":[1]}", server.put(JSON_PATH, "{ \"b\": [1] }").body());
        assertEquals("{}", server.send("POST", "/maybe-empty", "").body());
    }

    @Test
    void a_body_beyond_the_bound_is_too_large() {
        var response = server.put(JSON_PATH, "{\"a\":\"" + "x".repeat(100_000) + "\"}");

        assertEquals(413, response.statusCode());
        assertEquals("M_TOO_LARGE", errcode(response));
    }

    @Test
    void a_malformed_id_is_an_invalid_parameter() {
        var response = server.get("/room/nonsense");

        assertEquals(400, response.statusCode());
        assertEquals("M_INVALID_PARAM", errcode(response));
    }

    @Test
    void query_parameters_are_decoded_and_may_repeat() {
        assertEquals("[a b, ä, ]", answerOf(server.get("/query?q=a+b&x=1&q=%C3%A4&&q")));
        assertEquals("7", answerOf(server.get("/page?limit=7")));
        assertEquals("-1", answerOf(server.get("/page")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=-1", "limit=many", "limit=99999999999999999999", "limit="})
    void a_number_that_is_none_is_an_invalid_parameter(String query) {
        var response = server.get("/page?" + query);

        assertEquals(400, response.statusCode());
        assertEquals("M_INVALID_PARAM", errcode(response));
    }

    @Test
    void too_many_requests_say_when_to_come_back() {
        var response = server.get("/busy");

        assertEquals(429, response.statusCode());
        assertEquals("M_LIMIT_EXCEEDED", errcode(response));
        assertEquals(1_500, TestServer.json(response).integer("retry_after_ms").orElse(0));
        assertEquals("2", response.headers().firstValue("Retry-After").orElse(""));
    }

    @Test
    void a_fault_of_ours_tells_nothing_from_inside() {
        var response = server.get("/broken");

        assertEquals(500, response.statusCode());
        assertEquals("M_UNKNOWN", errcode(response));
        assertFalse(response.body().contains("secret"));
        assertFalse(response.body().contains("Exception"));
    }

    @Test
    void a_fault_is_logged_once_under_the_number_that_is_answered() {
        var lines = new ArrayList<String>();
        var log = Logger.getLogger(FaultLog.class.getName());
        var listener =
                new StreamHandler() {
                    @Override
                    public synchronized void publish(LogRecord line) {
                        lines.add(line.getMessage());
                    }
                };
        log.addHandler(listener);

        var response = server.get("/broken/too?token=hidden", "Authorization", "Bearer alice");
        log.removeHandler(listener);

        assertEquals(1, lines.size());
        var number = TestServer.json(response).string("error").orElseThrow().split(" ", -1)[3];
        assertTrue(
                lines.getFirst().startsWith(number + " GET /broken/too failed: "),
                lines.getFirst());
        assertTrue(lines.getFirst().contains("IllegalStateException"));
        for (var hidden : List.of("secret", "hidden", "alice")) {
            assertFalse(lines.getFirst().contains(hidden));
        }
    }
}
