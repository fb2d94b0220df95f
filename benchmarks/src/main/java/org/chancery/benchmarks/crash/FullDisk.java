package org.chancery.benchmarks.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file beside the data takes all the space that is left.
final class FullDisk implements Fault {
    private static final int BLOCK_BYTES = 4_096;
    private static final int BLOCKS_MAX = 1 << 20;

    private final Path filler;
    private boolean filled;

    /// @param folder on a small file system of its own
    FullDisk(Path folder) {
        this.filler = folder.resolve("filler");
    }

    @Override
    public void begin() throws IOException {
        try (FileChannel channel =
                FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < BLOCKS_MAX && !filled; i++) {
                filled = !tookBlock(channel);
            }
        }
        if (!filled) {
            throw new IOException("the disk for this fault is too large");
        }
    }

    private static boolean tookBlock(FileChannel channel) {
        try {
            return channel.write(ByteBuffer.allocate(BLOCK_BYTES)) == BLOCK_BYTES;
        } catch (IOException full) {
            return false;
        }
    }

    /// Not told by a file system.
    @Override
    public long vainWrites() {
        return 0;
    }

    @Override
    public void end() throws IOException {
        Files.deleteIfExists(filler);
    }
}
