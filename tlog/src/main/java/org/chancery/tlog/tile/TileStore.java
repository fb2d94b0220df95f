package org.chancery.tlog.tile;

import java.util.Map;
import java.util.Optional;

/// Where the files of one log lie. Faults of the disk are [java.io.UncheckedIOException].
public interface TileStore {
    /// The whole file; empty where there is none of that name.
    Optional<byte[]> read(String path);

    /// Writes files, each in the place of an older one of its name, and returns when all of them
    /// are durable. After a crash each is there whole, or not at all, or as it was before; in which
    /// order they come is not said.
    void write(Map<String, byte[]> files);

    /// Forgets a file, if there is one of that name. Whether that survives a crash does not matter.
    void discard(String path);

    /// Forgets all partial files in the place of a whole one, likewise.
    void discardPartial(LogFile whole);

    /// Whether nothing was ever written.
    boolean isEmpty();
}
