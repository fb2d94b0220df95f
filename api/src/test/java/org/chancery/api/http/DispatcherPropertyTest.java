package org.chancery.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever is asked, the answer is one that the client can be told, and a fault never.
@Timeout(60)
class DispatcherPropertyTest {
    private static final int ROUNDS = 50_000;
    private static final Set<Integer> REFUSALS = Set.of(200, 400, 401, 404, 405, 413);

    private static final List<String> PIECES =
            List.of(
                    "/",
                    "//",
                    "/a",
                    "/rooms/",
                    "!r:example.org",
                    "%21r%3Aexample.org",
                    "/state",
                    "/t/",
                    "%2F",
                    "%",
                    "%zz",
                    "%ff",
                    "%00",
                    "\u00e9",
                    "?",
                    "q=",
                    "limit=",
                    "&",
                    "+",
                    "-1",
                    "9",
                    "=",
                    "true",
                    ";",
                    "#",
                    "..",
                    "\uD800");

    private static final List<String> BODIES =
            List.of("", "{}", "{\"a\":1}", "[", "\"\\ud800\"", "nul", "{\"a\":1e999}", " ", "\0");

    private final Dispatcher dispatcher =
            new Dispatcher(
                    List.of(
                            Endpoint.get("/rooms/{roomId}/state/{type}/{key}")
                                    .auth(Auth.NONE)
                                    .by(DispatcherPropertyTest::read),
                            Endpoint.put("/rooms/{roomId}/state/{type}/{key}")
                                    .auth(Auth.OPTIONAL)
                                    .bodyMax(6)
                                    .by(r -> Response.json(r.json())),
                            Endpoint.post("/a").by(r -> Response.json(r.jsonOrEmpty()))),
                    (token, _) -> TestServer.ALICE,
                    RequestLimits.NONE,
                    HttpConfig.plain("127.0.0.1", 0),
                    () -> Instant.EPOCH);

    private static Response read(Request request) {
        var room = RoomId.parse(request.path("roomId"));
        var limit = request.queryLong("limit").orElse(10);
        return Response.json(
                JsonObject.of("room", room.toString())
                        .with("limit", limit)
                        .with("q", request.queryFlag("q")));
    }

    private static FakeExchange random(SplittableRandom random) {
        var target = new StringBuilder(random.nextInt(3) == 0 ? "" : "/rooms/!r:example.org/state");
        for (int i = random.nextInt(8); i >= 0; i--) {
            target.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        var methods = List.of("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "", "get");
        var body = BODIES.get(random.nextInt(BODIES.size())).getBytes(StandardCharsets.UTF_8);
        Map<String, List<String>> fields =
                random.nextBoolean() ? Map.of() : Map.of("Authorization", List.of("Bearer x"));
        return FakeExchange.of(
                methods.get(random.nextInt(methods.size())), target.toString(), fields, body);
    }

    @Test
    void no_request_is_a_fault_of_ours() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            var exchange = random(new SplittableRandom(seed));

            var response = dispatcher.answer(exchange);

            assertTrue(
                    REFUSALS.contains(response.status()),
                    "seed " + seed + ": " + exchange + " gave " + response.status());
        }
    }

    @Test
    void percent_encoding_and_decoding_come_back_to_the_same_text() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            var random = new SplittableRandom(seed);
            var text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                int codePoint = 1 + random.nextInt(random.nextBoolean() ? 0x7F : 0xD7FF);
                text.appendCodePoint(codePoint);
            }
            var encoded = new StringBuilder();
            for (byte octet : text.toString().getBytes(StandardCharsets.UTF_8)) {
                encoded.append(String.format("%%%02x", octet));
            }

            var decoded = Percent.decode(encoded.toString(), random.nextBoolean());

            assertEquals(text.toString(), decoded.orElseThrow(), "seed " + seed);
        }
    }
}
