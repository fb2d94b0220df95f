package org.chancery.tlog.tile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.chancery.tlog.MemoryTiles;
import org.chancery.tlog.merkle.Definition;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.merkle.ProofCheck;
import org.chancery.tlog.merkle.Proofs;
import org.junit.jupiter.api.Test;

class TiledTreeTest {
    private static final int LARGE = 66_000;

    @Test
    void a_tree_in_tiles_is_the_tree_of_the_definition_at_every_size() {
        var definition = Definition.ofEntries(600);
        var store = new MemoryTiles();
        var edge = new RightEdge();

        for (int size = 1; size <= 600; size++) {
            grow(edge, store, size);
            var tree = new TiledTree(store, size);
            var root = Hash.of(definition.hash(0, size));
            int index = (size * 31) % size;

            assertEquals(root, edge.root());
            assertEquals(root, Proofs.root(tree, size));
            assertEquals(
                    definition.path(index, 0, size).stream().map(Hash::of).toList(),
                    Proofs.inclusion(tree, index, size));
            assertEquals(root, RightEdge.of(tree).root());
        }
    }

    @Test
    void proofs_hold_over_three_levels_of_tiles() {
        var store = new MemoryTiles();
        var edge = new RightEdge();
        grow(edge, store, LARGE);
        var tree = new TiledTree(store, LARGE);
        var random = new SplittableRandom(3);

        assertTrue(store.files().containsKey("tile/2/000.p/1"));
        assertEquals(edge.root(), RightEdge.of(tree).root());
        for (int round = 0; round < 300; round++) {
            int index = random.nextInt(LARGE);
            int old = 1 + random.nextInt(LARGE);
            var path = Proofs.inclusion(tree, index, LARGE);
            var growth = Proofs.consistency(tree, old, LARGE);
            var oldRoot = Proofs.root(tree, old);
            var leaf = Hash.leaf(Definition.entry(index));

            assertTrue(ProofCheck.includes(edge.root(), LARGE, leaf, index, path));
            assertTrue(ProofCheck.grows(oldRoot, old, edge.root(), LARGE, growth));
        }
    }

    @Test
    void an_edge_grows_on_from_its_tiles_as_if_it_had_never_been_away() {
        var definition = Definition.ofEntries(900);
        for (int size : List.of(1, 255, 256, 257, 511, 512, 700)) {
            var store = new MemoryTiles();
            grow(new RightEdge(), store, size);
            var again = RightEdge.of(new TiledTree(store, size));
            var other = again.copy();

            grow(again, store, 900);

            assertEquals(Hash.of(definition.hash(0, 900)), again.root());
            assertEquals(Hash.of(definition.hash(0, size)), other.root());
            assertEquals(size, other.size());
        }
    }

    @Test
    void a_reader_of_an_older_tree_finds_the_tile_that_became_full() {
        var store = new MemoryTiles();
        grow(new RightEdge(), store, 300);
        store.discardPartial(new LogFile.Tile(0, 1, 256));
        var edge = new RightEdge();
        grow(edge, store, 512);
        store.files().remove("tile/0/001.p/44");

        var old = new TiledTree(store, 300);

        var definition = Definition.ofEntries(300);
        assertEquals(Hash.of(definition.hash(0, 300)), Proofs.root(old, 300));
    }

