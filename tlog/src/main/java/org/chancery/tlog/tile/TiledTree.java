package org.chancery.tlog.tile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.merkle.Nodes;

/// A tree of a certain size, read from its tiles. A tile that was read is remembered as long as the
/// tree is, up to a bound, so one should be made for each piece of work. For one thread at a time.
public final class TiledTree implements Nodes {
    private static final int TILES_MAX = 64;

    private final TileStore store;
    private final long size;
    private final Map<LogFile, byte[]> tiles = new LinkedHashMap<>();

    /// The tree of a size for which there was a checkpoint.
    public TiledTree(TileStore store, long size) {
        this.store = store;
        this.size = size;
    }

    public long size() {
        return size;
    }

    @Override
    public Hash node(int level, long index) {
        if (level < 0 || level >= Long.SIZE - 1 || index < 0 || index >= size >> level) {
            throw new IllegalArgumentException("no node " + level + "/" + index + " in " + size);
        }
        int within = level % LogFile.HEIGHT;
        long first = index << within;
        var tile = LogFile.Tile.in(size, level / LogFile.HEIGHT, first / LogFile.WIDTH_MAX);
        return Hash.fold(hashes(tile, (int) (first % LogFile.WIDTH_MAX), 1 << within));
    }

    /// The hashes of a tile of this tree.
    public List<Hash> hashes(LogFile.Tile tile) {
        return hashes(tile, 0, tile.width());
    }

    /// The entry with that index.
    public byte[] entry(long index) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no entry " + index + " in a tree of " + size);
        }
        var bundle = LogFile.Bundle.in(size, index / LogFile.WIDTH_MAX);
        return entries(bundle).get((int) (index % LogFile.WIDTH_MAX));
    }

    /// The entries of a bundle of this tree.
    public List<byte[]> entries(LogFile.Bundle bundle) {
        var exact = store.read(bundle.path());
        var file = exact.isPresent() ? bundle : bundle.whole();
        var bytes = exact.or(() -> store.read(file.path()));
        try {
            var entries = EntryBundle.read(bytes.orElseThrow(() -> missing(file)), file.width());
            return entries.subList(0, bundle.width());
        } catch (MalformedBundle e) {
            throw new CorruptLog(file.path() + ": " + e.getMessage());
        }
    }

    private List<Hash> hashes(LogFile.Tile tile, int from, int count) {
        var bytes = bytes(tile);
        var hashes = new ArrayList<Hash>(count);
        for (int i = from; i < from + count; i++) {
            hashes.add(Hash.at(bytes, i * Hash.BYTES));
        }
        return hashes;
    }

    private byte[] bytes(LogFile.Tile tile) {
        var known = tiles.get(tile);
        if (known != null) {
            return known;
        }
        var bytes = read(tile);
        if (tiles.size() == TILES_MAX) {
            tiles.remove(tiles.keySet().iterator().next());
        }
        tiles.put(tile, bytes);
        return bytes;
    }

    /// A partial tile may have been put away since the tile became full.
    private byte[] read(LogFile.Tile tile) {
        var exact = store.read(tile.path());
        var file = exact.isPresent() ? tile : tile.whole();
        var bytes = exact.or(() -> store.read(file.path())).orElseThrow(() -> missing(file));
        if (bytes.length != file.width() * Hash.BYTES) {
            throw new CorruptLog(file.path() + " has " + bytes.length + " bytes");
        }
        return bytes;
    }

    private static CorruptLog missing(LogFile file) {
        return new CorruptLog(file.path() + " is missing");
    }
}
