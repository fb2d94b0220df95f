package org.chancery.conformance.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// One place in which two answers differ.
///
/// @param exchange the name of the exchange
/// @param path where in the answer
/// @param ours what Chancery says there, as JSON, or `absent`
/// @param theirs what the other says
public record Difference(String exchange, String path, String ours, String theirs) {
    private static final String ABSENT = "absent";

    /// Every place in which two normal forms differ; when the statuses do, only that.
    static List<Difference> between(String exchange, JsonNode ours, JsonNode theirs) {
        List<Difference> found = new ArrayList<>();
        if (ours.path("status").equals(theirs.path("status"))) {
            walk(exchange, "", ours, theirs, found);
        } else {
            String left = said(ours);
            found.add(new Difference(exchange, "/status", left, said(theirs)));
        }
        return found;
    }

    /// The first columns of its row, should it be listed.
    public String listed() {
        return String.join(" | ", exchange, path, ours, theirs);
    }

    private static String said(JsonNode answer) {
        return (answer.path("status").asText() + " " + answer.path("body").path("errcode").asText())
                .strip();
    }

    private static void walk(
            String exchange, String path, JsonNode ours, JsonNode theirs, List<Difference> found) {
        if (ours.isObject() && theirs.isObject()) {
            Set<String> names = new TreeSet<>();
            ours.fieldNames().forEachRemaining(names::add);
            theirs.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                walk(exchange, path + "/" + name, ours.path(name), theirs.path(name), found);
            }
        } else if (ours.isArray() && theirs.isArray()) {
            int place = 0;
            for (Alignment.Pair pair : Alignment.of(ours, theirs)) {
                walk(exchange, path + "/" + place, pair.ours(), pair.theirs(), found);
                place++;
            }
        } else if (!ours.equals(theirs)) {
            found.add(new Difference(exchange, path, shown(ours), shown(theirs)));
        }
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? ABSENT : node.toString().replace('|', '/');
    }
}
