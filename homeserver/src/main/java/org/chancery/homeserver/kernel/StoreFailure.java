package org.chancery.homeserver.kernel;

/// The store cannot write: a failed commit, a failed fsync, a full disk. Never retried, as what the
/// disk holds after a failed fsync is unknown; the operator mends the disk and starts again.
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
