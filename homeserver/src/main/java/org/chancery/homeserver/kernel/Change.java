package org.chancery.homeserver.kernel;

import java.util.List;

/// One durable change, written by the [Journal] together with whatever else is waiting.
///
/// @param <T> what the caller learns when the change is durable
public interface Change<T> {

    /// How many positions of the one sequence this change takes: one for each thing that `/sync`
    /// must show, none for what nobody follows.
    int positions();

    /// Writes the change. It runs on the committer inside the batch's transaction, in the order of
    /// submission, so that a read through `tx` sees every earlier change. It must not wait, and may
    /// be run again after a rollback, so it has no effect but through `tx` and its result.
    ///
    /// @param first the first of the positions taken
    /// @throws org.chancery.protocol.error.MatrixException to refuse this change alone; nothing may
    ///     have been written before
    T apply(Tx tx, long first);

    /// Who must be woken once the change is durable.
    default List<Touch> touches(T result) {
        return List.of();
    }

    /// Told on the committer, before any later change is applied, that this change was not made.
    default void refused() {}
}
