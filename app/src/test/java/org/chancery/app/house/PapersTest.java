package org.chancery.app.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.Test;

/// The papers of the house: links that lead somewhere, one shape for decisions and for the change
/// log, and no large file.
class PapersTest {
    private static final long FILE_BYTES_MAX = 512 * 1024;
    private static final int ADR_LINES_MAX = 60;
    private static final int ARCHITECTURE_LINES_MAX = 80; // Beside the plan, a line a room.
    private static final Set<String> MUTATED =
            Set.of("authrules", "redaction", "signing", "stateres", "visibility");
    private static final int MUTATION_SCORE_MIN = 85; // As in ./dev.
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)\\s]*)?\\)");
    private static final Pattern ADR_NAME = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.md");
    private static final List<String> ADR_PARTS =
            List.of("## Context", "## Decision", "## Refused", "## Revisit when");
    private static final Pattern VERSION =
            Pattern.compile("## (Unreleased|\\d+\\.\\d+\\.\\d+ \\(\\d{4}-\\d{2}-\\d{2}\\))");

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}(\\+changes)?");
    private static final Pattern DATE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    @Test
    void no_file_is_larger_than_half_a_mebibyte() throws IOException {
        List<String> wrong = new ArrayList<>();

        for (Path file : Repository.files()) {
            if (Files.size(file) > FILE_BYTES_MAX) {
                wrong.add(Repository.name(file));
            }
        }

        assertEquals(List.of(), wrong);
    }

    @Test
    void every_relative_link_leads_to_a_file() {
        List<String> dead = new ArrayList<>();

        for (Path file : Repository.files(".md")) {
            Matcher links = LINK.matcher(Repository.text(file));
            while (links.find()) {
                String target = links.group(1);
                if (!target.contains(":") && !Files.exists(file.resolveSibling(target))) {
                    dead.add(Repository.name(file) + " -> " + target);
                }
            }
        }

        assertEquals(List.of(), dead);
    }

    @Test
    void the_change_log_has_one_shape() {
        List<String> lines = Repository.lines(Repository.root().resolve("CHANGELOG.md"));

        assertEquals("# Changes", lines.getFirst());
        assertTrue(lines.contains("## Unreleased"));
        for (String line : lines) {
            if (line.startsWith("## ")) {
                assertTrue(VERSION.matcher(line).matches(), line);
            } else if (line.startsWith("-")) {
                assertTrue(line.matches("- [A-Z0-9`/].*"), line);
            }
        }
    }

    @Test
    void decisions_are_numbered_without_a_gap_and_have_one_shape() {
        List<Path> decisions = Repository.files(".md");
        decisions.removeIf(file -> !Repository.name(file).startsWith("docs/adr/"));
        List<String> wrong = new ArrayList<>();

        int number = 0;
        for (Path file : decisions) {
            number++;
            Matcher name = ADR_NAME.matcher(String.valueOf(file.getFileName()));
            List<String> lines = Repository.lines(file);
            if (!name.matches()
                    || Integer.parseInt(name.group(1)) != number
                    || !lines.getFirst().startsWith("# " + number + ". ")
                    || !lines.stream().filter(l -> l.startsWith("## ")).toList().equals(ADR_PARTS)
                    || lines.size() > ADR_LINES_MAX) {
                wrong.add(Repository.name(file));
            }
        }

        assertEquals(List.of(), wrong);
    }

    @Test
    void evidence_says_what_was_measured_where_and_on_which_commit() {
        List<String> wrong = new ArrayList<>();

        for (Path file : Repository.files(".json")) {
            if (Repository.name(file).startsWith("evidence/") && !isEvidence(file)) {
                wrong.add(Repository.name(file));
            }
        }

        assertEquals(List.of(), wrong);
    }

    @Test
    void each_room_of_the_rules_has_its_mutation_score_and_it_suffices() {
        Path file = Repository.root().resolve("evidence/mutate.json");
        JsonObject evidence = Json.parseObject(Repository.text(file).getBytes(UTF_8));
        JsonObject figures = evidence.object("figures").orElseThrow();

        assertEquals(MUTATED, Set.copyOf(figures.names()));
        for (String room : MUTATED) {
            JsonObject figure = figures.object(room).orElseThrow();
            long mutants = figure.integer("mutants").orElseThrow();
            long killed = figure.integer("killed").orElseThrow();
            String score = String.format(Locale.ROOT, "%.1f", 100.0 * killed / mutants);
            assertEquals(score, String.valueOf(figure.get("score_percent")), room);
            assertTrue(0 < mutants && killed <= mutants, room);
            assertTrue(100 * killed >= MUTATION_SCORE_MIN * mutants, room);
        }
    }

    @Test
    void the_architecture_page_prints_the_plan_and_stays_short() {
        String page = Repository.text(Repository.root().resolve("ARCHITECTURE.md"));
        String plan = Repository.text(Repository.root().resolve("architecture/rooms.txt"));

        assertTrue(page.contains(plan.strip()), "copy architecture/rooms.txt into ARCHITECTURE.md");
        assertTrue(page.replace(plan.strip(), "").lines().count() <= ARCHITECTURE_LINES_MAX);
    }

    private static boolean isEvidence(Path file) {
        JsonObject evidence = Json.parseObject(Repository.text(file).getBytes(UTF_8));
        String verb = evidence.string("verb").orElse("");
        return String.valueOf(file.getFileName()).equals(verb + ".json")
                && COMMIT.matcher(evidence.string("commit").orElse("")).matches()
                && !evidence.string("machine").orElse("").isBlank()
                && DATE.matcher(evidence.string("date").orElse("")).matches()
                && evidence.object("figures").filter(figures -> !figures.isEmpty()).isPresent();
    }
}
