package org.chancery.homeserver.events;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;

/// The durable events. Reads see committed batches; a caller bounds them by the durable position it
/// has taken.
public interface EventStore {
    /// Room left between the ordinals of two events of the present, for history found later.
    long ORDINAL_STEP = 1L << 20;

    /// The place in its room of an event of the present.
    static long ordinal(long position) {
        return position * ORDINAL_STEP;
    }

    /// Which way to read a room.
    enum Direction {
        FORWARDS,
        BACKWARDS
    }

    /// A part of a room, by ordinals.
    ///
    /// @param after exclusive lower bound
    /// @param upTo inclusive upper bound
    record Range(long after, long upTo) {
        /// The part of the present within `(after, upTo]` in positions.
        public static Range ofPositions(long after, long upTo) {
            return new Range(ordinal(after), ordinal(upTo));
        }
    }

    /// Makes the room known.
    void insertRoom(Tx tx, RoomRef room);

    /// Writes one event, and to what it relates; its ref, its room and what it refers to are
    /// placed.
    void insert(Tx tx, NewEvent event);

    /// Replaces the bytes shown to clients by the redacted ones; the envelope stays. The event
    /// relates to nothing any more.
    void redact(Tx tx, long target, long redactedBy, byte[] json);

    /// What clients are shown of the event at a position, as the open transaction sees it: see
    /// [StoredEvent#json].
    Optional<byte[]> json(Tx tx, long position);

    /// The room of that id.
    Optional<RoomRef> room(RoomId id);

    Optional<StoredEvent> event(EventId id);

    /// Those of the positions at which there is an event, in order of position.
    List<StoredEvent> events(Collection<Long> positions);

    /// The event that the transaction made.
    Optional<EventId> byTransaction(Transaction transaction);

    /// At most `limit` events of a room that clients may be shown, in reading order of the
    /// direction.
    List<StoredEvent> read(RoomRef room, Range range, Direction direction, int limit);

    /// The events of all rooms, refused ones among them, as a [LogFeed].
    List<StoredEvent> log(long after, long upTo, int limit);

    /// Which events relate to which.
    RelationIndex relations();

    /// The signed events as they were received or made, byte for byte, in the order asked for.
    List<Pdu> pdus(Collection<Long> positions);

    /// The events behind which nothing comes yet.
    List<Extremity> forwardExtremities(RoomRef room);

    /// A forward extremity.
    record Extremity(EventRef event, long depth) {}
}
