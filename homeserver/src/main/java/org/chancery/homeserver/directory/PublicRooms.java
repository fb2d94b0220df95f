package org.chancery.homeserver.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateRow;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;

/// The published rooms of this server, the largest first (client-server API, `/publicRooms`).
public final class PublicRooms {
    /// The most rooms of one page.
    public static final int PAGE_MAX = 500;

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final long CACHED_MAX = 10_000;

    private final Directory directory;
    private final EventStore events;
    private final StateStore states;
    private final Cache<RoomId, Map<String, JsonObject>> cache;

    public PublicRooms(
            Directory directory, EventStore events, StateStore states, InstantSource clock) {
        this.directory = directory;
        this.events = events;
        this.states = states;
        this.cache =
                Caffeine.newBuilder()
                        .maximumSize(CACHED_MAX)
                        .expireAfterWrite(FRESH)
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .build();
    }

    /// What strangers are shown of a room: its name, topic, avatar, alias, type, join rule.
    ///
    /// @param members how many have been counted as joined
    /// @param state the content of the state events that say so, by type
    public record Entry(RoomId room, long members, Map<String, JsonObject> state) {
        public Entry {
            state = Map.copyOf(state);
        }

        /// A string in the content of a state event.
        public Optional<String> text(String type, String name) {
            return Optional.ofNullable(state.get(type)).flatMap(content -> content.string(name));
        }
    }

    /// What is looked for.
    ///
    /// @param term in name, topic or alias, whatever the case; empty for all
    /// @param types the room types wanted, the empty string for none; empty for all
    public record Search(String term, Optional<List<String>> types) {
        boolean accepts(Entry entry) {
            String type = entry.text(EventType.CREATE, "type").orElse("");
            if (types.isPresent() && !types.get().contains(type)) {
                return false;
            }
            String wanted = term.toLowerCase(Locale.ROOT);
            return wanted.isEmpty()
                    || contains(entry.text(EventType.NAME, "name"), wanted)
                    || contains(entry.text(EventType.TOPIC, "topic"), wanted)
                    || contains(entry.text(EventType.CANONICAL_ALIAS, "alias"), wanted);
        }

        private static boolean contains(Optional<String> text, String wanted) {
            return text.filter(it -> it.toLowerCase(Locale.ROOT).contains(wanted)).isPresent();
        }
    }

    /// The published rooms that match, the largest first. [MemberCounts] counts the members, a
    /// moment behind the log.
    public List<Entry> find(Search search) {
        List<Entry> found = new ArrayList<>();
        for (DirectoryStore.Published each : directory.published()) {
            Map<String, JsonObject> state = cache.get(each.room(), this::state);
            Entry entry = new Entry(each.room(), members(each), state);
            if (search.accepts(entry)) {
                found.add(entry);
            }
        }
        return found;
    }

    /// A room that nobody has counted yet is counted here, so that a new one does not look empty.
    private long members(DirectoryStore.Published listed) {
        if (listed.members() > 0) {
            return listed.members();
        }
        RoomRef room = events.room(listed.room()).orElseThrow();
        return states.members(room, Optional.of("join")).size();
    }

    private Map<String, JsonObject> state(RoomId id) {
        RoomRef room = events.room(id).orElseThrow();
        Map<String, JsonObject> state = new HashMap<>();
        List<Long> positions = new ArrayList<>();
        for (String type : SHOWN) {
            states.current(room, new StateKey(type, ""))
                    .map(StateRow::event)
                    .ifPresent(event -> positions.add(event.position()));
        }
        for (StoredEvent event : events.events(positions)) {
            state.put(event.type(), event.content());
        }
        return Map.copyOf(state);
    }

    private static final List<String> SHOWN =
            List.of(
                    EventType.CREATE,
                    EventType.NAME,
                    EventType.TOPIC,
                    EventType.AVATAR,
                    EventType.CANONICAL_ALIAS,
                    EventType.JOIN_RULES,
                    EventType.HISTORY_VISIBILITY,
                    EventType.GUEST_ACCESS);
}
