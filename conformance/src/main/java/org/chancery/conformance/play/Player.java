package org.chancery.conformance.play;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.chancery.conformance.spec.Exchange;
import org.chancery.conformance.spec.Operation;
import org.chancery.conformance.spec.Specification;

/// Plays scenarios on a stage and writes down each exchange.
public final class Player {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIES_MAX = 40;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final String STRANGERS_TOKEN = "nobody-was-ever-given-this";

    private static final String MEDIA = "mxc://localhost/";

    private final Stage stage;
    private final Specification specification;
    private final Seals seals;

    public Player(Stage stage, Specification specification, Seals seals) {
        this.stage = stage;
        this.specification = specification;
        this.seals = seals;
    }

    /// Plays to the end, or to an answer that lacks what later lines need.
    public Play play(Scenario scenario) throws IOException, InterruptedException {
        Names names = new Names();
        String place = scenario.name().replace('/', '.');
        for (String person : scenario.people()) {
            String user = person + "." + place;
            names.put(person, "@" + user + ":localhost");
            names.put(person + ".name", user);
            names.put(person + ".device", Stage.device(user));
            names.put(person + ".token", stage.register(user, person.startsWith("admin")));
        }
        names.put("place", place);
        List<Played> played = new ArrayList<>();
        Map<String, Integer> times = new HashMap<>();
        for (Line line : scenario.lines()) {
            if (line.method().equals(Line.SIGN)) {
                sign(line, names);
                continue;
            }
            Exchange exchange = answered(line, names);
            Optional<String> lacking = learn(line, exchange.answer(), names);
            String operation = operation(exchange);
            String name = scenario.name() + " " + operation;
            int time = times.merge(name, 1, Integer::sum);
            String whole = time == 1 ? name : name + " " + time;
            played.add(new Played(whole, operation, line, exchange, names.all()));
            if (lacking.isPresent()) {
                return new Play(played, Optional.of(whole + " lacks " + lacking.get()));
            }
        }
        return new Play(played, Optional.empty());
    }

    private String operation(Exchange exchange) {
        Exchange.Request request = exchange.request();
        return specification
                .find(request.method(), request.path())
                .map(Operation::id)
                .orElse(request.method() + request.path());
    }

    private Exchange answered(Line line, Names names) throws IOException, InterruptedException {
        Exchange exchange = ask(line, names);
        for (int i = 1; line.patient() && i < TRIES_MAX && !satisfied(line, exchange, names); i++) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            exchange = ask(line, names);
        }
        return exchange;
    }

    private static boolean satisfied(Line line, Exchange exchange, Names names) {
        JsonNode body = exchange.answer().body();
        return exchange.answer().status() == line.status()
                && line.learnt().values().stream()
                        .noneMatch(at -> body.at(names.filled(at)).isMissingNode());
    }

    private Exchange ask(Line line, Names names) throws IOException, InterruptedException {
        String token =
                switch (line.who()) {
                    case Line.NOBODY -> "";
                    case Line.STRANGER -> STRANGERS_TOKEN;
                    default -> names.get(line.who() + ".token");
                };
        return stage.say(
                line.method(), names.filledInUrl(line.path()), token, said(line.body(), names));
    }

    private static Stage.Said said(String body, Names names) {
        if (body.isEmpty()) {
            return Stage.Said.NOTHING;
        }
        if (body.startsWith("'")) {
            return new Stage.Said("application/json", body.substring(1));
        }
        if (body.startsWith("<")) {
            int blank = body.indexOf(' ');
            return new Stage.Said(body.substring(1, blank), body.substring(blank + 1));
        }
        return new Stage.Said("application/json", names.filled(body));
    }

    /// @return the pointer that leads nowhere
    private static Optional<String> learn(Line line, Exchange.Answer answer, Names names) {
        for (Map.Entry<String, String> wish : line.learnt().entrySet()) {
            JsonNode value = answer.body().at(names.filled(wish.getValue()));
            if (value.isMissingNode()) {
                return Optional.of(wish.getValue());
            }
            String text = value.asText();
            names.put(wish.getKey(), text);
            if (text.startsWith(MEDIA)) {
                names.put(wish.getKey() + ".id", text.substring(MEDIA.length()));
            }
        }
        return Optional.empty();
    }

    /// `alice SIGN object/by/key {...}`: `by` signs as `key` of the person; `key.alice` is made
    /// known.
    private void sign(Line line, Names names) throws IOException {
        List<String> parts = List.of(line.path().split("/", -1));
        String seal = names.get("place") + line.who() + parts.get(1);
        names.put("public." + parts.get(1), seals.publicKey(seal));
        if (line.body().isEmpty()) {
            return;
        }
        ObjectNode object = (ObjectNode) JSON.readTree(names.filled(line.body()));
        object.withObject("/signatures")
                .withObjectProperty(names.get(line.who()))
                .put(names.filled("ed25519:" + parts.get(2)), seals.signature(seal, object));
        names.put(parts.get(0), object.toString());
    }
}
