package org.chancery.homeserver.push;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RecentEvents;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateChange;
import org.chancery.homeserver.events.StateHistory;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.authrules.PowerLevels;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.pushrules.PushedEvent;
import org.jspecify.annotations.Nullable;

/// What push rules may ask of a room besides the event: how many are in it, who has which power,
/// and
/// what the user is called there. It is kept until the room's members or power levels change.
final class RoomFacts {
    private static final int ROOMS_MAX = 10_000;

    /// @param position up to here the facts are known to hold
    /// @param changed where they last changed
    private record Facts(
            long position,
            long changed,
            int joined,
            PowerLevels levels,
            JsonObject notificationLevels) {

        Facts upTo(long later) {
            return new Facts(later, changed, joined, levels, notificationLevels);
        }
    }

    private final RecentEvents recent;
    private final EventStore events;
    private final StateStore states;
    private final StateHistory history;
    private final Cache<Long, Facts> rooms = Caffeine.newBuilder().maximumSize(ROOMS_MAX).build();

    RoomFacts(RecentEvents recent, EventStore events, StateStore states, StateHistory history) {
        this.recent = recent;
        this.events = events;
        this.states = states;
        this.history = history;
    }

    /// Where members or power levels of the room last changed, as seen at a position.
    long changed(RoomRef room, long position) {
        return facts(room, position).changed;
    }

    /// The event as the rules see it.
    PushedEvent pushed(StoredEvent event, long position) {
        Facts facts = facts(event.room(), position);
        return new PushedEvent(
                event.event()
                        .with("event_id", event.id().value())
                        .with("room_id", event.room().id().value()),
                facts.joined,
                facts.levels.of(event.sender()),
                facts.notificationLevels);
    }

    /// What the user is called in the room.
    @Nullable String displayName(RoomRef room, UserId user) {
        return event(room, StateKey.member(user))
                .flatMap(member -> member.content().string("displayname"))
                .orElse(null);
    }

    private Facts facts(RoomRef room, long position) {
        Facts known = rooms.getIfPresent(room.number());
        if (known != null && known.position >= position) {
            return known;
        }
        Facts next =
                known == null
                                || recent.changes(room, known.position, position).stream()
                                        .anyMatch(RoomFacts::matters)
                        ? read(room, position)
                        : known.upTo(position);
        rooms.put(room.number(), next);
        return next;
    }

    private static boolean matters(StateChange change) {
        return change.key().type().equals(EventType.MEMBER)
                || change.key().equals(StateKey.POWER_LEVELS);
    }

    private Facts read(RoomRef room, long position) {
        Optional<Pdu> levels = pdu(room, StateKey.POWER_LEVELS);
        Optional<Pdu> create = pdu(room, StateKey.CREATE);
        long joined = history.memberCounts(room).getOrDefault("join", 0L);
        return new Facts(
                position,
                position,
                (int) Math.min(joined, Integer.MAX_VALUE),
                PowerLevels.of(room.version(), levels.orElse(null), create.orElse(null)),
                levels.flatMap(it -> it.content().object("notifications"))
                        .orElse(JsonObject.EMPTY));
    }

    private Optional<Pdu> pdu(RoomRef room, StateKey key) {
        return states.current(room, key)
                .map(row -> events.pdus(List.of(row.event().position())).getFirst());
    }

    private Optional<StoredEvent> event(RoomRef room, StateKey key) {
        return states.current(room, key)
                .flatMap(
                        row -> events.events(List.of(row.event().position())).stream().findFirst());
    }
}
