package org.chancery.adapters.jdbc.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.chancery.tlog.tile.LogFile;
import org.chancery.tlog.tile.TileStore;

/// A disk that fails after so many writes, before or after the last one has happened.
final class DyingTiles implements TileStore {
    private final TileStore disk;
    private final boolean afterwards;
    private int writesLeft;

    DyingTiles(TileStore disk, int writesLeft, boolean afterwards) {
        this.disk = disk;
        this.writesLeft = writesLeft;
        this.afterwards = afterwards;
    }

    @Override
    public void write(Map<String, byte[]> files) {
        boolean dies = writesLeft-- <= 0;
        if (!dies || afterwards) {
            disk.write(files);
        }
        if (dies) {
            throw new UncheckedIOException(new IOException("the disk is gone"));
        }
    }

    @Override
    public Optional<byte[]> read(String path) {
        return disk.read(path);
    }

    @Override
    public void discard(String path) {
        disk.discard(path);
    }

    @Override
    public void discardPartial(LogFile whole) {
        disk.discardPartial(whole);
    }

    @Override
    public boolean isEmpty() {
        return disk.isEmpty();
    }
}
