package org.chancery.tlog.tile;

import java.util.Optional;

/// A file of the tree, whole or partial: hashes of one level, or the entries beneath 256 of the
/// lowest. Its name follows from what it is (C2SP tlog-tiles, "Merkle Tree" and "Log entries").
public sealed interface LogFile {
    /// Hashes or entries of a whole file.
    int WIDTH_MAX = 256;

    /// Levels of the tree that one tile spans.
    int HEIGHT = 8;

    /// Levels of tiles: 2^63 leaves need no more than eight.
    int LEVELS = 8;

    /// How often this file is wider than one hash or entry, from the left of its level.
    long index();

    /// How many hashes or entries it holds, 1 to 256.
    int width();

    /// The name of the file, relative to where the log lies.
    String path();

    /// The file of the same place when nothing is missing in it.
    LogFile whole();

    default boolean isPartial() {
        return width() < WIDTH_MAX;
    }

    /// Hashes of subtrees of height 8 * `level`, side by side.
    record Tile(int level, long index, int width) implements LogFile {
        public Tile {
            if (level < 0 || level >= LEVELS) {
                throw new IllegalArgumentException("no level " + level);
            }
            FileNames.check(index, width);
        }

        /// The tile as wide as it is in a tree of that size.
        public static Tile in(long treeSize, int level, long index) {
            return new Tile(level, index, FileNames.width(treeSize >> (HEIGHT * level), index));
        }

        @Override
        public Tile whole() {
            return new Tile(level, index, WIDTH_MAX);
        }

        @Override
        public String path() {
            return "tile/" + level + "/" + FileNames.suffix(index, width);
        }
    }

    /// Entries, one after the other.
    record Bundle(long index, int width) implements LogFile {
        public Bundle {
            FileNames.check(index, width);
        }

        /// The bundle as wide as it is in a tree of that size.
        public static Bundle in(long treeSize, long index) {
            return new Bundle(index, FileNames.width(treeSize, index));
        }

        @Override
        public Bundle whole() {
            return new Bundle(index, WIDTH_MAX);
        }

        @Override
        public String path() {
            return "tile/entries/" + FileNames.suffix(index, width);
        }
    }

    /// The file of that name; empty for every text that is not exactly the name of one.
    static Optional<LogFile> parse(String path) {
        return FileNames.parse(path);
    }

    /// Whether a tree of that size has the file; a whole file has the places of its partial ones.
    default boolean isIn(long treeSize) {
        int level = this instanceof Tile tile ? tile.level() : 0;
        long hashes = treeSize >> (HEIGHT * level);
        return index() <= (hashes - width()) / WIDTH_MAX && index() * WIDTH_MAX + width() <= hashes;
    }
}
