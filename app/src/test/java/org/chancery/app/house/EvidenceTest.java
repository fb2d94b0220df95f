package org.chancery.app.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.Test;

/// What `evidence/` must show. Figures that drift with the machine are not held to a number here;
/// counts of faults are.
class EvidenceTest {
    @Test
    void every_operation_answers_by_the_schema_and_as_synapse_does_or_for_a_reason() {
        JsonObject figures = figures("conformance");

        assertEquals(0, count(figures, "against_the_schema"));
        assertEquals(count(figures, "operations_served"), count(figures, "operations_exercised"));
        assertEquals("compared", figures.string("beside_synapse").orElse(""));
        assertEquals(0, count(figures, "differences_unexplained"));
        assertTrue(count(figures, "scenarios_beside_synapse") >= 40);
        assertTrue(count(figures, "exchanges_beside_synapse") >= 400);
    }

    @Test
    void two_people_play_a_whole_act_through_kills_and_lose_no_line() {
        JsonObject figures = figures("e2e");
        JsonObject counts = figures.object("counts").orElseThrow();

        assertEquals(0, count(figures, "failed"));
        assertTrue(count(figures, "passed") > 0);
        assertTrue(count(counts, "kills") >= 3);
        assertTrue(count(counts, "lines") >= 700);
    }

    @Test
    void a_log_of_a_million_leaves_is_sound_and_proves_each_leaf_that_is_asked_for() {
        JsonObject figures = figures("bench-tlog");

        JsonObject proofs = figures.object("inclusion_proof").orElseThrow();
        JsonObject check = figures.object("fsck").orElseThrow();
        assertEquals(0, count(proofs, "refused"));
        assertTrue(count(proofs, "proofs") >= 1_000);
        assertEquals(0, count(check, "faults"));
        assertEquals(1_000_000, count(check, "entries"));
    }

    private static JsonObject figures(String verb) {
        String text = Repository.text(Repository.root().resolve("evidence/" + verb + ".json"));
        return Json.parseObject(text.getBytes(UTF_8)).object("figures").orElseThrow();
    }

    private static long count(JsonObject figures, String name) {
        return figures.integer(name).orElseThrow();
    }
}
