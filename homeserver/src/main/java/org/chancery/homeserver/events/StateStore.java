package org.chancery.homeserver.events;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;

/// The state of rooms: now, at any position of the past, and before any event.
///
/// A *snapshot* is its parent with one difference laid over; each event names the snapshot before
/// it. The *changes* are the log of what was the current state when.
public interface StateStore {

    /// Writes a snapshot: the differences from `parent`, or the whole state where there is none.
    void insertSnapshot(
            Tx tx,
            RoomRef room,
            SnapshotRef snapshot,
            Optional<SnapshotRef> parent,
            Collection<StateRow> rows);

    /// Writes a change of the current state, in the log and in the state now.
    void change(Tx tx, StateChange change);

    /// Gives an event its place in the auth-chain index.
    void indexAuthChain(Tx tx, EventRef event, List<EventRef> authEvents);

    /// The snapshot after the latest event.
    SnapshotRef latestSnapshot(RoomRef room);

    /// All of a snapshot.
    List<StateRow> snapshot(long snapshot);

    /// The state now.
    List<StateRow> current(RoomRef room);

    /// One entry of the state now.
    Optional<StateRow> current(RoomRef room, StateKey key);

    /// The state as it was at a position.
    List<StateRow> at(RoomRef room, long position);

    /// One entry of the state as it was at a position.
    Optional<StateRow> at(RoomRef room, StateKey key, long position);

    /// The changes within `(after, upTo]`, in order.
    List<StateChange> changes(RoomRef room, long after, long upTo);

    /// The changes of all rooms, as a [LogFeed].
    List<RoomStateChange> log(long after, long upTo, int limit);

    /// Every change of one entry, in order.
    List<StateChange> history(RoomRef room, StateKey key);

    /// The users who share a room with the user now, himself among them if he is in any.
    List<UserId> peers(UserId user);

    /// The same as the open transaction sees it.
    List<UserId> peers(Tx tx, UserId user);

    /// The memberships of a room now; empty `membership` for all.
    List<RoomMembership> members(RoomRef room, Optional<String> membership);

    /// The user's memberships as they were at a position, forgotten rooms among them.
    List<RoomMembership> rooms(UserId user, long position);

    /// Each change of the user's memberships within `(after, upTo]`, in order.
    List<RoomMembership> membershipChanges(UserId user, long after, long upTo);

    /// Whether the auth chain of `from` contains `to`.
    boolean authChainContains(long from, long to);

    /// Marks a room as forgotten by the user.
    void forget(Tx tx, UserId user, RoomRef room);

    /// Takes the mark away, as on a new join or invite.
    void remember(Tx tx, UserId user, RoomRef room);

    /// The numbers of the rooms that the user has forgotten.
    List<Long> forgotten(UserId user);
}
