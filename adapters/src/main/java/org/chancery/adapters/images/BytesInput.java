package org.chancery.adapters.images;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import javax.imageio.stream.ImageInputStreamImpl;

/// Bytes as a reader of pictures wants them. After the deadline they have an end, so that a reader
/// that goes on and on is stopped.
final class BytesInput extends ImageInputStreamImpl {
    private final byte[] bytes;
    private final InstantSource clock;
    private final Instant deadline;

    BytesInput(byte[] bytes, InstantSource clock, Instant deadline) {
        this.bytes = bytes;
        this.clock = clock;
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        requireTime();
        bitOffset = 0;
        return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        requireTime();
        bitOffset = 0;
        if (streamPos >= bytes.length) {
            return -1;
        }
        int read = (int) Math.min(length, bytes.length - streamPos);
        System.arraycopy(bytes, (int) streamPos, into, offset, read);
        streamPos += read;
        return read;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    private void requireTime() throws IOException {
        if (clock.instant().isAfter(deadline)) {
            throw new IOException("the picture takes too long to read");
        }
    }
}
