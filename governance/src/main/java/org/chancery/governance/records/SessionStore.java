package org.chancery.governance.records;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;

/// The table of the Megolm sessions of record rooms.
public interface SessionStore {
    /// A session as it is told of.
    ///
    /// @param code with which a client withholds its key; empty where it does not, or is covered
    record Told(RoomRef room, Session session, Session.State state, String code) {}

    /// How many sessions of a room are in which state.
    ///
    /// @param partly of those presumed: how many only from a later message on
    record Counts(long presumed, long partly, long withheld, long unknown) {}

    /// Of all rooms: how many sessions, how many of them only from a later message on, and of how
    /// many nothing.
    record Totals(long sessions, long partly, long missing) {}

    Optional<Session> find(RoomRef room, UserId sender, String session);

    /// The last Olm message by which a session of that device is covered; 0 where none is.
    long lastUsed(RoomRef room, LetterStore.Sender sender);

    /// Writes a session, new or changed.
    void put(Tx tx, RoomRef room, Session session);

    /// The sessions of a room in the order of their first events, those after `after`.
    List<Told> read(RoomRef room, long after, int limit);

    /// Those of them that are not whole.
    List<Told> gaps(RoomRef room, long after, int limit);

    Counts counts(RoomRef room);

    Totals totals();

    /// Sessions that are not whole and of which nobody was told yet.
    List<Told> untold(int limit);

    /// The sender has been told, or shall not be.
    void setTold(Tx tx, Told session);
}
