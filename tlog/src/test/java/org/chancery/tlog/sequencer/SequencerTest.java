package org.chancery.tlog.sequencer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.chancery.tlog.DyingTiles;
import org.chancery.tlog.MemoryTiles;
import org.chancery.tlog.TestKey;
import org.chancery.tlog.merkle.Definition;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.note.Checkpoint;
import org.chancery.tlog.note.JdkEd25519;
import org.chancery.tlog.note.MalformedNote;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.tile.CorruptLog;
import org.chancery.tlog.tile.LogFile;
import org.chancery.tlog.tile.TileStore;
import org.chancery.tlog.verify.Policy;
import org.chancery.tlog.verify.TlogProof;
import org.junit.jupiter.api.Test;

class SequencerTest {
    private static final JdkEd25519 JDK = new JdkEd25519();
    private static final String ORIGIN = "log.example.org";
    private static final TestKey KEY = new TestKey(1);

    @Test
    void a_log_begins_empty_and_signed() {
        var store = new MemoryTiles();

        var log = open(store);

        assertEquals(new Checkpoint(ORIGIN, 0, Hash.OF_EMPTY_TREE), log.latest().checkpoint());
        assertSame(log.latest(), log.append(List.of()));
        assertEquals(List.of("checkpoint"), List.copyOf(store.files().keySet()));
        assertEquals(Optional.empty(), new PublishedLog(new MemoryTiles()).latest());
    }

    @Test
    void in_whatever_batches_entries_come_the_tree_is_that_of_the_definition() {
        var definition = Definition.ofEntries(1_500);
        var random = new SplittableRandom(4);
        for (int round = 0; round < 20; round++) {
            var store = new MemoryTiles();
            var log = open(store);
            int size = 0;
            while (size < 1_500) {
                int batch = Math.min(1 + random.nextInt(1 << random.nextInt(11)), 1_500 - size);
                log = random.nextInt(4) == 0 ? open(store) : log;

                var signed = log.append(entries(size, size + batch));

                size += batch;
                assertEquals(size, signed.checkpoint().size());
                assertEquals(Hash.of(definition.hash(0, size)), signed.checkpoint().root());
            }
            assertSound(store, 1_500);
        }
    }

    @Test
    void every_entry_is_proved_to_who_has_pinned_the_log() {
        var store = new MemoryTiles();
        var log = open(store);
        var first = log.append(entries(0, 300));
        log.append(entries(300, 700));
        var published = new PublishedLog(store);
        var policy = Policy.of(KEY.log(ORIGIN), 0, Map.of());

        for (var signed : List.of(first, log.latest())) {
            for (long index = 0; index < signed.checkpoint().size(); index++) {
                var proof = TlogProof.parse(published.prove(signed, index).bytes());
                var entry = published.entry(signed.checkpoint(), index);

                assertArrayEquals(Definition.entry((int) index), entry);
                assertInstanceOf(Policy.Trusted.class, policy.judge(proof, Hash.leaf(entry), JDK));
            }
        }
        assertEquals(
                published.proveGrowth(first.checkpoint(), log.latest().checkpoint()),
                published.proveGrowth(first.checkpoint(), log.latest().checkpoint()));
    }

    @Test
    void no_proof_leaves_a_log_whose_tiles_are_wrong() {
        var store = new MemoryTiles();
        var log = open(store);
        var first = log.append(entries(0, 5)).checkpoint();
        var signed = log.append(entries(5, 20));
        flip(store, "tile/0/000.p/20", 7 * Hash.BYTES);
        var published = new PublishedLog(store);

        assertThrows(CorruptLog.class, () -> published.prove(signed, 3));
        assertThrows(CorruptLog.class, () -> published.proveGrowth(first, signed.checkpoint()));
    }

    @Test
    void partial_files_go_when_the_whole_one_is_there() {
        var store = new MemoryTiles();
        var log = open(store);
        log.append(entries(0, 10));
        log.append(entries(10, 20));

        log.append(entries(20, 256));

        assertEquals(
                List.of("checkpoint", "tile/0/000", "tile/1/000.p/1", "tile/entries/000"),
                List.copyOf(store.files().keySet()));
    }

    @Test
    void what_was_acknowledged_is_there_after_a_death_at_any_write() {
        var random = new SplittableRandom(5);
        for (int start : List.of(0, 1, 200, 255, 256, 500, 766)) {
            boolean survived = false;
            for (int steps = 0; !survived; steps++) {
                var disk = new MemoryTiles();
                open(disk).append(entries(0, start));
                var dying = new DyingTiles(disk, steps, random);
                int acknowledged = grow(dying, start, random);
                survived = !dying.isDead();

                goOn(dying.copy(), start, acknowledged);
            }
        }
    }

    /// Appends batches until death and says how many entries were acknowledged.
    private static int grow(DyingTiles store, int start, SplittableRandom random) {
        int size = start;
        try {
            var log = open(store);
            for (int batch : List.of(1, 3, 60, 1 + random.nextInt(700))) {
                log.append(entries(size, size + batch));
                size += batch;
            }
        } catch (DyingTiles.Death death) {
            return size;
        }
        return size;
    }

