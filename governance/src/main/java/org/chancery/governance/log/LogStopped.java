package org.chancery.governance.log;

/// The log takes no leaves now: for good, or until a fault has passed; [ServerLog#trouble] tells.
/// What was noted is kept, and is logged when it can be, at the latest after the next start.
public final class LogStopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    LogStopped(String reason) {
        super("the log has stopped: " + reason);
    }
}
