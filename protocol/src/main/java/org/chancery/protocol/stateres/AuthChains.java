package org.chancery.protocol.stateres;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.chancery.protocol.id.EventId;

/// Questions about the graph of auth events. [WalkedAuthChains] answers them from the events alone;
/// a store with an index of auth chains can answer faster.
public interface AuthChains {
    /// The *auth difference*: every event that is in the full auth chain of one of the states, but
    /// not of all.
    Set<EventId> difference(List<? extends Collection<EventId>> states);

    /// The *conflicted state subgraph*: every event on a path of auth events from one of these
    /// events to another, ends included.
    Set<EventId> subgraph(Set<EventId> conflicted);
}
