package org.chancery.conformance.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.chancery.conformance.play.Line;
import org.chancery.conformance.play.Played;
import org.chancery.conformance.spec.Exchange;
import org.junit.jupiter.api.Test;

/// Wrong answers, planted one by one among right ones: each must be found, by its place.
class PlantedTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Rule> RULES =
            Rule.read(
                    """
                    * | /body/error | OPTIONAL | words for people
                    * | */origin_server_ts | ANY | the moment at which an event was made
                    getMembers | /body/members | UNORDERED | the members have no order
                    """);
    private static final String ROOM = "!abcdefghijklmnopqr:localhost";
    private static final String ROOM_THERE = "!zyxwvutsrqponmlkji:localhost";

    private static final String TIMELINE =
            """
            {"chunk":[
              {"event_id":"$1111111111111111111111111111111111111111111","room_id":"ROOM",
               "type":"m.room.message","sender":"@a:localhost","origin_server_ts":1,
               "content":{"body":"one","n":1,"list":[1,2,3]}},
              {"event_id":"$2222222222222222222222222222222222222222222","room_id":"ROOM",
               "type":"m.room.redaction","sender":"@b:localhost","origin_server_ts":2,
               "redacts":"$1111111111111111111111111111111111111111111","content":{"flag":true}}],
             "start":"s","members":["@a:localhost","@b:localhost"],"none":null,"empty":{}}
            """;

    /// The same answer of another server, with ids, moments and orders of its own.
    private static final String THERE =
            """
            {"members":["@b:localhost","@a:localhost"],"none":null,"empty":{},"start":"s",
             "chunk":[
              {"event_id":"$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","room_id":"ROOM",
               "type":"m.room.message","sender":"@a:localhost","origin_server_ts":77,
               "content":{"list":[1,2,3],"n":1,"body":"one"}},
              {"event_id":"$BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB","room_id":"ROOM",
               "type":"m.room.redaction","sender":"@b:localhost","origin_server_ts":78,
               "redacts":"$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","content":{"flag":true}}]}
            """;

    private static final String REFUSAL = "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"No\"}";

    @Test
    void two_right_answers_differ_in_nothing() throws IOException {
        List<Difference> found = differences(right(), UnaryOperator.identity());

        assertEquals(List.of(), found);
    }

    @Test
    void twenty_planted_wrong_answers_are_all_found() throws IOException {
        Map<String, Consumer<ObjectNode>> plants = plants();
        List<String> unseen = new ArrayList<>();

        plants.forEach(
                (place, plant) -> {
                    List<Difference> found =
                            differences(
                                    right(),
                                    answer -> {
                                        ObjectNode body = answer.body().deepCopy();
                                        plant.accept(body);
                                        return Exchange.Answer.json(answer.status(), body);
                                    });
                    if (found.stream().noneMatch(it -> it.path().startsWith(place(place)))) {
                        unseen.add(place + ": " + found);
                    }
                });
        List<Difference> statuses = new ArrayList<>();
        for (int status : new int[] {404, 200, 401}) {
            statuses.addAll(differences(refused(403, REFUSAL), _ -> refused(status, REFUSAL)));
        }
        String other = REFUSAL.replace("FORBIDDEN", "NOT_FOUND");
        List<Difference> codes = differences(refused(403, REFUSAL), _ -> refused(403, other));

        assertEquals(20, plants.size() + 4);
        assertEquals(List.of(), unseen);
        assertEquals(3, statuses.size());
        assertEquals("/body/errcode", codes.getFirst().path());
    }

    @Test
    void other_words_for_the_same_error_are_no_difference() {
        String words = REFUSAL.replace("No", "You shall not");

        assertEquals(List.of(), differences(refused(403, REFUSAL), _ -> refused(403, words)));
    }

    @Test
    void a_listed_difference_is_explained_and_an_outlived_one_is_found() {
        List<Known> known =
                Known.read(
                        """
                        scene getMembers | /body/errcode | "M_FORBIDDEN" | * | Section | Reason
                        scene getMembers | /body/gone | * | absent | Section | Reason
                        """);
        Comparison comparison = new Comparison(RULES, known);

        comparison.lay(
                List.of(played(refused(403, REFUSAL), ROOM)),
                List.of(played(refused(403, "{\"errcode\":\"M_BAD_STATE\"}"), ROOM_THERE)));

        assertEquals(List.of(), comparison.unexplained());
        assertEquals(1, comparison.explained());
        assertEquals(List.of(known.getLast()), comparison.outlived());
    }

    @Test
    void a_list_with_a_missing_section_is_refused() {
        var refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Known.read("scene getMembers | /body | * | * | | reason"));

        assertTrue(String.valueOf(refusal.getMessage()).startsWith("6 columns"));
    }

    /// What is done to the right answer, and the place where it must be seen.
    private static Map<String, Consumer<ObjectNode>> plants() {
        Map<String, Consumer<ObjectNode>> plants = new LinkedHashMap<>();
        plants.put("/body/start", body -> body.remove("start"));
        plants.put("/body/chunk/0/sender", body -> event(body, 0).put("sender", "@b:localhost"));
        plants.put("/body/chunk/0/type", body -> event(body, 0).put("type", "m.room.topic"));
        plants.put("/body/chunk/0/content/body", body -> content(body).put("body", "two"));
        plants.put("/body/chunk/0/content/n", body -> content(body).put("n", "1"));
        plants.put("/body/chunk/0/content/n (decimal)", body -> content(body).put("n", 1.5));
        plants.put("/body/chunk/0/content/list", body -> swap((ArrayNode) list(body)));
        plants.put("/body/chunk/0/content/list/2", body -> ((ArrayNode) list(body)).remove(2));
        plants.put("/body/chunk/0/content/list/3", body -> ((ArrayNode) list(body)).add(4));
        plants.put("/body/chunk/0/event_id", body -> event(body, 0).remove("event_id"));
        plants.put(
                "/body/chunk/0/origin_server_ts",
                body -> event(body, 0).put("origin_server_ts", "now"));
        plants.put("/body/chunk/1/event_id (redacts)", PlantedTest::redactItself);
        plants.put("/body/chunk/1/room_id", body -> event(body, 1).put("room_id", "!x:localhost"));
        plants.put("/body/chunk", body -> swap((ArrayNode) body.path("chunk")));
        plants.put("/body/extra", body -> body.put("extra", 1));
        plants.put("/body/members", body -> ((ArrayNode) body.path("members")).add("@c:localhost"));
        return plants;
    }

    private static String place(String named) {
        return named.replaceAll(" .*", "");
    }

    private static void redactItself(ObjectNode body) {
        event(body, 1).set("redacts", event(body, 1).path("event_id"));
    }

    private static ObjectNode event(ObjectNode body, int index) {
        return (ObjectNode) body.path("chunk").path(index);
    }

    private static ObjectNode content(ObjectNode body) {
        return (ObjectNode) event(body, 0).path("content");
    }

    private static JsonNode list(ObjectNode body) {
        return content(body).path("list");
    }

    private static void swap(ArrayNode array) {
        array.add(array.remove(0));
    }

    private static Exchange.Answer right() {
        return answer(200, TIMELINE.replace("ROOM", ROOM));
    }

    private static Exchange.Answer refused(int status, String body) {
        return answer(status, body);
    }

    private static Exchange.Answer answer(int status, String body) {
        try {
            return Exchange.Answer.json(status, JSON.readTree(body));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Lays the answer, changed, beside what the other server says.
    private static List<Difference> differences(
            Exchange.Answer ours, UnaryOperator<Exchange.Answer> planted) {
        Exchange.Answer theirs =
                ours.status() == 200 ? answer(200, THERE.replace("ROOM", ROOM_THERE)) : ours;
        Comparison comparison = new Comparison(RULES, List.of());
        comparison.lay(
                List.of(played(planted.apply(ours), ROOM)), List.of(played(theirs, ROOM_THERE)));
        return comparison.unexplained();
    }

    private static Played played(Exchange.Answer answer, String room) {
        Line line = new Line("alice", "GET", "/members", "", 200, "", Map.of(), false);
        Exchange.Request request =
                new Exchange.Request("GET", "/members", Map.of(), MissingNode.getInstance());
        return new Played(
                "scene getMembers",
                "getMembers",
                line,
                new Exchange(request, answer),
                Map.of("room", room));
    }
}
