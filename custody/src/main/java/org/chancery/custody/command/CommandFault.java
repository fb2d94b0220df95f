package org.chancery.custody.command;

/// A command that ends without having done what was asked: why, and the way out.
final class CommandFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What was asked is refused, or something is not what it should be.
    static final int REFUSED = 1;

    /// The command is not one.
    static final int MISUSED = 2;

    /// A file could not be read or written.
    static final int UNREADABLE = 3;

    private final int exit;

    CommandFault(int exit, String message) {
        super(message, null, false, false);
        this.exit = exit;
    }

    static CommandFault misused(String message) {
        return new CommandFault(MISUSED, message);
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
