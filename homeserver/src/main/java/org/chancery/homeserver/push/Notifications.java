package org.chancery.homeserver.push;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.chancery.homeserver.ephemeral.OwnReceipts;
import org.chancery.homeserver.ephemeral.Receipt;
import org.chancery.homeserver.ephemeral.Threads;
import org.chancery.homeserver.events.EventFlags;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.EventStore.Direction;
import org.chancery.homeserver.events.EventStore.Range;
import org.chancery.homeserver.events.RecentEvents;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateHistory;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.rooms.RoomVisibility;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.pushrules.Actions;
import org.chancery.protocol.pushrules.RuleSet;

/// The events of which a user was notified, the latest first (client-server API,
/// `GET /notifications`). Worked out when asked for, from the latest events of each of the user's
/// rooms, as nothing is kept of it.
public final class Notifications {
    public static final int PAGE_MAX = 100;

    /// So many events of each room are looked through for one page.
    private static final int SCANNED_MAX = 200;

    private final EventStore events;
    private final StateStore states;
    private final OwnReceipts receipts;
    private final PushRules rules;
    private final RoomFacts facts;
    private final Threads threads;
    private final Journal journal;

    public Notifications(
            RecentEvents recent,
            EventStore events,
            StateStore states,
            StateHistory history,
            OwnReceipts receipts,
            PushRules rules,
            Journal journal) {
        this.events = events;
        this.states = states;
        this.receipts = receipts;
        this.rules = rules;
        this.facts = new RoomFacts(recent, events, states, history);
        this.threads = new Threads(events);
        this.journal = journal;
    }

    /// One of them.
    ///
    /// @param read whether the user has read it
    public record Notification(StoredEvent event, JsonArray actions, boolean read) {}

    /// A page of them.
    ///
    /// @param next the position before which to go on; empty where the page is not full
    public record Page(List<Notification> notifications, OptionalLong next) {}

    /// The latest before a position.
    ///
    /// @param onlyHighlights whether only those are wanted that are to stand out
    public Page before(UserId user, OptionalLong from, int limit, boolean onlyHighlights) {
        long now = journal.durable();
        long upTo = Math.min(from.orElse(now + 1) - 1, now);
        int wanted = Math.clamp(limit, 1, PAGE_MAX);
        List<Notification> found = new ArrayList<>();
        for (RoomMembership membership : states.rooms(user, now)) {
            if (membership.isJoined()) {
                found.addAll(of(user, membership.room(), upTo, wanted, onlyHighlights));
            }
        }
        found.sort(Comparator.comparingLong((Notification it) -> it.event().position()).reversed());
        List<Notification> page = List.copyOf(found.subList(0, Math.min(wanted, found.size())));
        return new Page(
                page,
                page.size() < wanted
                        ? OptionalLong.empty()
                        : OptionalLong.of(page.getLast().event().position()));
    }

    private List<Notification> of(
            UserId user, RoomRef room, long upTo, int wanted, boolean onlyHighlights) {
        RuleSet own = rules.of(user);
        RoomVisibility visibility = RoomVisibility.of(events, states, room, user);
        String displayName = facts.displayName(room, user);
        Map<String, Long> read = new HashMap<>();
        for (Receipt receipt : receipts.of(room, user)) {
            read.merge(receipt.thread().orElse(""), receipt.eventOrdinal(), Math::max);
        }
        List<Notification> found = new ArrayList<>();
        for (StoredEvent event :
                events.read(room, Range.ofPositions(0, upTo), Direction.BACKWARDS, SCANNED_MAX)) {
            boolean counts =
                    EventFlags.isNews(event.flags())
                            && event.redactedBy().isEmpty()
                            && !event.sender().equals(user)
                            && visibility.shows(event);
            if (counts && found.size() < wanted) {
                Actions actions = own.evaluate(facts.pushed(event, journal.durable()), displayName);
                if (actions.notifies() && (!onlyHighlights || actions.highlights())) {
                    found.add(new Notification(event, actions.json(), isRead(event, read)));
                }
            }
        }
        return found;
    }

    private boolean isRead(StoredEvent event, Map<String, Long> read) {
        long all = read.getOrDefault("", 0L);
        return event.ordinal() <= all
                || event.ordinal() <= read.getOrDefault(threads.of(event), 0L);
    }
}
