package org.chancery.homeserver.rooms;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.EventStore.Direction;
import org.chancery.homeserver.events.EventStore.Range;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Finds the event of a moment (client-server API, `GET /timestamp_to_event`).
///
/// Events of a room stand in the order in which they came, which is nearly that of their
/// timestamps; an index of those would cost each event a page. So the place is found by halving the
/// room, and the events around it decide.
public final class ClosestEvent {
    private static final int HALVINGS_MAX = 64;
    private static final int AROUND = 200;

    private final RoomReader reader;
    private final EventStore events;

    public ClosestEvent(RoomReader reader, EventStore events) {
        this.reader = reader;
        this.events = events;
    }

    /// The event whose timestamp is next to `ts`: not before it when looking forwards, not after it
    /// when looking backwards.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_FORBIDDEN` if the user may not read
    ///     the room
    public Optional<StoredEvent> find(UserId user, RoomId room, long ts, Direction direction) {
        RoomReader.Access access = reader.access(user, room);
        long place = place(access, ts);
        List<StoredEvent> around = new ArrayList<>();
        long last = EventStore.ordinal(access.upTo());
        Range before = new Range(Long.MIN_VALUE, place);
        around.addAll(events.read(access.room(), before, Direction.BACKWARDS, AROUND));
        Range behind = new Range(place, Math.max(place, last));
        around.addAll(events.read(access.room(), behind, Direction.FORWARDS, AROUND));
        around.removeIf(event -> !access.visibility().shows(event));
        Comparator<StoredEvent> inTime =
                Comparator.comparingLong(StoredEvent::originServerTs)
                        .thenComparingLong(StoredEvent::ordinal);
        return direction == Direction.FORWARDS
                ? around.stream().filter(it -> it.originServerTs() >= ts).min(inTime)
                : around.stream().filter(it -> it.originServerTs() <= ts).max(inTime);
    }

    /// An ordinal behind which the events are not older than `ts`, and up to which they are, as far
    /// as they are in order.
    private long place(RoomReader.Access access, long ts) {
        long low = access.room().number() - 1;
        long high = access.upTo();
        for (int i = 0; i < HALVINGS_MAX && low < high; i++) {
            long middle = low + (high - low) / 2;
            List<StoredEvent> next =
                    events.read(
                            access.room(), Range.ofPositions(middle, high), Direction.FORWARDS, 1);
            if (next.isEmpty() || next.getFirst().originServerTs() >= ts) {
                high = middle;
            } else {
                low = Math.max(low + 1, next.getFirst().position());
            }
        }
        return EventStore.ordinal(low);
    }
}
