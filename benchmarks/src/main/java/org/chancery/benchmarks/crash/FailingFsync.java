package org.chancery.benchmarks.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Every fsync of the data fails, by a library preloaded into the server.
final class FailingFsync implements Fault {
    private final Path library;
    private final Path armed;
    private final Path data;

    /// @param library made of `failing_fsync.c`
    /// @param armed arms the library while it exists
    FailingFsync(Path library, Path armed, Path data) {
        this.library = library;
        this.armed = armed;
        this.data = data;
    }

    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FSYNC_FAULT_ARMED", armed.toString(),
                "FSYNC_FAULT_UNDER", data.toString());
    }

    @Override
    public void begin() throws IOException {
        Files.createFile(armed);
    }

    @Override
    public long vainWrites() throws IOException {
        return Files.size(armed);
    }

    @Override
    public void end() throws IOException {
        Files.delete(armed);
    }
}
