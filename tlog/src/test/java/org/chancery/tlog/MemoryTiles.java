package org.chancery.tlog;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.chancery.tlog.tile.LogFile;
import org.chancery.tlog.tile.TileStore;

/// A store in memory, whose files a test may look at and damage.
public class MemoryTiles implements TileStore {
    private final NavigableMap<String, byte[]> files = new TreeMap<>();

    public NavigableMap<String, byte[]> files() {
        return files;
    }

    /// A copy of what is kept now.
    public MemoryTiles copy() {
        var copy = new MemoryTiles();
        files.forEach((path, bytes) -> copy.files.put(path, bytes.clone()));
        return copy;
    }

    @Override
    public Optional<byte[]> read(String path) {
        return Optional.ofNullable(files.get(path)).map(byte[]::clone);
    }

    @Override
    public void write(Map<String, byte[]> written) {
        written.forEach((path, bytes) -> files.put(path, bytes.clone()));
    }

    @Override
    public void discard(String path) {
        files.remove(path);
    }

    @Override
    public void discardPartial(LogFile whole) {
        files.keySet().removeIf(path -> path.startsWith(whole.path() + ".p/"));
    }

    @Override
    public boolean isEmpty() {
        return files.isEmpty();
    }
}
