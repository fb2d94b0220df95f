package org.chancery.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chancery.ledger.export.Completeness;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.leaf.RoomLeaf;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.tlog.verify.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTest {
    private static final EventId NOWHERE = EventId.parse("$" + "n".repeat(43));

    private final TestExport export = TestExport.of(RoomVersion.V12);

    @Test
    void an_honest_export_is_confirmed_with_what_cannot_be_known() {
        for (RoomVersion version : List.of(RoomVersion.V11, RoomVersion.V12)) {
            var answer = verify(TestExport.of(version).seal());

            assertEquals(List.of(), answer.findings());
            assertTrue(answer.isYes());
            assertTrue(answer.facts().contains("7 signed events in 4 leaves"));
            assertTrue(answer.facts().getFirst().contains("at index 5, seen by w1 at 2026"));
            assertEquals(6, answer.unknown().size());
        }
    }

    @Test
    void one_flipped_bit_anywhere_is_found() {
        export.seal();
        for (String path : export.paths()) {
            var right = export.read(path).orElseThrow();
            boolean dense = ExportLayout.OUTSIDE_MANIFEST.contains(path);
            int step = dense ? 11 : 1 + right.length / 12;
            for (int at = 0; at < right.length; at += step) {
                var wrong = right.clone();
                wrong[at] ^= (byte) (1 << (at % 8));
                export.files.put(path, wrong);

                assertFalse(verify(export).isYes(), path + ", byte " + at);
            }
            export.files.put(path, right);
        }
        assertTrue(verify(export).isYes());
    }

    @Test
    void the_place_of_a_flipped_bit_is_named() {
        export.seal();
        for (String path : export.paths()) {
            var right = export.read(path).orElseThrow();
            if (right.length == 0) {
                continue;
            }
            var wrong = right.clone();
            wrong[right.length / 2] ^= 1;
            export.files.put(path, wrong);

            var findings = verify(export).findings().stream().map(Findings.Finding::toString);

            assertTrue(findings.anyMatch(finding -> finding.contains(path)), path);
            export.files.put(path, right);
        }
    }

    @Test
    void a_file_too_many_and_one_too_few_are_found() {
        export.seal();
        for (String path : List.copyOf(export.paths())) {
            var right = export.read(path).orElseThrow();
            export.files.remove(path);

            assertFalse(verify(export).isYes(), path);
            export.files.put(path, right);
        }
        export.files.put("texts/more.html", new byte[0]);

        assertFinding("texts/more.html", "not in the list of files");
    }

    @Test
    void who_trusts_other_witnesses_gets_a_no() {
        export.seal();
        var policy = TestExport.policy();
        var fewer = Policy.of(policy.logs().getFirst(), 0, Map.of());

        var answer = Verifier.verify(export, fewer);

        assertTrue(answer.findings().toString().contains("that the policy does not know"));
    }

    @Test
    void an_event_that_was_left_out_is_missed() {
        export.events.remove(3);
        export.ends.replaceAll(end -> end - 1);

        export.seal();

        assertFinding("$", "named by an event and not here");
        assertFinding("session s1", "missing, and not stated to be");
    }

    @Test
    void what_is_stated_to_be_missing_is_no_fault_and_must_be_missing() {
        var gone = export.events.remove(3);
        export.ends.replaceAll(end -> end - 1);
        export.missing.put(gone.eventId(), Completeness.Cause.DISPOSED);
        var silence =
                new Completeness.Silence(TestExport.ALICE, "s1", 1, 1, Completeness.Cause.DISPOSED);
        export.silences.add(silence);
        assertTrue(verify(export.seal()).isYes());

        export.missing.put(NOWHERE, Completeness.Cause.UNKNOWN);
        export.silences.add(silence);
        export.silences.add(
                new Completeness.Silence(TestExport.BOB, "s2", 0, 0, Completeness.Cause.UNKNOWN));
        export.seal();

        assertFinding(NOWHERE.value(), "stated to be missing, and is not");
        assertFinding("session s2", "stated to be missing, and is not");
        assertFinding(ExportLayout.COMPLETENESS, "a silence stated twice");
    }

    @Test
    void a_number_of_a_session_that_comes_twice_is_a_replay() {
        export.write(TestExport.BOB, "s2", 0);
        export.endLeaf();

        export.seal();

        assertFinding("$", "a number of its session for the second time");
    }

    @Test
    void an_event_that_is_not_signed_or_not_what_was_signed_is_found() {
        export.seal();
        var changed = lines(ExportLayout.EVENTS);
        changed.set(2, changed.get(2).replace("\"depth\":3", "\"depth\":4"));
        var text = lines(ExportLayout.EVENTS);
        text.set(2, text.get(2).replace("\"session_id\":\"s1\"", "\"session_id\":\"s3\""));

        put(ExportLayout.EVENTS, changed);
        assertFinding(Graph.place(2), "not signed by the server that must have signed it");
        put(ExportLayout.EVENTS, text);
        assertFinding(Graph.place(2), "its content is not what was signed");
    }

    @Test
    void a_redacted_event_is_what_redaction_leaves() {
        var redacted = export.events.get(2).redacted();
        export.events.set(2, redacted);
        export.silences.add(
                new Completeness.Silence(TestExport.ALICE, "s1", 0, 0, Completeness.Cause.UNKNOWN));

        var answer = verify(export.seal());

        assertEquals(List.of(), answer.findings());
        assertTrue(answer.facts().contains("1 events were redacted"));
    }

    @Test
    void a_room_that_is_none_or_another_is_found() {
        export.seal();
        put(ExportLayout.EVENTS, List.of());
        assertFinding(ExportLayout.EVENTS, "no events");
        put(ExportLayout.EVENTS, List.of("{}"));
        assertFinding(Graph.place(0), "no creation");
        put(ExportLayout.EVENTS, List.of("["));
        assertFinding(Graph.place(0), "not JSON");
        put(ExportLayout.EVENTS, List.of("{ }"));
        assertFinding(Graph.place(0), "not canonical JSON");

        var other = TestExport.of(RoomVersion.V12);
        var room = JsonObject.EMPTY.with("n", 1);
        other.add(other.draft("m.room.name", room).in(another()));
        other.endLeaf();
        export.files.clear();
        export.files.putAll(other.seal().files);
        assertFinding("$", "of another room");
    }

    private static RoomId another() {
        return RoomId.parse("!" + "x".repeat(43));
    }

    @Test
    void leaves_that_do_not_follow_or_tell_otherwise_are_found() {
        var leaves = export.leaves();
        var second = leaves.get(1);
        var place = second.place();
        var number = new RoomLeaf.Place(place.room(), place.version(), 7);
        var version = new RoomLeaf.Place(place.room(), RoomVersion.V11, 1);
        var types = new TreeMap<>(Map.of("m.room.message", second.events().count()));
        var fewer = new RoomLeaf.Taken(1, second.events().root());
        var one = new TreeMap<>(Map.of("m.room.encrypted", 1L));

        assertLeaf(with(leaves, number, second, second.types(), List.of()), "does not follow");
        assertLeaf(with(leaves, version, second, second.types(), List.of()), "of another room");
        assertLeaf(with(leaves, place, second, types, List.of()), "counts other types");
        assertLeaf(with(leaves, place, second, second.types(), List.of()), "names other ends");
        var cut =
                new RoomLeaf(
                        place,
                        second.previous(),
                        second.from(),
                        second.until(),
                        fewer,
                        second.inbox(),
                        one,
                        second.extremities());
        var all = new ArrayList<>(leaves);
        all.set(1, cut);
        assertLeaf(all, "commits to other events than these");
    }

    private static List<RoomLeaf> with(
            List<RoomLeaf> leaves,
            RoomLeaf.Place place,
            RoomLeaf leaf,
            SortedMap<String, Long> types,
            List<EventId> ends) {
        var all = new ArrayList<>(leaves);
        all.set(
                1,
                new RoomLeaf(
                        place,
                        leaf.previous(),
                        leaf.from(),
                        leaf.until(),
                        leaf.events(),
                        leaf.inbox(),
                        types,
                        ends));
        return all;
    }

    private void assertLeaf(List<RoomLeaf> leaves, String what) {
        export.files.clear();
        export.seal(leaves, true);
        assertFinding(ExportLayout.LEAVES + ", line 2", what);
    }

    @Test
    void events_behind_the_last_leaf_are_found() {
        export.write(TestExport.BOB, "s2", 2);

        export.seal();

        assertFinding(Graph.place(7), "events that no leaf commits to");
    }

    @Test
    void a_leaf_that_was_logged_after_the_case_was_opened_is_found() {
        export.seal(export.leaves(), false);

        assertFinding(ExportLayout.leafProof(0), "logged after the case was opened");
    }

    @Test
    void the_program_says_yes_or_no_and_ends_so(@TempDir Path folder) throws IOException {
        export.seal();
        Path data = Files.createDirectory(folder.resolve("export"));
        for (var file : export.files.entrySet()) {
            Path place = data.resolve(file.getKey());
            Files.createDirectories(place.getParent());
            Files.write(place, file.getValue());
        }
        Path policy = Files.write(folder.resolve("policy"), policyText().getBytes(UTF_8));
        String[] args = {data.toString(), policy.toString()};
        var yes = new StringBuilder();
        var no = new StringBuilder();
        var neither = new StringBuilder();

        assertEquals(0, Main.run(args, yes));
        Files.write(data.resolve("texts/index.html"), new byte[] {'!'});
        assertEquals(1, Main.run(args, no));
        assertEquals(2, Main.run(new String[0], neither));
        assertEquals(2, Main.run(new String[] {args[0], args[0] + "/case.json"}, neither));
        assertEquals(2, Main.run(new String[] {args[0], args[0] + "/none"}, neither));

        assertTrue(yes.toString().contains("\nYES. Not known, even so:\n"));
        assertTrue(no.toString().startsWith("NO   texts/index.html: not the bytes"));
        assertTrue(neither.toString().startsWith("verifier EXPORT POLICY\ncannot begin: line 1"));
    }

    private static String policyText() {
        var policy = TestExport.policy();
        var text = new StringBuilder("log " + policy.logs().getFirst() + "\n");
        policy.witnesses()
                .forEach((name, key) -> text.append("witness " + name + " " + key + "\n"));
        return text + "group all-of-them all w1 w2\nquorum all-of-them\n";
    }

    private List<String> lines(String path) {
        return new ArrayList<>(new String(export.files.get(path), UTF_8).lines().toList());
    }

    /// Writes lines; where they are JSON, in the canonical way.
    private void put(String path, List<String> lines) {
        export.files.put(path, TestExport.lines(lines.stream().map(this::canonical).toList()));
    }

    private byte[] canonical(String line) {
        var bytes = line.getBytes(UTF_8);
        return line.startsWith("{\"") ? Json.parse(bytes).bytes() : bytes;
    }

    private void assertFinding(String place, String what) {
        var findings = verify(export).findings();
        assertTrue(
                findings.stream()
                        .anyMatch(f -> f.place().startsWith(place) && f.what().startsWith(what)),
                findings::toString);
    }

    private static Verifier.Answer verify(TestExport export) {
        return Verifier.verify(export, TestExport.policy());
    }
}
