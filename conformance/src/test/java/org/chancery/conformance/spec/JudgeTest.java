package org.chancery.conformance.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The judge, on a small specification of its own.
class JudgeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOOK = "/_matrix/client/v3/books/hamlet";
    private static final String RIGHT =
            "{\"id\":\"$hamlet\",\"pages\":[{\"number\":1,\"text\":\"x\"}],\"made\":1600}";

    private final Specification specification;
    private final Judge judge;

    JudgeTest() throws IOException, URISyntaxException {
        var sample = Objects.requireNonNull(JudgeTest.class.getResource("sample"));
        this.specification = Specification.read(Path.of(sample.toURI()));
        this.judge = new Judge(specification);
    }

    @Test
    void a_right_answer_is_right() throws IOException {
        assertEquals(List.of(), faults("GET", BOOK, 200, RIGHT));
        assertEquals(List.of(), faults("GET", BOOK, 404, "{\"errcode\":\"M_NOT_FOUND\"}"));
    }

    @Test
    void a_wrong_answer_is_wrong_wherever_it_is() throws IOException {
        List<String> wrong =
                List.of(
                        RIGHT.replace("\"id\":\"$hamlet\",", ""),
                        RIGHT.replace("$hamlet", "hamlet"),
                        RIGHT.replace("1600", "\"1600\""),
                        RIGHT.replace("\"number\":1", "\"number\":1.5"),
                        RIGHT.replace(",\"text\":\"x\"", ""),
                        "[]");

        for (String body : wrong) {
            assertEquals(1, faults("GET", BOOK, 200, body).size(), body);
        }
    }

    @Test
    void an_error_has_a_known_code_and_a_known_status() throws IOException {
        assertTrue(
                faults("GET", BOOK, 404, "{\"errcode\":\"M_INVENTED\"}")
                        .toString()
                        .contains("M_I"));
        assertTrue(
                faults("GET", BOOK, 403, "{\"error\":\"no code\"}").toString().contains("errcode"));
        assertEquals(1, faults("GET", BOOK, 204, "{}").size());
    }

    @Test
    void an_unknown_operation_must_be_refused() throws IOException {
        String nothing = "/_matrix/client/v3/nothing";

        assertEquals(List.of(), faults("GET", nothing, 404, "{\"errcode\":\"M_UNRECOGNIZED\"}"));
        assertTrue(faults("GET", nothing, 200, "{}").toString().contains("unknown operation"));
    }

    @Test
    void a_request_is_held_to_its_schema_too() throws IOException {
        JsonNode page = JSON.readTree("{\"number\":1,\"text\":\"x\"}");
        JsonNode none = MissingNode.getInstance();

        assertEquals(List.of(), request("GET", Map.of("dir", "f", "limit", "3"), none));
        assertEquals(1, request("GET", Map.of("dir", "x"), none).size());
        assertEquals(1, request("GET", Map.of(), none).size());
        assertEquals(1, request("GET", Map.of("dir", "f", "limit", "many"), none).size());
        assertEquals(1, request("GET", Map.of("dir", "f", "page", "1"), none).size());
        assertEquals(List.of(), request("PUT", Map.of(), page));
        assertEquals(2, request("PUT", Map.of(), JSON.readTree("{}")).size());
        assertEquals(1, request("PUT", Map.of(), none).size());
    }

    @Test
    void an_operation_is_found_by_its_path_and_by_its_template() {
        String template = "/_matrix/client/v3/books/{name}";

        assertEquals("getBook", specification.find("GET", BOOK).orElseThrow().id());
        assertEquals("putBook", specification.ofTemplate("PUT", template).orElseThrow().id());
        assertTrue(specification.find("DELETE", BOOK).isEmpty());
    }

    private List<String> request(String method, Map<String, String> query, JsonNode body) {
        return judge.faultsOfRequest(new Exchange.Request(method, BOOK, query, body));
    }

    private List<String> faults(String method, String path, int status, String body)
            throws IOException {
        var request = new Exchange.Request(method, path, Map.of(), MissingNode.getInstance());
        var answer = Exchange.Answer.json(status, JSON.readTree(body));
        return judge.faultsOfAnswer(new Exchange(request, answer));
    }
}
