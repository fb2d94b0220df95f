package org.chancery.tlog.tile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chancery.tlog.merkle.Hash;

/// The right edge of a growing tree: on each level the hashes that do not fill a tile yet. It is
/// all
/// that one must know of a tree to append to it and to name its root. For one thread at a time.
public final class RightEdge {
    private final List<List<Hash>> levels = new ArrayList<>();
    private long size;

    /// The edge of the empty tree.
    public RightEdge() {
        for (int level = 0; level < LogFile.LEVELS; level++) {
            levels.add(new ArrayList<>());
        }
    }

    /// What is told of a tile that became full.
    @FunctionalInterface
    public interface FullTile {
        void full(LogFile.Tile tile, byte[] bytes);
    }

    /// The edge of a tree that was kept as tiles.
    public static RightEdge of(TiledTree tree) {
        var edge = new RightEdge();
        edge.size = tree.size();
        for (int level = 0; level < LogFile.LEVELS; level++) {
            long hashes = tree.size() >> (LogFile.HEIGHT * level);
            if (hashes % LogFile.WIDTH_MAX > 0) {
                long index = hashes / LogFile.WIDTH_MAX;
                var tile = LogFile.Tile.in(tree.size(), level, index);
                edge.levels.get(level).addAll(tree.hashes(tile));
            }
        }
        return edge;
    }

    /// Another edge, which grows by itself.
    public RightEdge copy() {
        var copy = new RightEdge();
        copy.size = size;
        for (int level = 0; level < LogFile.LEVELS; level++) {
            copy.levels.get(level).addAll(levels.get(level));
        }
        return copy;
    }

    public long size() {
        return size;
    }

    /// Appends a leaf.
    public void add(Hash leaf, FullTile listener) {
        size++;
        Hash hash = leaf;
        for (int level = 0; level < LogFile.LEVELS; level++) {
            var hashes = levels.get(level);
            hashes.add(hash);
            if (hashes.size() < LogFile.WIDTH_MAX) {
                return;
            }
            long index = (size >> (LogFile.HEIGHT * (level + 1))) - 1;
            var tile = new LogFile.Tile(level, index, LogFile.WIDTH_MAX);
            listener.full(tile, bytes(hashes));
            hash = Hash.fold(hashes);
            hashes.clear();
        }
        throw new IllegalStateException("more leaves than there are numbers for");
    }

    /// The tiles of this edge that are not those of a tree of that smaller size.
    public Map<LogFile.Tile, byte[]> partialTiles(long before) {
        var tiles = new LinkedHashMap<LogFile.Tile, byte[]>();
        for (int level = 0; level < LogFile.LEVELS; level++) {
            var hashes = levels.get(level);
            long count = size >> (LogFile.HEIGHT * level);
            if (!hashes.isEmpty() && count != before >> (LogFile.HEIGHT * level)) {
                tiles.put(
                        new LogFile.Tile(level, count / LogFile.WIDTH_MAX, hashes.size()),
                        bytes(hashes));
            }
        }
        return tiles;
    }

    /// The root of the tree: its complete subtrees, the largest leftmost, hashed from the right.
    public Hash root() {
        var subtrees = new ArrayList<Hash>();
        for (int level = LogFile.LEVELS - 1; level >= 0; level--) {
            var hashes = levels.get(level);
            int from = 0;
            for (int part = LogFile.WIDTH_MAX / 2; part > 0; part /= 2) {
                if ((hashes.size() & part) != 0) {
                    subtrees.add(Hash.fold(hashes.subList(from, from + part)));
                    from += part;
                }
            }
        }
        if (subtrees.isEmpty()) {
            return Hash.OF_EMPTY_TREE;
        }
        Hash root = subtrees.removeLast();
        while (!subtrees.isEmpty()) {
            root = Hash.node(subtrees.removeLast(), root);
        }
        return root;
    }

    private static byte[] bytes(List<Hash> hashes) {
        var bytes = new byte[hashes.size() * Hash.BYTES];
        for (int i = 0; i < hashes.size(); i++) {
            hashes.get(i).copyTo(bytes, i * Hash.BYTES);
        }
        return bytes;
    }
}
