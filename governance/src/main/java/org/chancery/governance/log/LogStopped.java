package org.chancery.governance.log;

/// The log takes no more leaves until the server is started again. What was noted is kept and will
/// be logged then.
public final class LogStopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    LogStopped(String reason) {
        super("the log has stopped: " + reason);
    }
}
