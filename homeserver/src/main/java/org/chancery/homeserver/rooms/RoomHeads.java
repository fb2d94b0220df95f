package org.chancery.homeserver.rooms;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;

/// The heads of the rooms written lately. Asked only while holding the room's lock.
final class RoomHeads {
    private static final long STATE_ENTRIES_MAX = 2_000_000;

    private final EventStore events;
    private final StateStore states;
    private final ServerName server;
    private final Journal journal;
    private final Cache<RoomId, RoomHead> heads =
            Caffeine.newBuilder()
                    .maximumWeight(STATE_ENTRIES_MAX)
                    .weigher((RoomId _, RoomHead head) -> head.weight())
                    .build();

    RoomHeads(Journal journal, EventStore events, StateStore states, ServerName server) {
        this.journal = journal;
        this.events = events;
        this.states = states;
        this.server = server;
    }

    /// The head of the room; empty if this server has no event of it.
    Optional<RoomHead> find(RoomId id) {
        RoomHead head = heads.getIfPresent(id);
        if (head != null && !head.dropped()) {
            if (head.hasOutgrownItsWeight()) {
                put(head);
            }
            return Optional.of(head);
        }
        journal.barrier(); // What was submitted on an older head must be read with the rest.
        return events.room(id).map(this::load);
    }

    /// The head of a room in which the caller acts.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_FORBIDDEN` if there is no such room,
    ///     as a stranger must not learn which rooms there are
    RoomHead get(RoomId id) {
        return find(id).orElseThrow(
                        () -> new MatrixError.Forbidden("You are not in this room").asException());
    }

    /// The head of a room about to be made.
    RoomHead create(RoomRef room) {
        return new RoomHead(room, server, events::pdus);
    }

    /// Keeps the head, weighed as it is now; [#find] weighs those again that have grown.
    void put(RoomHead head) {
        head.weigh();
        heads.put(head.room().id(), head);
    }

    /// Forgets a head that has moved further than the log; the next asker loads it anew.
    void invalidate(RoomId id) {
        heads.invalidate(id);
    }

    private RoomHead load(RoomRef room) {
        RoomHead head =
                RoomHead.stored(
                        room, server, events, states.latestSnapshot(room), states.current(room));
        put(head);
        return head;
    }
}