    @Test
    void only_what_is_in_the_tree_is_answered() {
        var store = new MemoryTiles();
        grow(new RightEdge(), store, 300);
        var tree = new TiledTree(store, 300);

        assertThrows(IllegalArgumentException.class, () -> tree.node(0, 300));
        assertThrows(IllegalArgumentException.class, () -> tree.node(9, 0));
        assertThrows(IllegalArgumentException.class, () -> tree.node(63, 0));
        assertThrows(IllegalArgumentException.class, () -> tree.node(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> tree.node(0, -1));
        assertThrows(IllegalArgumentException.class, () -> tree.entry(300));
        assertThrows(IllegalArgumentException.class, () -> tree.entry(-1));
    }

    @Test
    void a_tile_that_is_missing_or_cut_is_named() {
        var store = new MemoryTiles();
        grow(new RightEdge(), store, 300);
        store.write(Map.of("tile/0/000", new byte[31], "tile/entries/000", new byte[1]));
        store.files().remove("tile/0/001.p/44");
        var tree = new TiledTree(store, 300);

        var cut = assertThrows(CorruptLog.class, () -> tree.node(0, 1));
        var missing = assertThrows(CorruptLog.class, () -> tree.node(0, 299));
        var unread = assertThrows(CorruptLog.class, () -> tree.entry(0));

        assertEquals("tile/0/000 has 31 bytes", cut.getMessage());
        assertEquals("tile/0/001 is missing", missing.getMessage());
        assertEquals("tile/entries/000: no entry 0 at byte 0", unread.getMessage());
    }

    @Test
    void entries_of_any_length_are_read_back() {
        var random = new SplittableRandom(9);
        for (int round = 0; round < 200; round++) {
            var entries = new ArrayList<byte[]>();
            var bundle = new ByteArrayOutputStream();
            for (int i = random.nextInt(256); i >= 0; i--) {
                var entry = new byte[random.nextInt(1 << random.nextInt(10))];
                random.nextBytes(entry);
                entries.add(entry);
                EntryBundle.append(bundle, entry);
            }
            var read = EntryBundle.read(bundle.toByteArray(), entries.size());

            for (int i = 0; i < entries.size(); i++) {
                assertArrayEquals(entries.get(i), read.get(i));
            }
        }
    }

    @Test
    void the_longest_entry_fits_and_a_longer_one_does_not() {
        var bundle = new ByteArrayOutputStream();

        EntryBundle.append(bundle, new byte[65_535]);

        assertEquals(65_535, EntryBundle.read(bundle.toByteArray(), 1).getFirst().length);
        assertThrows(
                IllegalArgumentException.class, () -> EntryBundle.append(bundle, new byte[65_536]));
    }

    @Test
    void a_bundle_says_where_it_ends_too_early_or_goes_on_too_long() {
        var bytes = new byte[] {0, 1, 7, 0, 2, 8, 8};

        var early = assertThrows(MalformedBundle.class, () -> EntryBundle.read(bytes, 3));
        var late = assertThrows(MalformedBundle.class, () -> EntryBundle.read(bytes, 1));
        var cut = new byte[] {0, 1, 7, 0, 2, 8};
        var inside = assertThrows(MalformedBundle.class, () -> EntryBundle.read(cut, 2));

        assertEquals(List.of(2, 7), List.of(early.entry(), early.offset()));
        assertEquals(List.of(1, 3), List.of(late.entry(), late.offset()));
        assertEquals(List.of(1, 3), List.of(inside.entry(), inside.offset()));
        assertEquals(3, EntryBundle.offset(bytes, 1));
    }

    @FuzzTest
    void bundles(byte[] bytes) {
        int width = bytes.length == 0 ? 1 : (bytes[0] & 0xff) + 1;
        List<byte[]> entries;
        try {
            entries = EntryBundle.read(bytes, width);
        } catch (MalformedBundle refused) {
            return;
        }
        var again = new ByteArrayOutputStream();
        entries.forEach(entry -> EntryBundle.append(again, entry));
        assertArrayEquals(bytes, again.toByteArray());
    }

    /// Appends the definition's entries up to that size, and writes every tile.
    private static void grow(RightEdge edge, MemoryTiles store, int size) {
        long before = edge.size();
        for (int i = (int) before; i < size; i++) {
            edge.add(
                    Hash.leaf(Definition.entry(i)),
                    (tile, bytes) -> store.write(Map.of(tile.path(), bytes)));
        }
        edge.partialTiles(before).forEach((tile, bytes) -> store.write(Map.of(tile.path(), bytes)));
    }
}
