package org.chancery.app;

/// A command that ends without having done what was asked: why, and the way out.
final class CommandFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// The server said no.
    static final int REFUSED = 1;

    /// The command is not one.
    static final int MISUSED = 2;

    /// No server was reached.
    static final int UNREACHED = 3;

    private final int exit;

    CommandFault(int exit, String message) {
        super(message, null, false, false);
        this.exit = exit;
    }

    /// The process's exit code.
    int exit() {
        return exit;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
