package org.chancery.tlog.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.chancery.tlog.MemoryTiles;
import org.chancery.tlog.TestKey;
import org.chancery.tlog.merkle.Definition;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.note.Checkpoint;
import org.chancery.tlog.note.JdkEd25519;
import org.chancery.tlog.note.Signatures;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.tile.EntryBundle;
import org.chancery.tlog.tile.LogFile;
import org.chancery.tlog.verify.Policy;
import org.junit.jupiter.api.Test;

class FsckTest {
    private static final JdkEd25519 JDK = new JdkEd25519();
    private static final String ORIGIN = "log.example.org";
    private static final TestKey KEY = new TestKey(1);
    private static final String WITNESSED = "checkpoint.witnessed";
    private static final int SIZE = 600;
    private static final MemoryTiles SOUND = sound();

    @Test
    void a_sound_log_is_called_sound() {
        var report = Fsck.check(SOUND.copy(), KEY.log(ORIGIN), JDK);

        assertTrue(report.isSound());
        assertEquals(SIZE, report.entries());
    }

    @Test
    void a_flipped_bit_in_a_tile_is_found_at_its_byte() {
        for (var file : SOUND.files().entrySet()) {
            var parsed = LogFile.parse(file.getKey());
            if (parsed.orElse(null) instanceof LogFile.Tile tile) {
                for (int at = 0; at < file.getValue().length; at += 61) {
                    var report = check(flipped(file.getKey(), at));

                    var fault = report.first().orElseThrow();
                    long hash = tile.index() * 256 + at / Hash.BYTES;
                    assertEquals(file.getKey(), fault.path());
                    assertEquals(at, fault.offset());
                    assertEquals(hash << (8 * tile.level()), fault.entry());
                    assertEquals(1, report.faults().size());
                }
            }
        }
    }

    @Test
    void a_flipped_bit_in_an_entry_is_found_at_that_entry() {
        for (var file : SOUND.files().entrySet()) {
            var parsed = LogFile.parse(file.getKey());
            if (parsed.orElse(null) instanceof LogFile.Bundle bundle) {
                for (int at = 0; at < file.getValue().length; at += 13) {
                    var report = check(flipped(file.getKey(), at));

                    var fault = report.first().orElseThrow();
                    int entry = entryAt(file.getValue(), at);
                    assertEquals(file.getKey(), fault.path());
                    assertEquals(bundle.index() * 256 + entry, fault.entry());
                    long start = EntryBundle.offset(file.getValue(), entry);
                    assertTrue(fault.offset() == start || fault.offset() == at);
                }
            }
        }
    }

    @Test
    void a_flipped_bit_in_a_checkpoint_is_found_there() {
        for (String path : List.of("checkpoint", "checkpoint.witnessed")) {
            int length = SOUND.read(path).orElseThrow().length;
            for (int at = 0; at < length; at++) {
                var report = check(flipped(path, at));

                assertEquals(path, report.first().orElseThrow().path(), at + "");
            }
        }
    }

    @Test
    void a_file_that_is_missing_or_cut_is_named() {
        for (var path : SOUND.files().keySet()) {
            boolean older = path.equals("checkpoint.witnessed") || path.endsWith(".p/5");
            var without = SOUND.copy();
            without.files().remove(path);
            var cut = SOUND.copy();
            var bytes = cut.read(path).orElseThrow();
            cut.write(Map.of(path, Arrays.copyOf(bytes, bytes.length - 1)));

            var missing = check(without);
            var shorter = check(cut);

            assertEquals(older, missing.isSound(), path);
            missing.first().ifPresent(fault -> assertEquals(path, fault.path()));
            assertEquals(path, shorter.first().orElseThrow().path());
        }
    }

    @Test
    void a_log_cut_back_to_an_older_state_below_its_checkpoint_is_seen() {
        var store = new MemoryTiles();
        var log = Sequencer.open(store, ORIGIN, KEY, JDK);
        log.append(entries(0, 10));
        var other = new Checkpoint(ORIGIN, 10, Hash.leaf(new byte[0]));
        var lie = SignedCheckpoint.sign(other, KEY).note().bytes();
        store.write(Map.of("checkpoint", lie));

        var fault = check(store).first().orElseThrow();

        assertEquals("checkpoint", fault.path());
        assertEquals("signed for another tree than this", fault.what());
    }

    @Test
    void damage_on_both_sides_is_found_and_leaves_open_who_is_wrong() {
        var store = flipped("tile/entries/000", 20);
        var tile = store.read("tile/0/001").orElseThrow();
        tile[40] ^= 1;
        store.write(Map.of("tile/0/001", tile));

        var report = check(store);

        assertFalse(report.isSound());
        assertEquals("tile/0/000", report.first().orElseThrow().path());
        assertTrue(report.faults().stream().anyMatch(f -> f.path().equals("tile/0/001")));
        assertTrue(report.first().orElseThrow().toString().startsWith("tile/0/000, byte "));
    }

