package org.chancery.homeserver.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A submitted [Change] on its way to the disk.
///
/// @param <T> the result of the change
public final class Pending<T> {
    private final CompletableFuture<T> outcome = new CompletableFuture<>();

    /// A change that nobody has settled yet.
    public Pending() {}

    /// A change that has long been durable.
    public static <T> Pending<T> done(T result) {
        Pending<T> pending = new Pending<>();
        pending.complete(result);
        return pending;
    }

    /// Waits until the change is durable. The wait is bounded by the commit of its batch, as the
    /// journal completes everything it took, with an error when the store stops.
    ///
    /// @throws org.chancery.protocol.error.MatrixException if the change refused itself
    /// @throws StoreFailure if the store has stopped; the change may or may not be there
    public T await() {
        try {
            return outcome.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /// Whether the change is durable or refused.
    public boolean settled() {
        return outcome.isDone();
    }

    /// Settles it; who waits goes on.
    public void complete(T result) {
        outcome.complete(result);
    }

    void fail(RuntimeException cause) {
        outcome.completeExceptionally(cause);
    }
}
