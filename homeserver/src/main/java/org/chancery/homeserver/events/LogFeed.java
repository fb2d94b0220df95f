package org.chancery.homeserver.events;

import java.util.List;

/// A log of all rooms in the order of positions: the events, or the changes of state.
///
/// @param <T> what is written in it
@FunctionalInterface
public interface LogFeed<T extends Logged> {

    /// What lies within `(after, upTo]`, from its beginning, all of each position, in order.
    ///
    /// @param limit after how many positions that hold anything it may stop
    Portion<T> read(long after, long upTo, int limit);

    /// What was read.
    ///
    /// @param upTo the position up to which nothing else lies in the log that its reader is to see
    record Portion<T extends Logged>(List<T> entries, long upTo) {
        public Portion {
            entries = List.copyOf(entries);
        }
    }

    /// Reads at the first `limit` positions within `(after, upTo]` that hold anything.
    ///
    /// @param <T> what is written in it
    @FunctionalInterface
    interface Table<T extends Logged> {
        List<T> read(long after, long upTo, int limit);
    }

    /// The log that a table holds. It was read to the end where fewer positions came than might.
    static <T extends Logged> LogFeed<T> of(Table<T> table) {
        return (after, upTo, limit) -> {
            List<T> read = table.read(after, upTo, limit);
            long positions = read.stream().mapToLong(Logged::position).distinct().count();
            return new Portion<>(read, positions < limit ? upTo : read.getLast().position());
        };
    }
}
