package org.chancery.adapters.jdbc.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.chancery.tlog.tile.LogFile;
import org.chancery.tlog.tile.TileStore;

/// A disk whose faults pass: it takes nothing while it is full, and so many reads fail.
final class FaultyTiles implements TileStore {
    private final TileStore disk;
    private final AtomicBoolean full;
    private final AtomicInteger readsFailing;

    FaultyTiles(TileStore disk, AtomicBoolean full, AtomicInteger readsFailing) {
        this.disk = disk;
        this.full = full;
        this.readsFailing = readsFailing;
    }

    @Override
    public void write(Map<String, byte[]> files) {
        if (full.get()) {
            throw new UncheckedIOException(new IOException("No space left on device"));
        }
        disk.write(files);
    }

    @Override
    public Optional<byte[]> read(String path) {
        if (readsFailing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new UncheckedIOException(new IOException("Input/output error"));
        }
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
