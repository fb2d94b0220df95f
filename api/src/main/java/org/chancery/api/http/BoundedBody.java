package org.chancery.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;
import org.chancery.protocol.error.MatrixError;

/// A request's body with a bound on its bytes and on its slowness. What goes wrong on the way is
/// thrown as `M_TOO_LARGE` or as the sender's [BodyFault], never as an `IOException`.
final class BoundedBody extends InputStream {
    /// So long a body may take without being looked at for its rate.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long BYTES_PER_SECOND_MIN = 1_024;

    private final InputStream in;
    private final long bytesMax;
    private final InstantSource clock;
    private final Instant begun;
    private long bytes;

    BoundedBody(InputStream in, long bytesMax, InstantSource clock) {
        this.in = in;
        this.bytesMax = bytesMax;
        this.clock = clock;
        this.begun = clock.instant();
    }

    static RuntimeException tooLarge(long bytesMax) {
        return new MatrixError.TooLarge("the body may have " + bytesMax + " bytes").asException();
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        int read = readSome(into, offset, length);
        if (read > 0) {
            bytes += read;
            if (bytes > bytesMax) {
                throw tooLarge(bytesMax);
            }
            refuseTheSlow();
        }
        return read;
    }

    private int readSome(byte[] into, int offset, int length) {
        try {
            return in.read(into, offset, length);
        } catch (IOException e) {
            throw new BodyFault(causedBy(e, TimeoutException.class));
        }
    }

    private void refuseTheSlow() {
        var spent = Duration.between(begun, clock.instant());
        if (spent.compareTo(PATIENCE) > 0 && bytes / spent.toSeconds() < BYTES_PER_SECOND_MIN) {
            throw new BodyFault(true);
        }
    }

    private static boolean causedBy(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
