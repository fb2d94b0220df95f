package org.chancery.tlog.sequencer;

import org.chancery.tlog.tile.LogFile;
import org.chancery.tlog.tile.TileStore;

/// What a crash between the tiles and the checkpoint left behind the end of a log. No checkpoint
/// covers it and other entries may take its place, so it is put away before the log grows.
final class Leftovers {
    private final TileStore store;
    private final long size;

    Leftovers(TileStore store, long size) {
        this.store = store;
        this.size = size;
    }

    void discard() {
        for (int level = 0; level < LogFile.LEVELS; level++) {
            int of = level;
            discard(level, (index, width) -> new LogFile.Tile(of, index, width));
        }
        discard(0, LogFile.Bundle::new);
    }

    private interface Kind {
        LogFile file(long index, int width);
    }

    private void discard(int level, Kind kind) {
        long hashes = size >> (LogFile.HEIGHT * level);
        long last = (size + Sequencer.BATCH_ENTRIES_MAX) >> (LogFile.HEIGHT * level);
        if (last == hashes) {
            return; // No batch reaches up here.
        }
        long first = hashes / LogFile.WIDTH_MAX;
        int width = (int) (hashes % LogFile.WIDTH_MAX);
        for (int wider = width + 1; wider < LogFile.WIDTH_MAX; wider++) {
            store.discard(kind.file(first, wider).path());
        }
        for (long index = first; index <= last / LogFile.WIDTH_MAX; index++) {
            var whole = kind.file(index, LogFile.WIDTH_MAX);
            store.discard(whole.path());
            if (index > first) {
                store.discardPartial(whole);
            }
        }
    }
}
