package org.chancery.api.http;

import java.util.concurrent.atomic.AtomicLong;

/// Logs each fault of ours once, under a number that the answer names.
///
/// A line holds types and places only: messages of exceptions may quote what users wrote, and a
/// path names users and rooms.
final class FaultLog {
    private static final System.Logger LOG = System.getLogger(FaultLog.class.getName());
    private static final int FRAMES_MAX = 24;
    private static final int CAUSES_MAX = 4;

    private final AtomicLong count = new AtomicLong();

    /// The number under which the fault stands in the log.
    String log(Endpoint endpoint, Throwable fault) {
        var number = "F" + count.incrementAndGet();
        var text = new StringBuilder();
        text.append(number).append(' ').append(endpoint.method()).append(' ');
        text.append(endpoint.path()).append(" failed: ");
        int causes = 0;
        for (Throwable cause = fault; cause != null && causes < CAUSES_MAX; causes++) {
            describe(text, cause);
            cause = cause.getCause();
        }
        LOG.log(System.Logger.Level.ERROR, text.toString());
        return number;
    }

    private static void describe(StringBuilder text, Throwable cause) {
        text.append(cause.getClass().getName());
        var frames = cause.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, FRAMES_MAX); i++) {
            text.append("\n    at ").append(frames[i]);
        }
        text.append('\n');
    }
}
