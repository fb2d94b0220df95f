package org.chancery.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogManager;
import org.chancery.conformance.compare.Comparison;
import org.chancery.conformance.compare.Difference;
import org.chancery.conformance.compare.Known;
import org.chancery.conformance.compare.Rule;
import org.chancery.conformance.play.Play;
import org.chancery.conformance.play.Played;
import org.chancery.conformance.play.Player;
import org.chancery.conformance.play.Routine;
import org.chancery.conformance.play.Scenario;
import org.chancery.conformance.play.Script;
import org.chancery.conformance.play.Seals;
import org.chancery.conformance.spec.Exchange;
import org.chancery.conformance.spec.Judge;
import org.chancery.conformance.spec.Operation;
import org.chancery.conformance.spec.Specification;
import org.chancery.protocol.json.JsonObject;

/// `Conformance DISTRIBUTION SPECIFICATION FOLDER FIGURES [SYNAPSE]`: plays every scenario on
/// Chancery and holds each answer to the specification; plays them to Synapse too, if it is given,
/// and compares. Its last line is `N passed, N failed`, it ends with 1 if anything failed.
public final class Conformance {
    private static final List<String> PLAYS =
            List.of("accounts", "rooms", "membership", "history", "sync", "keys", "media");
    private static final List<String> OUR_OWN =
            List.of("/_chancery/", "/_synapse/", "/_matrix/client/unstable/org.chancery/");

    private static final int SHOWN_MAX = 400;

    private final Specification specification;
    private final Judge judge;
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Scenario, List<Played>> played = new LinkedHashMap<>();
    private final Set<String> faults = new TreeSet<>();
    private final JsonObject.Builder figures = JsonObject.builder();

    private Conformance(Path specification, Path folder) throws IOException {
        this.specification = Specification.read(specification);
        this.judge = new Judge(this.specification);
        this.folder = folder;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        LogManager.getLogManager().reset();
        Path folder = Path.of(args[2]).toAbsolutePath();
        Files.createDirectories(folder);
        Conformance run = new Conformance(Path.of(args[1]), folder);
        Seals seals = new Seals();
        run.onChancery(Path.of(args[0]).toAbsolutePath(), seals);
        Optional<Path> synapse = Arrays.stream(args).skip(4).findFirst().map(Path::of);
        if (synapse.isPresent()) {
            run.besideSynapse(synapse.get().toAbsolutePath(), seals);
        } else {
            run.figures.put("beside_synapse", "not asked for");
        }
        Files.write(Path.of(args[3]), run.figures.build().bytes());
        run.faults.forEach(System.out::println);
        int good = run.exchanges() - run.faults.size();
        System.out.println(Math.max(0, good) + " passed, " + run.faults.size() + " failed");
        if (!run.faults.isEmpty()) {
            System.exit(1);
        }
    }

    private int exchanges() {
        return played.values().stream().mapToInt(List::size).sum();
    }

    private void onChancery(Path distribution, Seals seals)
            throws IOException, InterruptedException {
        try (Servers.Running server = Servers.chancery(distribution, folder, http)) {
            Player player = new Player(server.stage(), specification, seals);
            List<Operation> served = served(player);
            for (Scenario scenario : scenarios(served)) {
                Play play = player.play(scenario);
                play.broken().ifPresent(why -> faults.add("the play breaks off: " + why));
                played.put(scenario, play.exchanges());
            }
            int wrong = judged();
            Set<String> unproven = unproven(served);
            unproven.forEach(id -> faults.add("served, but never asked with success: " + id));
            figures.put("operations_served", served.size())
                    .put("operations_exercised", served.size() - unproven.size())
                    .put("scenarios", played.size())
                    .put("exchanges", exchanges())
                    .put("against_the_schema", wrong);
        }
    }

