package org.chancery.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.chancery.adapters.tiles.DiskTiles;
import org.chancery.tlog.tile.TileStore;
import org.jspecify.annotations.Nullable;

/// Where the log lies; opened when it is first wanted.
final class LogFolder implements Supplier<TileStore>, AutoCloseable {
    private final Path folder;
    private @Nullable DiskTiles tiles;

    LogFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public synchronized TileStore get() {
        DiskTiles known = tiles;
        if (known == null) {
            try {
                known = new DiskTiles(folder);
            } catch (IOException e) {
                throw new UncheckedIOException("the log cannot be opened: " + e.getMessage(), e);
            }
            tiles = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        DiskTiles known = tiles;
        if (known != null) {
            try {
                known.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
