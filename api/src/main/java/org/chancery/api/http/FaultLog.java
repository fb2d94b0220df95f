package org.chancery.api.http;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;

/// Logs each fault of ours once, under a number that the answer names. A fault that comes again and
/// again, as when the disk is full, is counted, and the count logged once an interval: else the log
/// would fill the disk that is already the trouble.
///
/// A line holds types and places only: messages of exceptions may quote what users wrote, and a
/// path names users and rooms.
final class FaultLog {
    /// A fault silent for so long is told in full when it comes again.
    static final Duration INTERVAL = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger(FaultLog.class.getName());
    private static final int FRAMES_MAX = 24;
    private static final int CAUSES_MAX = 4;
    private static final int KINDS_MAX = 100;

    private final InstantSource clock;

    /// By their description. Guarded by this.
    private final LinkedHashMap<String, Repeats> kinds = new LinkedHashMap<>();

    private long count;

    /// How often a fault came since it was last told.
    private static final class Repeats {
        final String number;
        Instant told;
        long more;

        Repeats(String number, Instant told) {
            this.number = number;
            this.told = told;
        }
    }

    FaultLog(InstantSource clock) {
        this.clock = clock;
    }

    /// The number under which the fault stands in the log.
    synchronized String log(Endpoint endpoint, Throwable fault) {
        Instant now = clock.instant();
        kinds.values().removeIf(repeats -> isOver(repeats, now));
        String kind = describe(fault);
        Repeats known = kinds.get(kind);
        if (known != null) {
            known.more++;
            return known.number;
        }
        String number = "F" + ++count;
        if (kinds.size() == KINDS_MAX) {
            tell(kinds.pollFirstEntry().getValue(), now);
        }
        kinds.put(kind, new Repeats(number, now));
        String place = number + " " + endpoint.method() + " " + endpoint.path();
        LOG.log(Level.ERROR, place + " failed: " + kind);
        return number;
    }

    /// Tells what has been counted and not been told yet, as before a stop.
    synchronized void settle() {
        Instant now = clock.instant();
        kinds.values().forEach(repeats -> tell(repeats, now));
    }

    /// Whether the fault stayed away for a whole interval; if it did not, says how often it came.
    private static boolean isOver(Repeats repeats, Instant now) {
        if (now.isBefore(repeats.told.plus(INTERVAL))) {
            return false;
        }
        boolean silent = repeats.more == 0;
        tell(repeats, now);
        return silent;
    }

    private static void tell(Repeats repeats, Instant now) {
        if (repeats.more > 0) {
            long seconds = Duration.between(repeats.told, now).toSeconds();
            String text = " happened %d times more in %d s".formatted(repeats.more, seconds);
            LOG.log(Level.ERROR, repeats.number + text);
        }
        repeats.told = now;
        repeats.more = 0;
    }

    /// What failed and where. Two faults of which the same would be said are alike.
    private static String describe(Throwable fault) {
        var text = new StringBuilder();
        int causes = 0;
        for (Throwable cause = fault; cause != null && causes < CAUSES_MAX; causes++) {
            describe(text, cause);
            cause = cause.getCause();
        }
        return text.toString();
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
