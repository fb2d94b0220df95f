package org.chancery.homeserver.events;

import java.util.List;

/// A log of all rooms in the order of positions: the events, or the changes of state.
///
/// @param <T> what is written in it
@FunctionalInterface
public interface LogFeed<T extends Logged> {

    /// What lies at the first `limit` positions within `(after, upTo]` that hold anything, all of
    /// each position, in order.
    List<T> read(long after, long upTo, int limit);
}
