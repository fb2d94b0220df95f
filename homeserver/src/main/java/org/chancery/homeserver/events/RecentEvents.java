package org.chancery.homeserver.events;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.chancery.homeserver.events.EventStore.Direction;
import org.chancery.homeserver.events.EventStore.Range;

/// The latest events of the rooms written lately, and what they changed of the state. Whoever is up
/// to date reads here what came since, and no table: the same events are shared by all readers of
/// the room.
///
/// The committer adds what a batch wrote when it is on the disk and before its position is
/// published; so below [org.chancery.homeserver.kernel.Journal#durable] a tail of a room is whole
/// from its beginning on. What lies before it is read from the store, as is everything of a room
/// without a tail.
public final class RecentEvents {
    private static final int EVENTS_PER_ROOM_MAX = 64;
    private static final long BYTES_MAX = 48L * 1024 * 1024;
    private static final int EVENT_BYTES = 400; // What an event takes besides its text.

    /// @param after the position behind which the lists are whole
    /// @param text how many bytes the texts of the events have, counted along as a tail is weighed
    ///     at each event
    private record Tail(
            long after, List<StoredEvent> events, List<StateChange> changes, long text) {
        private static final Tail NONE = new Tail(-1, List.of(), List.of(), 0);

        /// The latest `limit` of the range, the newest first.
        List<StoredEvent> latest(Range range, int limit) {
            List<StoredEvent> latest = new ArrayList<>();
            for (StoredEvent event : events.reversed()) {
                if (event.ordinal() <= range.after() || latest.size() == limit) {
                    break;
                }
                if (event.ordinal() <= range.upTo()) {
                    latest.add(event);
                }
            }
            return latest;
        }

        List<StateChange> changes(long after, long upTo) {
            if (changes.isEmpty() || changes.getLast().position() <= after) {
                return List.of();
            }
            return changes.stream()
                    .filter(change -> change.position() > after && change.position() <= upTo)
                    .toList();
        }

        /// Without the oldest events, if there are too many.
        Tail trimmed() {
            int excess = events.size() - EVENTS_PER_ROOM_MAX;
            if (excess <= 0) {
                return this;
            }
            List<StoredEvent> old = events.subList(0, excess);
            long later = old.getLast().position();
            return new Tail(
                    later,
                    List.copyOf(events.subList(excess, events.size())),
                    changes(later, Long.MAX_VALUE),
                    text - bytes(old));
        }

        int weight() {
            return Math.toIntExact(text + (1L + events.size() + changes.size()) * EVENT_BYTES);
        }
    }

    private final EventStore events;
    private final StateStore states;
    private final Cache<Long, Tail> tails =
            Caffeine.newBuilder()
                    .executor(Runnable::run)
                    .maximumWeight(BYTES_MAX)
                    .weigher((Long _, Tail tail) -> tail.weight())
                    .build();

    /// Of a log that is only read.
    public RecentEvents(EventStore events, StateStore states) {
        this.events = events;
        this.states = states;
    }

    /// At most `limit` events of a room that clients may be shown, the newest first.
    public List<StoredEvent> latest(RoomRef room, Range range, int limit) {
        Tail tail = tails.getIfPresent(room.number());
        if (tail != null) {
            List<StoredEvent> latest = tail.latest(range, limit);
            if (latest.size() == limit || range.after() >= EventStore.ordinal(tail.after)) {
                return latest;
            }
        }
        return events.read(room, range, Direction.BACKWARDS, limit);
    }

    /// The changes of the state within `(after, upTo]`, in order.
    public List<StateChange> changes(RoomRef room, long after, long upTo) {
        Tail tail = tails.getIfPresent(room.number());
        return tail != null && after >= tail.after
                ? tail.changes(after, upTo)
                : states.changes(room, after, upTo);
    }

    /// A run has become durable; told by the committer, in the order of positions.
    ///
    /// @param changes what the run changed of the state
    void appended(Append append, List<StateChange> changes) {
        RoomRef room = append.room();
        long first = append.steps().getFirst().event().event().position();
        Tail known = tails.getIfPresent(room.number());
        Tail before = known == null ? Tail.NONE : known;
        List<StoredEvent> events = new ArrayList<>(before.events);
        long text = before.text;
        for (Append.Step step : append.steps()) {
            NewEvent event = step.event();
            if (step.redacts().isPresent()) {
                redact(events, step.redacts().get(), event.event().position());
                text = bytes(events);
            }
            if (EventFlags.isShown(event.flags())) {
                StoredEvent stored = stored(event);
                events.add(stored);
                text += stored.json().length;
            }
        }
        List<StateChange> all = new ArrayList<>(before.changes);
        all.addAll(changes);
        long after = known == null ? first - 1 : known.after;
        tails.put(room.number(), new Tail(after, events, all, text).trimmed());
    }

    private static long bytes(List<StoredEvent> events) {
        long bytes = 0;
        for (StoredEvent event : events) {
            bytes += event.json().length;
        }
        return bytes;
    }

    private static StoredEvent stored(NewEvent event) {
        long position = event.event().position();
        return new StoredEvent(
                position,
                event.room(),
                EventStore.ordinal(position),
                event.event().id(),
                new StoredEvent.Facts(
                        event.flags(),
                        OptionalLong.empty(),
                        event.transaction().map(TransactionText::of).orElse(null)),
                event.shown());
    }

    private static void redact(List<StoredEvent> events, Append.Redacted redacted, long position) {
        long target = redacted.target().position();
        events.replaceAll(
                event ->
                        event.position() == target
                                ? event.redacted(position, redacted.shown().bytes())
                                : event);
    }
}