    /// What the server says it serves, as operations of the specification.
    private List<Operation> served(Player player) throws IOException, InterruptedException {
        Scenario question =
                Script.read("== served: admin\nadmin GET //_chancery/admin/v1/endpoints")
                        .getFirst();
        JsonNode answer = player.play(question).exchanges().getFirst().exchange().answer().body();
        List<Operation> served = new ArrayList<>();
        for (JsonNode endpoint : answer.path("endpoints")) {
            List<String> paths = new ArrayList<>(List.of(endpoint.path("path").asText()));
            endpoint.path("aliases").forEach(alias -> paths.add(alias.asText()));
            List<Operation> found =
                    paths.stream()
                            .map(
                                    it ->
                                            specification.ofTemplate(
                                                    endpoint.path("method").asText(), it))
                            .flatMap(Optional::stream)
                            .toList();
            served.addAll(found);
            if (found.isEmpty() && OUR_OWN.stream().noneMatch(paths.getFirst()::startsWith)) {
                faults.add("served, but not in the specification: " + paths.getFirst());
            }
        }
        return served;
    }

    private static List<Scenario> scenarios(List<Operation> served) throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        for (String play : PLAYS) {
            scenarios.addAll(Script.read(text("plays/" + play + ".txt")));
        }
        scenarios.addAll(Routine.of(served));
        return scenarios;
    }

    /// How many answers the specification or the scenario calls wrong.
    private int judged() {
        int wrong = 0;
        for (List<Played> play : played.values()) {
            for (Played each : play) {
                List<String> found = new ArrayList<>(judge.faultsOfAnswer(each.exchange()));
                if (each.line().status() < 300) {
                    found.addAll(judge.faultsOfRequest(each.exchange().request()));
                }
                if (!each.asDue()) {
                    found.add(
                            "due is %s %s".formatted(each.line().status(), each.line().errcode()));
                }
                if (!found.isEmpty()) {
                    wrong++;
                    faults.add(
                            "%s: %s\n    %s %s\n    %s"
                                    .formatted(
                                            each.name(),
                                            String.join("; ", found),
                                            each.exchange().request().method(),
                                            each.line().path(),
                                            shortened(each.exchange().answer())));
                }
            }
        }
        return wrong;
    }

    private static String shortened(Exchange.Answer answer) {
        String text = answer.status() + " " + (answer.isJson() ? answer.body() : answer.text());
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
    }

    private Set<String> unproven(List<Operation> served) {
        Set<String> ids = new TreeSet<>();
        served.forEach(operation -> ids.add(operation.id()));
        for (List<Played> play : played.values()) {
            for (Played each : play) {
                if (each.exchange().answer().status() < 400) {
                    ids.remove(each.operation());
                }
            }
        }
        return ids;
    }

    private void besideSynapse(Path script, Seals seals) throws IOException, InterruptedException {
        Optional<Servers.Running> found = Servers.synapse(script, folder, http);
        if (found.isEmpty()) {
            figures.put("beside_synapse", "not compared: it could not be installed or started");
            return;
        }
        Comparison comparison =
                new Comparison(Rule.read(text("rules.txt")), Known.read(text("differences.txt")));
        int compared = 0;
        try (Servers.Running synapse = found.get()) {
            Player player = new Player(synapse.stage(), specification, seals);
            for (Map.Entry<Scenario, List<Played>> play : played.entrySet()) {
                Play theirs = player.play(play.getKey());
                theirs.broken().ifPresent(why -> faults.add("Synapse's play breaks off: " + why));
                comparison.lay(play.getValue(), theirs.exchanges());
                compared++;
            }
        }
        for (Difference each : comparison.unexplained()) {
            faults.add("unexplained | " + each.listed());
        }
        comparison.outlived().forEach(entry -> faults.add("no longer a difference: " + entry));
        figures.put("beside_synapse", "compared")
                .put("scenarios_beside_synapse", compared)
                .put("exchanges_beside_synapse", comparison.exchanges())
                .put("differences_explained", comparison.explained())
                .put("differences_unexplained", comparison.unexplained().size());
    }

    private static String text(String name) throws IOException {
        try (InputStream stream = Conformance.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("no resource " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
