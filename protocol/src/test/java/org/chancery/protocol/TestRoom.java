package org.chancery.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chancery.protocol.authrules.AuthEvents;
import org.chancery.protocol.authrules.AuthState;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonInteger;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/// A room whose events are written down by tests, with event IDs that can be read. Alice of `a`
/// made it. Signatures and hashes are empty: what is tested with it does not look at them.
public final class TestRoom {
    public static final UserId ALICE = UserId.parse("@alice:a");
    public static final UserId BOB = UserId.parse("@bob:b");
    public static final UserId CAROL = UserId.parse("@carol:c");
    public static final UserId DAVE = UserId.parse("@dave:a");

    private final RoomVersion version;
    private final Map<StateKey, Pdu> state;
    private final Map<EventId, Pdu> events;
    private List<EventId> heads;
    private long clock;

    private TestRoom(RoomVersion version, Map<StateKey, Pdu> state, Map<EventId, Pdu> events) {
        this.version = version;
        this.state = state;
        this.events = events;
        this.heads = List.of();
    }

    /// A room without any event.
    public static TestRoom empty(RoomVersion version) {
        return new TestRoom(version, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /// A room with its create event only.
    public static TestRoom created(RoomVersion version, String content) {
        var room = empty(version);
        return room.add(room.create(content));
    }

    /// A room as a server makes it: Alice joined with level 100 (as creator in version 12), and the
    /// join rule `invite`.
    public static TestRoom of(RoomVersion version) {
        var room = created(version, "{}").joined(ALICE);
        room.levels(room.version.creatorsPrivileged() ? "{}" : "{'users':{'@alice:a':100}}");
        return room.joinRule("invite");
    }

    public RoomVersion version() {
        return version;
    }

    public Map<StateKey, Pdu> state() {
        return Map.copyOf(state);
    }

    public Map<StateKey, EventId> stateIds() {
        var ids = new HashMap<StateKey, EventId>();
        state.forEach((key, event) -> ids.put(key, event.eventId()));
        return ids;
    }

    public AuthState authState() {
        return AuthState.of(state);
    }

    public Map<EventId, Pdu> events() {
        return events;
    }

    public Pdu at(StateKey key) {
        var event = state.get(key);
        if (event == null) {
            throw new AssertionError("the room has no " + key);
        }
        return event;
    }

    /// A copy that goes its own way; both share their events.
    public TestRoom branch() {
        var branch = new TestRoom(version, new LinkedHashMap<>(state), events);
        branch.heads = heads;
        branch.clock = clock;
        return branch;
    }

    /// Lets the room be as old as some moment.
    public TestRoom at(long time) {
        clock = time;
        return this;
    }

    /// Adds an event without asking any rule.
    public TestRoom add(Pdu event) {
        events.put(event.eventId(), event);
        var stateKey = event.stateKey();
        if (stateKey != null) {
            state.put(new StateKey(event.type(), stateKey), event);
        }
        heads = List.of(event.eventId());
        return this;
    }

    public TestRoom joined(UserId user) {
        return add(member(user, user, "join"));
    }

    public TestRoom membership(UserId user, String membership) {
        return add(member(ALICE, user, membership));
    }

    public TestRoom joinRule(String rule) {
        return add(stateEvent(ALICE, "m.room.join_rules", "", "{'join_rule':'" + rule + "'}"));
    }

    public TestRoom levels(String content) {
        return add(stateEvent(ALICE, "m.room.power_levels", "", content));
    }

    /// A create event by Alice; the content gains what the room version asks for.
    public Pdu create(String content) {
        var full = json(content);
        if (version.creatorInContent() && !full.has("creator")) {
            full = full.with("creator", ALICE.toString());
        }
        if (!full.has("room_version")) {
            full = full.with("room_version", version.id());
        }
        return event("create", ALICE, "m.room.create", "", full).prev().auth().build();
    }

    public Pdu member(UserId sender, UserId target, String membership) {
        return member(sender, target, membership, "{}");
    }

    public Pdu member(UserId sender, UserId target, String membership, String more) {
        return next(sender, "m.room.member", target.toString())
                .content(json(more).with("membership", membership))
                .build();
    }

    public Pdu stateEvent(UserId sender, String type, String key, String content) {
        return next(sender, type, key).content(json(content)).build();
    }

    public Pdu message(UserId sender) {
        return next(sender, "m.room.message", null).build();
    }

    /// An event with the next number as its name.
    public Event next(UserId sender, String type, @Nullable String stateKey) {
        return event(Integer.toString(events.size()), sender, type, stateKey, JsonObject.EMPTY);
    }

    /// An event of a chosen name, on top of the newest one and with the right auth events.
    public Event event(
            String name,
            UserId sender,
            String type,
            @Nullable String stateKey,
            JsonObject content) {
        return new Event(this, id(name), sender, type, stateKey, content);
    }

    public EventId id(String name) {
        return EventId.parse("$" + name + (version.referencesCarryHashes() ? ":a" : ""));
    }

    /// JSON in which single quotes stand for double ones.
    public static JsonObject json(String text) {
        return Json.parseObject(
                text.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /// An event in the making.
    public static final class Event {
        private final TestRoom room;
        private EventId id;
        private final UserId sender;
        private final String type;
        private final @Nullable String stateKey;
        private JsonObject content;
        private @Nullable List<EventId> prev;
        private @Nullable List<EventId> auth;
        private JsonObject more = JsonObject.EMPTY;

        private Event(
                TestRoom room,
                EventId id,
                UserId sender,
                String type,
                @Nullable String stateKey,
                JsonObject content) {
            this.room = room;
            this.id = id;
            this.sender = sender;
            this.type = type;
            this.stateKey = stateKey;
            this.content = content;
        }

        public Event content(JsonObject value) {
            content = value;
            return this;
        }

        public Event content(String text) {
            return content(json(text));
        }

        /// Gives the event an ID of its own.
        public Event named(String text) {
            id = EventId.parse(text);
            return this;
        }

        public Event prev(EventId... ids) {
            prev = List.of(ids);
            return this;
        }

        public Event auth(EventId... ids) {
            auth = List.of(ids);
            return this;
        }

        /// Adds or replaces a property of the event.
        public Event with(String name, JsonValue value) {
            more = more.with(name, value);
            return this;
        }

        public Event with(String name, String value) {
            return with(name, new JsonString(value));
        }

        public Event at(long time) {
            return with("origin_server_ts", new JsonInteger(time));
        }

        public Pdu build() {
            var previous = prev == null ? room.heads : prev;
            var json =
                    JsonObject.EMPTY.toBuilder()
                            .put("type", type)
                            .put("sender", sender.toString())
                            .put("content", content)
                            .put("depth", room.events.size() + 1L)
                            .put("origin_server_ts", room.clock++)
                            .put("prev_events", references(previous))
                            .put("auth_events", references(authEvents()))
                            .put("hashes", JsonObject.of("sha256", ""))
                            .put("signatures", JsonObject.EMPTY);
            if (stateKey != null) {
                json.put("state_key", stateKey);
            }
            if (!room.version.roomIdFromCreate()) {
                json.put("room_id", "!room:a");
            } else if (!type.equals("m.room.create")) {
                json.put("room_id", "!create");
            }
            if (room.version.referencesCarryHashes()) {
                json.put("event_id", id.value());
            }
            more.entries().forEach(entry -> json.put(entry.name(), entry.value()));
            return Pdu.restore(id, json.build(), room.version);
        }

        private List<EventId> authEvents() {
            if (auth != null) {
                return auth;
            }
            var selection = AuthEvents.select(room.version, sender, type, stateKey, content);
            return AuthEvents.in(room.authState(), selection).stream().map(Pdu::eventId).toList();
        }

        private JsonArray references(Collection<EventId> ids) {
            if (!room.version.referencesCarryHashes()) {
                return JsonArray.ofTexts(ids);
            }
            var pairs = new ArrayList<JsonValue>();
            for (var reference : ids) {
                pairs.add(
                        JsonArray.of(
                                new JsonString(reference.value()), JsonObject.of("sha256", "")));
            }
            return JsonArray.of(pairs);
        }
    }
}
