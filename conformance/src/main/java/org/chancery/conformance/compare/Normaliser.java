package org.chancery.conformance.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chancery.conformance.play.Played;
import org.chancery.conformance.spec.Exchange;

/// Turns an answer into a form that two right servers share: what was learnt in the scenario goes
/// by
/// its name there, other ids by the order in which they come, and the fields of the rules by their
/// type.
public final class Normaliser {
    private static final int NAMED_LENGTH_MIN = 6; // A shorter value is also part of other words.
    private static final Pattern ID =
            Pattern.compile(
                    "(\\$)[A-Za-z0-9_-]{43}|(!)[A-Za-z0-9_-]{18,43}(?::localhost)?|mxc://[^\"]+");
    private static final List<String> HEADERS = List.of("content-disposition", "location");
    private static final List<String> KIND = List.of("type", "state_key", "sender", "device_id");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final List<Rule> rules;

    public Normaliser(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /// Status, errcode and body.
    public JsonNode normal(Played played) {
        Exchange.Answer answer = played.exchange().answer();
        ObjectNode whole = NODES.objectNode();
        whole.put("status", answer.status());
        for (String header : HEADERS) {
            if (answer.headers().containsKey(header)) {
                whole.put(header, answer.headers().get(header));
            }
        }
        if (answer.isJson()) {
            whole.set("body", answer.body());
        } else {
            whole.put("type", answer.headers().getOrDefault("content-type", ""));
            whole.put("text", answer.text());
        }
        Pass pass = new Pass(played.operation(), byLength(played.names()));
        JsonNode named = pass.of(whole, "");
        return new Numbering(named).of(named);
    }

    private static List<Map.Entry<String, String>> byLength(Map<String, String> names) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().length() >= NAMED_LENGTH_MIN)
                .sorted(
                        Comparator.<Map.Entry<String, String>>comparingInt(
                                        entry -> -entry.getValue().length())
                                .thenComparing(Map.Entry::getKey))
                .toList();
    }

    /// Names and rules, over one answer.
    private final class Pass {
        private final String operation;
        private final List<Map.Entry<String, String>> names;

        Pass(String operation, List<Map.Entry<String, String>> names) {
            this.operation = operation;
            this.names = names;
        }

        JsonNode of(JsonNode node, String path) {
            if (ruled(path, Rule.Action.OPTIONAL)) {
                return MissingNode.getInstance();
            }
            if (ruled(path, Rule.Action.ANY)) {
                return TextNode.valueOf("<" + node.getNodeType() + ">");
            }
            if (node.isObject()) {
                return object(node, path);
            }
            if (node.isArray()) {
                return array(node, path);
            }
            return node.isTextual() ? TextNode.valueOf(named(node.asText())) : node;
        }

        private JsonNode object(JsonNode node, String path) {
            Map<String, JsonNode> members = new TreeMap<>();
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                String name = named(member.getKey());
                JsonNode value = of(member.getValue(), path + "/" + name);
                if (!value.isMissingNode()) {
                    members.put(name, value);
                }
            }
            ObjectNode object = NODES.objectNode();
            object.setAll(members);
            return object;
        }

        private JsonNode array(JsonNode node, String path) {
            List<JsonNode> items = new ArrayList<>();
            for (JsonNode item : node) {
                items.add(of(item, path + "/" + items.size()));
            }
            if (ruled(path, Rule.Action.UNORDERED)) {
                items.sort(Comparator.comparing(Pass::kind).thenComparing(Pass::unnamed));
            }
            ArrayNode array = NODES.arrayNode();
            array.addAll(items);
            return array;
        }

        /// Of what two events of the same kind agree, so that they come to the same place.
        private static String kind(JsonNode item) {
            return KIND.stream().map(name -> item.path(name).asText()).toList().toString();
        }

        private static String unnamed(JsonNode item) {
            return ID.matcher(item.toString()).replaceAll("id");
        }

        private boolean ruled(String path, Rule.Action action) {
            return rules.stream()
                    .anyMatch(rule -> rule.action() == action && rule.covers(operation, path));
        }

        private String named(String text) {
            String result = text;
            for (Map.Entry<String, String> name : names) {
                result = result.replace(name.getValue(), "{" + name.getKey() + "}");
            }
            return result;
        }
    }

    /// Other ids: those that come more than once by the order in which they come, so that what
    /// refers
    /// to what is compared too.
    private static final class Numbering {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final Map<String, Integer> times = new HashMap<>();

        Numbering(JsonNode answer) {
            Matcher ids = ID.matcher(answer.toString());
            while (ids.find()) {
                times.merge(ids.group(), 1, Integer::sum);
            }
        }

        JsonNode of(JsonNode node) {
            if (node.isObject()) {
                ObjectNode object = NODES.objectNode();
                node.properties().forEach(it -> object.set(of(it.getKey()), of(it.getValue())));
                return object;
            }
            if (node.isArray()) {
                ArrayNode array = NODES.arrayNode();
                node.forEach(item -> array.add(of(item)));
                return array;
            }
            return node.isTextual() ? TextNode.valueOf(of(node.asText())) : node;
        }

        private String of(String text) {
            return ID.matcher(text)
                    .replaceAll(
                            hit -> {
                                if (times.getOrDefault(hit.group(), 0) < 2) {
                                    return "<id>";
                                }
                                int next = numbers.size() + 1;
                                int number = numbers.computeIfAbsent(hit.group(), _ -> next);
                                return Matcher.quoteReplacement("<id " + number + ">");
                            });
        }
    }
}
