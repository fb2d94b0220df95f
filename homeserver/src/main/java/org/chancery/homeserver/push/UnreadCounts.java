package org.chancery.homeserver.push;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.homeserver.ephemeral.OwnReceipts;
import org.chancery.homeserver.ephemeral.Receipt;
import org.chancery.homeserver.ephemeral.Threads;
import org.chancery.homeserver.events.EventFlags;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.EventStore.Range;
import org.chancery.homeserver.events.RecentEvents;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateChange;
import org.chancery.homeserver.events.StateHistory;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.pushrules.Actions;
import org.chancery.protocol.pushrules.RuleSet;
import org.jspecify.annotations.Nullable;

/// How many events a user has not read (client-server API, "Receiving notifications").
///
/// # Life of a count
/// For each user and room that somebody looks at, the places of the events that notify are kept by
/// thread, in order. When the user looks again, only events that came since are put to the rules; a
/// receipt cuts the lists by binary search. What a user sends counts as read in its thread, and
/// what
/// is redacted counts no more. The rules of the time of looking decide, not those of the time of
/// sending.
///
/// What is not kept is worked out anew from behind the last receipt, but from no more than the last
/// 1,000 events of the room: a number beyond that says nothing more to anybody.
public final class UnreadCounts {
    private static final int SCANNED_MAX = 1_000;
    private static final int KEPT_MAX = 100_000;
    private static final int PLACES_MAX = 2 * SCANNED_MAX;

    private record Key(UserId user, long room) {}

    /// One user's view of one room.
    private static final class View {
        final ReentrantLock lock = new ReentrantLock();
        final Map<String, Positions> notifying = new HashMap<>();
        final Map<String, Positions> highlighting = new HashMap<>();
        final Map<String, Long> ownLast = new HashMap<>();

        /// The place up to which events have been looked at; nothing before `begin` counts.
        long lookedAt = -1;

        long begin;
        @Nullable String displayName;
        long namedAt = -1;

        void forget() {
            notifying.clear();
            highlighting.clear();
            ownLast.clear();
            lookedAt = -1;
        }
    }

    private final RecentEvents recent;
    private final EventStore events;
    private final StateStore states;
    private final OwnReceipts receipts;
    private final PushRules rules;
    private final RoomFacts facts;
    private final Threads threads;
    private final Cache<Key, View> views = Caffeine.newBuilder().maximumSize(KEPT_MAX).build();

    public UnreadCounts(
            RecentEvents recent,
            EventStore events,
            StateStore states,
            StateHistory history,
            OwnReceipts receipts,
            PushRules rules) {
        this.recent = recent;
        this.events = events;
        this.states = states;
        this.receipts = receipts;
        this.rules = rules;
        this.facts = new RoomFacts(recent, events, states, history);
        this.threads = new Threads(events);
    }

    /// The user has come into the room anew; what was before counts no more.
    public void forget(UserId user, RoomRef room) {
        views.invalidate(new Key(user, room.number()));
    }

    /// What the user, who is in the room, has not read of it at a position.
    public Unread of(UserId user, RoomRef room, long position) {
        View view = views.get(new Key(user, room.number()), _ -> new View());
        Map<String, Long> read = new HashMap<>();
        for (Receipt receipt : receipts.of(room, user)) {
            read.merge(receipt.thread().orElse(""), receipt.eventOrdinal(), Math::max);
        }
        long readAll = read.getOrDefault("", 0L);
        view.lock.lock();
        try {
            lookOn(view, user, room, position, readAll);
            return count(view, read, Math.max(readAll, view.begin), EventStore.ordinal(position));
        } finally {
            view.lock.unlock();
        }
    }

