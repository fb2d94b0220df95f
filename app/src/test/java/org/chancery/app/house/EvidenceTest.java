package org.chancery.app.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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
        JsonObject proofs = part("bench-tlog", "inclusion_proof");
        JsonObject check = part("bench-tlog", "fsck");

        assertEquals(0, count(proofs, "refused"));
        assertTrue(count(proofs, "proofs") >= 1_000);
        assertEquals(0, count(check, "faults"));
        assertEquals(1_000_000, count(check, "entries"));
    }

    @Test
    void a_record_room_at_full_size_is_opened_whole_and_each_flipped_bit_is_found() {
        JsonObject whole = part("records", "whole");

        assertTrue(count(whole, "messages") >= 1_000);
        assertEquals(count(whole, "messages"), count(whole, "exported"));
        assertTrue(count(whole, "bits_flipped_in_the_export") >= 100);
        assertEquals(
                count(whole, "bits_flipped_in_the_export"),
                count(whole, "of_these_found_and_named"));
        assertTrue(count(whole, "bits_flipped_in_log_and_archive") >= 100);
        assertEquals(
                count(whole, "bits_flipped_in_log_and_archive"),
                count(whole, "of_these_found_by_fsck"));
    }

    @Test
    void of_ten_thousand_events_three_cannot_be_read_and_are_named() {
        JsonObject faults = part("records", "faults");

        assertTrue(count(faults, "events_of_one_sender") >= 10_000);
        assertEquals(3, count(faults, "of_these_named_as_broken"));
        assertEquals(count(faults, "events_of_one_sender") - 3, count(faults, "of_these_read"));
        assertEquals(
                count(faults, "encrypted_events_in_scope"),
                count(faults, "read") + count(faults, "stated_not_to_be_read"));
    }

    @Test
    void root_finds_nothing_of_what_is_sealed_in_files_memory_or_backups() {
        JsonObject canaries = part("records", "canaries");

        assertTrue(count(canaries, "needles") >= 1_000);
        assertTrue(count(canaries, "bytes_of_memory") > 0);
        assertTrue(count(canaries, "found_in_memory_of_what_is_known") > 0);
        assertTrue(count(canaries, "found_on_disk_of_what_is_known") > 0);
        for (String where : List.of("in_memory", "on_disk", "in_backups")) {
            assertEquals(0, count(canaries, "found_" + where + "_of_what_is_secret"));
        }
    }

    @Test
    void the_archive_takes_no_more_than_it_may() {
        JsonObject archive = part("bench-archive", "archive");

        assertTrue(count(archive, "events") >= 100_000);
        assertTrue(count(archive, "percent_of_w1_throughput") <= 15);
        assertTrue(count(archive, "bytes_per_event") <= 1_500);
    }

    private static JsonObject part(String verb, String name) {
        return figures(verb).object(name).orElseThrow();
    }

    private static JsonObject figures(String verb) {
        String text = Repository.text(Repository.root().resolve("evidence/" + verb + ".json"));
        return Json.parseObject(text.getBytes(UTF_8)).object("figures").orElseThrow();
    }

    private static long count(JsonObject figures, String name) {
        return figures.integer(name).orElseThrow();
    }
}