    /// Whatever died, the log opens again with all that was promised, and takes other entries.
    private static void goOn(MemoryTiles store, int start, int acknowledged) {
        var log = open(store);
        int size = (int) log.latest().checkpoint().size();
        assertTrue(size >= acknowledged && size >= start, size + " < " + acknowledged);
        assertSound(store, size);

        var others = new ArrayList<byte[]>();
        for (int i = 0; i < 300; i++) {
            others.add(("other " + i).getBytes(UTF_8));
        }
        var signed = log.append(others.subList(0, 2));
        log.append(others.subList(2, 300));

        assertSound(store, size + 300);
        var published = new PublishedLog(store);
        for (int index = 0; index < acknowledged; index += 37) {
            assertArrayEquals(Definition.entry(index), published.entry(signed.checkpoint(), index));
        }
    }

    @Test
    void files_that_no_checkpoint_covers_are_put_away() {
        var store = new MemoryTiles();
        open(store).append(entries(0, 300));
        var right = store.copy();
        var longer = store.copy();
        open(longer).append(entries(300, 300 + Sequencer.BATCH_ENTRIES_MAX));
        longer.files().forEach(store.files()::putIfAbsent);

        open(store);

        assertEquals(right.files().keySet(), store.files().keySet());
    }

    @Test
    void after_a_fault_nothing_is_appended_before_the_log_is_opened_again() {
        var disk = new MemoryTiles();
        var log = open(new DyingTiles(disk, 2, new SplittableRandom(6)));

        assertThrows(DyingTiles.Death.class, () -> log.append(entries(0, 3)));

        assertThrows(IllegalStateException.class, () -> log.append(entries(0, 3)));
        assertEquals(0, log.latest().checkpoint().size());
    }

    @Test
    void a_batch_that_is_too_large_changes_nothing() {
        var log = open(new MemoryTiles());
        var many = Collections.nCopies(Sequencer.BATCH_ENTRIES_MAX + 1, new byte[0]);
        var large = Collections.nCopies(600, new byte[65_000]);
        var wide = List.of(new byte[65_536]);

        assertThrows(IllegalArgumentException.class, () -> log.append(many));
        assertThrows(IllegalArgumentException.class, () -> log.append(large));
        assertThrows(IllegalArgumentException.class, () -> log.append(wide));
        assertEquals(1, log.append(List.of(new byte[65_535])).checkpoint().size());
    }

    @Test
    void what_is_no_log_of_that_name_and_key_is_not_opened() {
        var store = new MemoryTiles();
        open(store).append(entries(0, 20));
        var lost = store.copy();
        lost.files().remove("checkpoint");
        var nonsense = store.copy();
        nonsense.files().put("checkpoint", new byte[] {1});
        var tile = store.copy();
        flip(tile, "tile/0/000.p/20", 3);
        var bundle = store.copy();
        flip(bundle, "tile/entries/000.p/20", 5);

        for (TileStore wrong : List.of(lost, nonsense, tile, bundle)) {
            assertThrows(CorruptLog.class, () -> open(wrong));
        }
        assertThrows(CorruptLog.class, () -> Sequencer.open(store, ORIGIN, new TestKey(2), JDK));
        assertThrows(CorruptLog.class, () -> Sequencer.open(store, "other", KEY, JDK));
    }

    @Test
    void the_newest_checkpoint_that_was_witnessed_is_kept_for_readers() {
        var store = new MemoryTiles();
        var log = open(store);
        var published = new PublishedLog(store);
        var older = log.append(entries(0, 5));
        var newer = log.append(entries(5, 9));
        var fork = new Checkpoint(ORIGIN, 5, older.checkpoint().root());
        var beyond = new Checkpoint(ORIGIN, 10, older.checkpoint().root());
        var other = new Checkpoint(ORIGIN, 5, newer.checkpoint().root());

        assertEquals(Optional.empty(), published.witnessed());
        log.witnessed(older);
        assertEquals(5, published.witnessed().orElseThrow().checkpoint().size());
        log.witnessed(newer);
        log.witnessed(older);
        assertEquals(9, published.witnessed().orElseThrow().checkpoint().size());
        for (var wrong :
                List.of(
                        SignedCheckpoint.sign(fork, new TestKey(2)),
                        SignedCheckpoint.sign(beyond, KEY),
                        SignedCheckpoint.sign(other, KEY))) {
            assertThrows(MalformedNote.class, () -> log.witnessed(wrong));
        }
        assertTrue(Fsck.check(store, KEY.log(ORIGIN), JDK).isSound());
    }

    private static void assertSound(MemoryTiles store, long size) {
        var report = Fsck.check(store, KEY.log(ORIGIN), JDK);
        assertEquals(List.of(), report.faults());
        assertEquals(size, report.entries());
        for (String path : store.files().keySet()) {
            boolean known = path.startsWith("checkpoint");
            assertTrue(known || LogFile.parse(path).orElseThrow().isIn(size), path);
        }
        assertFalse(store.isEmpty());
    }

    private static void flip(MemoryTiles store, String path, int at) {
        var bytes = store.read(path).orElseThrow();
        bytes[at] ^= 1;
        store.write(Map.of(path, bytes));
    }

    private static Sequencer open(TileStore store) {
        return Sequencer.open(store, ORIGIN, KEY, JDK);
    }

    private static List<byte[]> entries(int from, int to) {
        var entries = new ArrayList<byte[]>();
        for (int i = from; i < to; i++) {
            entries.add(Definition.entry(i));
        }
        return entries;
    }
}
