package org.chancery.tlog.verify;

/// A text that is no policy; the message names the line.
public final class MalformedPolicy extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedPolicy(int line, String message) {
        super("line " + line + ": " + message, null, false, false);
    }
}
