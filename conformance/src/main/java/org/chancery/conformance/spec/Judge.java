package org.chancery.conformance.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Holds exchanges to the OpenAPI: what is said here is wrong by the letter of the specification.
public final class Judge {
    private static final String JSON = "application/json";
    private static final int FAULTS_SHOWN_MAX = 8;

    /// Alternatives that do not exclude each other, as a state event and its content: a slip of the
    /// OpenAPI, no fault of an answer that is both.
    private static final String AMBIGUOUS = "oneOf.indexes";

    private final Specification specification;
    private final SchemaRegistry registry =
            SchemaRegistry.withDialects(
                    List.of(Dialects.getOpenApi31(), Dialects.getDraft202012()),
                    builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources()));
    private final Map<String, Schema> schemas = new HashMap<>();

    public Judge(Specification specification) {
        this.specification = specification;
    }

    /// What is wrong with a request that is meant to be right.
    public List<String> faultsOfRequest(Exchange.Request request) {
        Optional<Operation> found = specification.find(request.method(), request.path());
        if (found.isEmpty()) {
            return List.of("request: no such operation");
        }
        Operation operation = found.get();
        List<String> faults = new ArrayList<>(faultsOfQuery(operation, request.query()));
        Page content = operation.body().at("content");
        if (content.at(JSON).exists()) {
            if (!request.body().isMissingNode()) {
                faults.addAll(against("request", content.at(JSON).at("schema"), request.body()));
            } else if (operation.body().node().path("required").asBoolean()) {
                faults.add("request: a body is required");
            }
        }
        return faults;
    }

    private List<String> faultsOfQuery(Operation operation, Map<String, String> query) {
        List<String> faults = new ArrayList<>();
        Set<String> unknown = new HashSet<>(query.keySet());
        for (Page parameter : operation.parameters()) {
            String name = parameter.node().path("name").asText();
            if (!parameter.node().path("in").asText().equals("query")) {
                continue;
            }
            String value = query.get(name);
            if (value != null) {
                unknown.remove(name);
                Page schema = parameter.at("schema");
                faults.addAll(against("query " + name, schema, typed(value, schema.node())));
            } else if (parameter.node().path("required").asBoolean()) {
                faults.add("query " + name + " is required");
            }
        }
        unknown.forEach(name -> faults.add("query " + name + " is not of this operation"));
        return faults;
    }

    private static JsonNode typed(String value, JsonNode schema) {
        String type = schema.path("type").asText();
        if (type.equals("integer") && value.matches("-?\\d{1,18}")) {
            return LongNode.valueOf(Long.parseLong(value));
        }
        if (type.equals("boolean") && (value.equals("true") || value.equals("false"))) {
            return BooleanNode.valueOf(value.equals("true"));
        }
        if (type.equals("array")) {
            return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                    .arrayNode()
                    .add(value);
        }
        return TextNode.valueOf(value);
    }

    /// What is wrong with an answer. A path outside the specification must be refused as unknown.
    public List<String> faultsOfAnswer(Exchange exchange) {
        Exchange.Request request = exchange.request();
        Exchange.Answer answer = exchange.answer();
        List<String> faults = new ArrayList<>();
        if (!"*".equals(answer.headers().get("access-control-allow-origin"))) {
            faults.add("answer: web clients need Access-Control-Allow-Origin");
        }
        Optional<Operation> operation = specification.find(request.method(), request.path());
        if (operation.isEmpty()) {
            faults.addAll(faultsOfError(answer));
            if (answer.status() != 404 && answer.status() != 405) {
                faults.add("answer: " + answer.status() + " from an unknown operation");
            }
            return faults;
        }
        Page response = operation.get().page().at("responses").at("" + answer.status());
        if (answer.status() == 401 && answer.body().has("flows")) {
            faults.addAll(faultsOfInteraction(operation.get(), answer));
        } else if (answer.status() >= 400) {
            faults.addAll(faultsOfError(answer));
        } else if (!response.exists()) {
            faults.add("answer: the operation knows no status " + answer.status());
        }
        Page schema = response.at("content").at(JSON).at("schema");
        if (schema.exists() && answer.status() != 401) {
            faults.addAll(faultsOfJson(answer, schema));
        }
        return faults;
    }

    private List<String> faultsOfInteraction(Operation operation, Exchange.Answer answer) {
        return operation.isInteractive()
                ? faultsOfJson(answer, specification.interactive())
                : List.of("answer: asks for a proof that the operation does not take");
    }

    private List<String> faultsOfError(Exchange.Answer answer) {
        if (answer.status() < 400) {
            return List.of("answer: " + answer.status() + " where an error is due");
        }
        List<String> faults = new ArrayList<>(faultsOfJson(answer, specification.error()));
        if (!specification.isErrcode(answer.errcode())) {
            faults.add("answer: the specification knows no errcode " + answer.errcode());
        }
        return faults;
    }

    private List<String> faultsOfJson(Exchange.Answer answer, Page schema) {
        String type = answer.headers().getOrDefault("content-type", "");
        if (!answer.isJson() || !type.startsWith(JSON)) {
            return List.of("answer: JSON is due, not " + type);
        }
        return against("answer", schema, answer.body());
    }

    private List<String> against(String part, Page page, JsonNode value) {
        Schema schema =
                schemas.computeIfAbsent(
                        page.location(), it -> registry.getSchema(SchemaLocation.of(it)));
        return schema.validate(value).stream()
                .filter(error -> !AMBIGUOUS.equals(error.getMessageKey()))
                .limit(FAULTS_SHOWN_MAX)
                .map(error -> part + ": " + error)
                .toList();
    }
}