    @Test
    void a_bundle_and_its_tile_that_are_both_gone_end_the_check() {
        var store = SOUND.copy();
        store.files().remove("tile/entries/001");
        store.files().remove("tile/0/001");

        var report = check(store);

        assertEquals(
                List.of("tile/entries/001", "tile/0/001"),
                report.faults().stream().map(Fsck.Fault::path).toList());
    }

    @Test
    void a_witnessed_checkpoint_of_another_tree_is_found() {
        var store = SOUND.copy();
        var other = new Checkpoint(ORIGIN, 5, Hash.leaf(new byte[0]));
        var beyond = new Checkpoint(ORIGIN, SIZE + 1, Hash.leaf(new byte[0]));

        for (var wrong : List.of(other, beyond)) {
            var signed = SignedCheckpoint.sign(wrong, KEY).note().bytes();
            store.write(Map.of(WITNESSED, signed));

            assertEquals(WITNESSED, check(store).first().orElseThrow().path());
        }
        store.files().remove("checkpoint");
        assertEquals("missing", check(store).first().orElseThrow().what());
    }

    @Test
    void a_flipped_bit_in_a_signature_of_a_witness_is_found() {
        var witness = new TestKey(2);
        var store = SOUND.copy();
        var policy = Policy.of(KEY.log(ORIGIN), 1, Map.of("w", witness.witness("w.example")));
        var signed = SignedCheckpoint.parse(store.read(WITNESSED).orElseThrow());
        String text = signed.note().text();
        var seen =
                signed.with(
                        Signatures.cosign(text, "w.example", Instant.ofEpochSecond(5), witness));
        byte[] right = seen.note().bytes();

        store.write(Map.of(WITNESSED, right));
        assertTrue(Fsck.check(store, KEY.log(ORIGIN), policy, JDK).isSound());
        for (int at = signed.note().bytes().length; at < right.length; at++) {
            byte[] wrong = right.clone();
            wrong[at] ^= 1;
            store.write(Map.of(WITNESSED, wrong));

            var report = Fsck.check(store, KEY.log(ORIGIN), policy, JDK);

            assertEquals(WITNESSED, report.first().orElseThrow().path(), "byte " + at);
        }
    }

    @Test
    void a_checkpoint_that_the_witnesses_of_another_policy_have_signed_is_told_as_such() {
        var then = new TestKey(2);
        var now = new TestKey(3);
        var store = SOUND.copy();
        var policy = Policy.of(KEY.log(ORIGIN), 1, Map.of("n", now.witness("n.example")));
        var signed = SignedCheckpoint.parse(store.read(WITNESSED).orElseThrow());
        var time = Instant.ofEpochSecond(5);
        String text = signed.note().text();
        var seen = signed.with(Signatures.cosign(text, "t.example", time, then));
        store.write(Map.of(WITNESSED, seen.note().bytes()));

        var before = Fsck.check(store, KEY.log(ORIGIN), policy, JDK).first().orElseThrow();
        var anew = seen.with(Signatures.cosign(text, "n.example", time, now));
        store.write(Map.of(WITNESSED, anew.note().bytes()));

        assertTrue(before.what().contains("if that was changed since"), before.what());
        assertTrue(Fsck.check(store, KEY.log(ORIGIN), policy, JDK).isSound());
    }

    private static int entryAt(byte[] bundle, int at) {
        int entry = 0;
        while (EntryBundle.offset(bundle, entry + 1) <= at) {
            entry++;
        }
        return entry;
    }

    private static MemoryTiles flipped(String path, int at) {
        var store = SOUND.copy();
        var bytes = store.read(path).orElseThrow();
        bytes[at] ^= (byte) (1 << at % 8);
        store.write(Map.of(path, bytes));
        return store;
    }

    private static Fsck.Report check(MemoryTiles store) {
        return Fsck.check(store, KEY.log(ORIGIN), JDK);
    }

    private static MemoryTiles sound() {
        var store = new MemoryTiles();
        var log = Sequencer.open(store, ORIGIN, KEY, JDK);
        log.append(entries(0, 512));
        log.witnessed(log.append(entries(512, 517)));
        log.append(entries(517, SIZE));
        return store;
    }

    private static List<byte[]> entries(int from, int to) {
        var entries = new ArrayList<byte[]>();
        for (int i = from; i < to; i++) {
            entries.add(Definition.entry(i));
        }
        return entries;
    }
}
