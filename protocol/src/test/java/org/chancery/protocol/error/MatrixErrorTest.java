package org.chancery.protocol.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.MalformedJson;
import org.junit.jupiter.api.Test;

class MatrixErrorTest {
    @Test
    void a_body_has_code_and_sentence() {
        var body = new MatrixError.Forbidden("no").body();

        assertEquals("{\"errcode\":\"M_FORBIDDEN\",\"error\":\"no\"}", body.toString());
    }

    @Test
    void a_case_adds_what_else_it_tells() {
        var limited = new MatrixError.LimitExceeded(Duration.ofSeconds(2)).body();
        var unknown = new MatrixError.UnknownToken("x", true).body();
        var version = new MatrixError.IncompatibleRoomVersion("x", "13").body();

        assertEquals(2000, limited.integer("retry_after_ms").orElseThrow());
        assertEquals(true, unknown.bool("soft_logout").orElseThrow());
        assertEquals("13", version.string("room_version").orElseThrow());
    }

    @Test
    void interactive_authentication_answers_its_own_body() {
        var body = JsonObject.of("session", "s");

        var error = new MatrixError.UserInteractive(body);

        assertEquals(body, error.body());
    }

    @Test
    void malformed_input_becomes_an_error() {
        var notJson = assertThrows(MalformedJson.class, () -> Json.parse("x".getBytes(UTF_8)));
        var bad =
                assertThrows(
                        MalformedJson.class, () -> Json.parse("{\"a\":1,\"a\":1}".getBytes(UTF_8)));
        var id = assertThrows(MalformedId.class, () -> UserId.parse("x"));

        assertInstanceOf(MatrixError.NotJson.class, MatrixError.of(notJson));
        assertInstanceOf(MatrixError.BadJson.class, MatrixError.of(bad));
        assertEquals("not a valid user ID", MatrixError.of(id).message());
    }

    @Test
    void an_exception_carries_its_error_and_no_stack_trace() {
        var exception = new MatrixError.NotFound("no such room").asException();

        assertEquals("no such room", exception.error().message());
        assertEquals(0, exception.getStackTrace().length);
    }
}
