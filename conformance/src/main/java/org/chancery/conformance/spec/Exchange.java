package org.chancery.conformance.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.TreeMap;

/// A request and its answer, as they went over the wire.
public record Exchange(Request request, Answer answer) {
    /// @param path as sent, without the query
    /// @param query its parameters, decoded
    /// @param body the JSON that was sent; a missing node if none, or if it was no JSON
    public record Request(String method, String path, Map<String, String> query, JsonNode body) {
        public Request {
            query = Map.copyOf(query);
        }
    }

    /// @param headers by their names in lower case
    /// @param body the JSON that came; a missing node if none came
    /// @param text what came, if it was no JSON
    public record Answer(int status, Map<String, String> headers, JsonNode body, String text) {
        public Answer {
            headers = Map.copyOf(new TreeMap<>(headers));
        }

        public static Answer json(int status, JsonNode body) {
            Map<String, String> headers =
                    Map.of("content-type", "application/json", "access-control-allow-origin", "*");
            return new Answer(status, headers, body, "");
        }

        public static Answer bytes(int status, Map<String, String> headers, String text) {
            return new Answer(status, headers, MissingNode.getInstance(), text);
        }

        public boolean isJson() {
            return !body.isMissingNode();
        }

        /// Empty if it carries none.
        public String errcode() {
            return body.path("errcode").asText("");
        }
    }
}
