package org.chancery.homeserver.rooms;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateChange;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.event.Membership;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.visibility.HistoryVisibility;

/// What one user may see of one room (client-server API, "Room History Visibility").
///
/// The room's settings and the user's memberships are read once, as a timeline of changes; then
/// each event is judged by what stood before it. Both change rarely, so this is two short reads
/// whatever the number of events.
public final class RoomVisibility {
    private final UserId user;
    private final NavigableMap<Long, HistoryVisibility> settings = new TreeMap<>();
    private final NavigableMap<Long, Membership> memberships = new TreeMap<>();
    private long lastJoin = Long.MIN_VALUE;

    private RoomVisibility(UserId user) {
        this.user = user;
    }

    /// Reads what is needed to judge the room's events for the user.
    public static RoomVisibility of(
            EventStore events, StateStore states, RoomRef room, UserId user) {
        RoomVisibility visibility = new RoomVisibility(user);
        List<StateChange> changes = states.history(room, StateKey.HISTORY_VISIBILITY);
        List<Long> positions = new ArrayList<>();
        changes.forEach(change -> change.event().ifPresent(positions::add));
        for (StoredEvent event : events.events(positions)) {
            visibility.settings.put(event.position(), HistoryVisibility.of(event.content()));
        }
        for (StateChange change : states.history(room, StateKey.member(user))) {
            visibility.put(
                    change.position(),
                    change.membership().flatMap(Membership::of).orElse(Membership.LEAVE));
        }
        return visibility;
    }

    private void put(long position, Membership membership) {
        memberships.put(position, membership);
        if (membership == Membership.JOIN) {
            lastJoin = Math.max(lastJoin, position);
        }
    }

    /// The user's membership just before a position.
    public Membership before(long position) {
        var entry = memberships.lowerEntry(position);
        return entry == null ? Membership.LEAVE : entry.getValue();
    }

    /// The user's membership just after a position.
    public Membership at(long position) {
        return before(position + 1);
    }

    /// The user's membership now; empty if he never had any.
    public Optional<Membership> now() {
        return memberships.isEmpty()
                ? Optional.empty()
                : Optional.of(memberships.lastEntry().getValue());
    }

    /// Where the user's membership became what it is now; zero if he never had any.
    public long since() {
        return memberships.isEmpty() ? 0 : memberships.lastKey();
    }

    /// Whether anyone may look into the room now.
    public boolean isWorldReadable() {
        return !settings.isEmpty()
                && settings.lastEntry().getValue() == HistoryVisibility.WORLD_READABLE;
    }

    /// Whether the user may see the event.
    public boolean shows(StoredEvent event) {
        long position = event.position();
        if (isOwnMembership(event)) {
            return true; // Whoever is invited, joins, leaves or is put out sees that much.
        }
        HistoryVisibility set = settings.get(position); // By this very event, if at all.
        return allowed(setting(position), position) || (set != null && allowed(set, position));
    }

    private boolean isOwnMembership(StoredEvent event) {
        return memberships.containsKey(event.position())
                && event.stateKey().filter(user.toString()::equals).isPresent();
    }

    private HistoryVisibility setting(long position) {
        var entry = settings.lowerEntry(position);
        return entry == null ? HistoryVisibility.SHARED : entry.getValue();
    }

    private boolean allowed(HistoryVisibility setting, long position) {
        return setting.shows(before(position), position <= lastJoin);
    }
}
