package org.chancery.homeserver.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateHistory;
import org.chancery.homeserver.events.StateRow;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Rooms in short, for who is in them or might come in (client-server API,
/// `GET /room_summary`, and what `GET /hierarchy` shows of a room).
public final class RoomSummaries {
    private static final List<String> SHOWN =
            List.of(
                    EventType.CREATE,
                    EventType.NAME,
                    EventType.TOPIC,
                    EventType.AVATAR,
                    EventType.CANONICAL_ALIAS,
                    EventType.JOIN_RULES,
                    EventType.HISTORY_VISIBILITY,
                    EventType.GUEST_ACCESS,
                    EventType.ENCRYPTION);
    private static final Set<String> OPEN = Set.of("public", "knock", "knock_restricted");
    private static final int ALLOWED_MAX = 100;

    private final EventStore events;
    private final StateStore states;
    private final StateHistory history;
    private final Journal journal;

    public RoomSummaries(
            EventStore events, StateStore states, StateHistory history, Journal journal) {
        this.events = events;
        this.states = states;
        this.history = history;
        this.journal = journal;
    }

    /// A room in short.
    ///
    /// @param entry what strangers are shown as well
    /// @param allowed the rooms whose members may join, where the room is restricted to them
    /// @param membership that of who asks, if he ever had any
    public record Summary(
            RoomRef room,
            PublicRooms.Entry entry,
            List<String> allowed,
            Optional<String> membership) {
        public Summary {
            allowed = List.copyOf(allowed);
        }

        /// The type of the room; empty for a plain one.
        Optional<String> type() {
            return entry.text(EventType.CREATE, "type");
        }
    }

    /// The summary, if the user may have it: he is in the room or invited, may join or knock, or
    /// the
    /// world may read it.
    public Optional<Summary> find(UserId user, RoomId id) {
        return events.room(id).flatMap(room -> find(user, room));
    }

    private Optional<Summary> find(UserId user, RoomRef room) {
        Map<String, JsonObject> state = state(room);
        Optional<String> membership =
                states.current(room, StateKey.member(user)).flatMap(StateRow::membership);
        long members = history.memberCounts(room).getOrDefault("join", 0L);
        Summary summary =
                new Summary(
                        room,
                        new PublicRooms.Entry(room.id(), members, state),
                        allowed(state),
                        membership);
        return mayKnow(user, summary) ? Optional.of(summary) : Optional.empty();
    }

    private boolean mayKnow(UserId user, Summary summary) {
        String membership = summary.membership.orElse("leave");
        if (membership.equals("join") || membership.equals("invite")) {
            return true;
        }
        String rule = summary.entry.text(EventType.JOIN_RULES, "join_rule").orElse("invite");
        return OPEN.contains(rule)
                || isWorldReadable(summary)
                || (rule.equals("restricted") && isInOneOf(user, summary.allowed));
    }

    private static boolean isWorldReadable(Summary summary) {
        return summary.entry
                .text(EventType.HISTORY_VISIBILITY, "history_visibility")
                .filter("world_readable"::equals)
                .isPresent();
    }

    private boolean isInOneOf(UserId user, List<String> rooms) {
        return !rooms.isEmpty()
                && states.rooms(user, journal.durable()).stream()
                        .filter(RoomMembership::isJoined)
                        .anyMatch(it -> rooms.contains(it.room().id().value()));
    }

    private static List<String> allowed(Map<String, JsonObject> state) {
        JsonObject rules = state.getOrDefault(EventType.JOIN_RULES, JsonObject.EMPTY);
        String rule = rules.string("join_rule").orElse("");
        if (!rule.equals("restricted") && !rule.equals("knock_restricted")) {
            return List.of();
        }
        return rules.array("allow").stream()
                .flatMap(allow -> allow.objects().stream())
                .filter(it -> it.string("type").filter("m.room_membership"::equals).isPresent())
                .flatMap(it -> it.string("room_id").stream())
                .limit(ALLOWED_MAX)
                .toList();
    }

    private Map<String, JsonObject> state(RoomRef room) {
        List<Long> positions = new ArrayList<>();
        for (String type : SHOWN) {
            states.current(room, new StateKey(type, ""))
                    .ifPresent(row -> positions.add(row.event().position()));
        }
        Map<String, JsonObject> state = new HashMap<>();
        for (StoredEvent event : events.events(positions)) {
            state.put(event.type(), event.content());
        }
        return state;
    }
}
