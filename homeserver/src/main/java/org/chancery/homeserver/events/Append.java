package org.chancery.homeserver.events;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// A run of events of one room, written together or not at all.
///
/// @param room the room
/// @param isNew whether the first of the events makes the room
/// @param steps the events in order
/// @param also what else belongs into the same transaction, such as an alias of a new room
/// @param head told when the run was not written, so that nothing builds on it
public record Append(RoomRef room, boolean isNew, List<Step> steps, Also also, Head head) {
    public Append {
        steps = List.copyOf(steps);
    }

    /// One event with what it does to the room.
    ///
    /// @param state how it changes the state
    /// @param redacts the event that it redacts
    /// @param audience the local users for whom it is news
    public record Step(
            NewEvent event,
            Optional<StateStep> state,
            Optional<Redacted> redacts,
            Collection<UserId> audience) {}

    /// A change of the current state.
    ///
    /// @param row the new entry
    /// @param replaced the event in force before
    /// @param after the snapshot that the event makes
    /// @param parent the snapshot over which it is laid; empty when `rows` is the whole state
    /// @param rows the difference, or the whole state
    public record StateStep(
            StateRow row,
            Optional<EventRef> replaced,
            SnapshotRef after,
            Optional<SnapshotRef> parent,
            Collection<StateRow> rows) {
        StateKey key() {
            return row.key();
        }
    }

    /// An event that loses its content.
    ///
    /// @param shown what clients are shown from now on, see [EventEnvelope#shown]
    public record Redacted(EventRef target, JsonObject shown) {}

    /// Work in the same transaction.
    @FunctionalInterface
    public interface Also {
        Also NOTHING = _ -> {};

        void write(Tx tx);
    }

    /// The in-memory head on which the run was built.
    public interface Head {
        /// Whether an earlier run of this head was refused, so that this one must not be written.
        boolean dropped();

        /// Called on the committer when a run was not written.
        void drop();
    }
}
