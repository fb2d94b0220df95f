package org.chancery.conformance.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptTest {
    @Test
    void a_scenario_is_read_line_by_line() {
        List<Scenario> read =
                Script.read(
                        """
                        # a comment
                        == rooms/topic: alice bob
                        alice POST /createRoom {"preset":"public_chat",
                          "name":"Globe"} -> room=/room_id
                        ~bob GET /rooms/{room}/state = 403 M_FORBIDDEN
                        - PUT //_matrix/media/v3/upload <text/plain some text = 401
                        """);

        assertEquals(
                List.of(
                        new Scenario(
                                "rooms/topic",
                                List.of("alice", "bob"),
                                List.of(
                                        new Line(
                                                "alice",
                                                "POST",
                                                "/_matrix/client/v3/createRoom",
                                                "{\"preset\":\"public_chat\", \"name\":\"Globe\"}",
                                                200,
                                                "",
                                                Map.of("room", "/room_id"),
                                                false),
                                        new Line(
                                                "bob",
                                                "GET",
                                                "/_matrix/client/v3/rooms/{room}/state",
                                                "",
                                                403,
                                                "M_FORBIDDEN",
                                                Map.of(),
                                                true),
                                        new Line(
                                                Line.NOBODY,
                                                "PUT",
                                                "/_matrix/media/v3/upload",
                                                "<text/plain some text",
                                                401,
                                                "",
                                                Map.of(),
                                                false)))),
                read);
    }

    @Test
    void a_line_that_is_none_is_refused() {
        assertThrows(
                IllegalArgumentException.class, () -> Script.read("== a/b: alice\nalice shouts"));
    }

    @Test
    void names_are_filled_in_and_made_safe_for_a_path() {
        Names names = new Names();
        names.put("room", "!a/b c:localhost");

        assertEquals("/rooms/%21a%2Fb%20c%3Alocalhost", names.filledInUrl("/rooms/{room}"));
        assertEquals(
                "{\"room_id\":\"!a/b c:localhost\"}", names.filled("{\"room_id\":\"{room}\"}"));
        assertThrows(IllegalStateException.class, () -> names.filled("{nobody}"));
    }
}
