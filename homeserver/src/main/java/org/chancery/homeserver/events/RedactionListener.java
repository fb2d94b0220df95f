package org.chancery.homeserver.events;

import org.chancery.homeserver.kernel.Tx;

/// Told in the same transaction that an event is about to lose its content, while
/// [EventStore#json] still has it: for who must keep what was said and reads the log only later.
@FunctionalInterface
public interface RedactionListener {
    /// Nobody needs to know.
    RedactionListener NONE = (_, _, _) -> {};

    /// Runs on the committer; must not throw or wait.
    ///
    /// @param target the position of the event
    void redacting(Tx tx, RoomRef room, long target);
}
