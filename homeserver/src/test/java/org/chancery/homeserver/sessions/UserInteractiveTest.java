package org.chancery.homeserver.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.chancery.homeserver.accounts.Secrets;
import org.chancery.homeserver.sessions.UserInteractive.Operation;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UserInteractiveTest {
    private static final UserId ALICE = UserId.parse("@alice:hs1");
    private static final JsonObject TERMS = JsonObject.of("policies", JsonObject.EMPTY);
    private static final List<List<String>> BOTH = List.of(List.of(Stage.TERMS, Stage.DUMMY));
    private static final List<List<String>> DUMMY = List.of(List.of(Stage.DUMMY));

    private Instant now = Instant.EPOCH;
    private final UserInteractive interactive =
            new UserInteractive(
                    List.of(new Stage.Dummy(), new Stage.Terms(TERMS)),
                    new Secrets(new SplittableRandom(1)),
                    () -> now);

    @Test
    void a_challenge_lists_flows_and_what_the_client_must_know() {
        var challenge = challenge(operation(null), BOTH);

        var stages = JsonArray.of(new JsonString(Stage.TERMS), new JsonString(Stage.DUMMY));
        assertEquals(
                JsonArray.of(JsonObject.of("stages", stages)),
                challenge.array("flows").orElseThrow());
        assertEquals(JsonObject.of(Stage.TERMS, TERMS), challenge.object("params").orElseThrow());
        assertFalse(challenge.has("completed"));
    }

    @Test
    void stages_add_up_until_a_flow_is_complete() {
        var first = challenge(operation(auth(Stage.TERMS)), BOTH);
        var session = first.get("session");

        var proof =
                interactive.require(operation(auth(Stage.DUMMY).with("session", session)), BOTH);

        assertEquals(
                JsonArray.of(new JsonString(Stage.TERMS)), first.array("completed").orElseThrow());
        assertEquals(2, proof.proven().size());
    }

    @Test
    void a_session_ends_with_its_success() {
        var session = challenge(operation(null), BOTH).get("session");
        challenge(operation(auth(Stage.TERMS).with("session", session)), BOTH);
        interactive.require(operation(auth(Stage.DUMMY).with("session", session)), BOTH);

        var after = challenge(operation(auth(Stage.DUMMY).with("session", session)), BOTH);

        assertNotEquals(session, after.get("session"));
    }

    @Test
    void a_session_is_forgotten_after_a_quarter_of_an_hour() {
        var session = challenge(operation(auth(Stage.TERMS)), BOTH).get("session");

        now = now.plus(Duration.ofMinutes(15));

        var after = challenge(operation(auth(Stage.DUMMY).with("session", session)), BOTH);
        assertNotEquals(session, after.get("session"));
        assertEquals(
                JsonArray.of(new JsonString(Stage.DUMMY)), after.array("completed").orElseThrow());
    }

    @Test
    void a_session_is_bound_to_user_method_path_and_body() {
        var session = challenge(operation(null), DUMMY).get("session");
        var body = operation(auth(Stage.DUMMY).with("session", session)).body();

        for (Operation other :
                List.of(
                        new Operation("PUT", "/x", body, ALICE),
                        new Operation("POST", "/y", body, ALICE),
                        new Operation("POST", "/x", body, null),
                        new Operation("POST", "/x", body.with("more", true), ALICE))) {
            var refusal =
                    assertThrows(MatrixException.class, () -> interactive.require(other, DUMMY));
            assertInstanceOf(MatrixError.Forbidden.class, refusal.error());
        }

        assertTrue(
                interactive
                        .require(new Operation("POST", "/x", body, ALICE), DUMMY)
                        .proven()
                        .containsKey(Stage.DUMMY));
    }

    @Test
    void auth_that_is_no_object_is_bad_json() {
        var operation = new Operation("POST", "/x", JsonObject.of("auth", "x"), null);

        var refusal =
                assertThrows(MatrixException.class, () -> interactive.require(operation, DUMMY));

        assertEquals("M_BAD_JSON", refusal.error().errcode());
    }

    private JsonObject challenge(Operation operation, List<List<String>> flows) {
        var refusal =
                assertThrows(MatrixException.class, () -> interactive.require(operation, flows));
        return assertInstanceOf(MatrixError.UserInteractive.class, refusal.error()).body();
    }

    private static Auth auth(String type) {
        return new Auth(JsonObject.of("type", type));
    }

    private record Auth(JsonObject json) {
        Auth with(String name, @Nullable JsonValue value) {
            return value == null ? this : new Auth(json.with(name, value));
        }
    }

    private static Operation operation(@Nullable Auth auth) {
        var body = JsonObject.of("what", "something");
        return new Operation(
                "POST", "/x", auth == null ? body : body.with("auth", auth.json()), ALICE);
    }
}
