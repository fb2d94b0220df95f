package org.chancery.homeserver.events;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;

/// Something that happens after a durable change, at its own pace, and remembers how far it has
/// come: its cursor. [Followers] runs it, on a thread of its own.
///
/// @param <T> what it follows: [StoredEvent] or [RoomStateChange]
public interface Follower<T extends Logged> {

    /// The name of its cursor. Under a new name it starts from the beginning of the log.
    String name();

    /// Reads what happened and says what is to be written. It may wait and read, as no lock is held
    /// and no transaction is open. It is handed the same batch again after a fault or a kill, so it
    /// has no effect but through what it returns.
    ///
    /// @param batch in the order of positions, never empty, from rooms of its scope only
    /// @return empty when nothing follows from the batch
    Optional<Derived> follow(List<T> batch);

    /// What follows from a batch.
    @FunctionalInterface
    interface Derived {
        /// Writes it in the transaction that moves the cursor, so it is done once or not at all. It
        /// runs on the committer and must not wait.
        void write(Tx tx);
    }
}
