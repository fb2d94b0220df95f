package org.chancery.homeserver.kernel;

/// The store as the [Journal] sees it: one transaction for each batch.
public interface BatchStore {

    /// What is done inside one transaction.
    @FunctionalInterface
    interface Batch {
        /// @param first the first of the positions asked for
        void write(Tx tx, long first);
    }

    /// Takes `positions` from the counter, runs the batch, commits and returns when all of it is
    /// durable. A runtime exception from the batch rolls back, gives the positions back and is
    /// thrown on.
    ///
    /// @return the last position taken, or the one before if none was asked for
    /// @throws StoreFailure if the transaction could not be made durable
    long commit(int positions, Batch batch);

    /// The last position of the last durable batch.
    long lastPosition();
}