    private static Unread count(View view, Map<String, Long> read, long readAll, long upTo) {
        Unread.Count main = Unread.Count.NONE;
        Map<String, Unread.Count> byThread = new HashMap<>();
        for (var entry : view.notifying.entrySet()) {
            String thread = entry.getKey();
            long after = Math.max(readAll, read.getOrDefault(thread, 0L));
            after = Math.max(after, view.ownLast.getOrDefault(thread, 0L));
            Positions highlights = view.highlighting.get(thread);
            Unread.Count count =
                    new Unread.Count(
                            entry.getValue().count(after, upTo),
                            highlights == null ? 0 : highlights.count(after, upTo));
            if (thread.equals(Receipt.MAIN)) {
                main = count;
            } else if (!count.isNone()) {
                byThread.put(thread, count);
            }
        }
        return new Unread(main, byThread);
    }

    /// Puts to the rules what came since the last look.
    private void lookOn(View view, UserId user, RoomRef room, long position, long readAll) {
        long upTo = EventStore.ordinal(position);
        if (view.lookedAt >= upTo) {
            return;
        }
        if (view.lookedAt < 0) {
            view.begin = joined(user, room);
        }
        long after = Math.max(Math.max(view.lookedAt, view.begin), view.lookedAt < 0 ? readAll : 0);
        List<StoredEvent> came = recent.latest(room, new Range(after, upTo), SCANNED_MAX);
        if (came.size() == SCANNED_MAX && view.lookedAt >= 0) {
            view.forget(); // What lies between would be missing; the oldest counts no more.
            view.begin = came.getLast().ordinal();
        }
        RuleSet own = rules.of(user);
        for (StoredEvent event : came.reversed()) {
            if (EventFlags.isNews(event.flags()) && event.position() <= position) {
                look(view, user, own, event, position);
            }
        }
        view.lookedAt = upTo;
    }

    private void look(View view, UserId user, RuleSet own, StoredEvent event, long position) {
        if (event.type().equals(EventType.REDACTION)) {
            redacted(view, event);
        }
        if (event.sender().equals(user)) {
            view.ownLast.put(threads.of(event), event.ordinal());
            return;
        }
        if (event.redactedBy().isPresent()) {
            return;
        }
        long changed = facts.changed(event.room(), position);
        if (view.namedAt != changed) {
            view.displayName = facts.displayName(event.room(), user);
            view.namedAt = changed;
        }
        Actions actions = own.evaluate(facts.pushed(event, position), view.displayName);
        if (actions.notifies()) {
            String thread = threads.of(event);
            add(view.notifying, thread, event.ordinal());
            if (actions.highlights()) {
                add(view.highlighting, thread, event.ordinal());
            }
        }
    }

    private static void add(Map<String, Positions> byThread, String thread, long place) {
        Positions places = byThread.computeIfAbsent(thread, _ -> new Positions());
        places.add(place);
        places.keepLast(PLACES_MAX);
    }

    private void redacted(View view, StoredEvent redaction) {
        Optional<Long> target =
                redaction
                        .event()
                        .string("redacts")
                        .or(() -> redaction.content().string("redacts"))
                        .flatMap(UnreadCounts::id)
                        .flatMap(events::event)
                        .filter(event -> event.redactedBy().isPresent())
                        .map(StoredEvent::ordinal);
        target.ifPresent(
                place -> {
                    view.notifying.values().forEach(places -> places.remove(place));
                    view.highlighting.values().forEach(places -> places.remove(place));
                });
    }

    private static Optional<EventId> id(String text) {
        try {
            return Optional.of(EventId.parse(text));
        } catch (MalformedId e) {
            return Optional.empty();
        }
    }

    /// The place where the user last came into the room.
    private long joined(UserId user, RoomRef room) {
        long joined = 0;
        boolean in = false;
        for (StateChange change : states.history(room, StateKey.member(user))) {
            boolean isJoin = change.membership().filter("join"::equals).isPresent();
            if (isJoin && !in) {
                joined = EventStore.ordinal(change.position());
            }
            in = isJoin;
        }
        return joined;
    }
}
