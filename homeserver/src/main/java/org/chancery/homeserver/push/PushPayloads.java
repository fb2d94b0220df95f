package org.chancery.homeserver.push;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RecentEvents;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateHistory;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.push.Pusher.Kind;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// What pushers are told (push gateway API, `POST /notify`; MSC4174 for browsers).
///
/// A browser is told in which chat something happened and how much is unread, never what was said
/// or
/// by whom.
public final class PushPayloads {
    private static final String EVENT_ID_ONLY = "event_id_only";
    private static final int CONTENT_BYTES_MAX = 4_096;
    private static final int NAME_LENGTH_MAX = 200;

    private final EventStore events;
    private final StateStore states;
    private final UnreadCounts counts;
    private final RoomFacts facts;
    private final Journal journal;

    public PushPayloads(
            RecentEvents recent,
            EventStore events,
            StateStore states,
            StateHistory history,
            UnreadCounts counts,
            Journal journal) {
        this.events = events;
        this.states = states;
        this.counts = counts;
        this.facts = new RoomFacts(recent, events, states, history);
        this.journal = journal;
    }

    /// How much a user has not read, over all rooms.
    long unread(UserId user) {
        long now = journal.durable();
        long unread = 0;
        for (RoomMembership membership : states.rooms(user, now)) {
            if (membership.isJoined()) {
                unread += counts.of(user, membership.room(), now).all().notifications();
            }
        }
        return unread;
    }

    /// Whether a sleeping device should wake up: for what is to make a sound or stand out, and for
    /// what cannot be judged here as it is encrypted.
    static boolean isUrgent(StoredEvent event, Notice notice) {
        return event.type().equals("m.room.encrypted")
                || notice.tweaks().has("sound")
                || notice.tweaks().isTrue("highlight");
    }

    /// Of an event.
    JsonObject ofEvent(Pusher pusher, StoredEvent event, Notice notice) {
        JsonObject told =
                JsonObject.of("event_id", event.id().value())
                        .with("room_id", event.room().id().value())
                        .with("prio", isUrgent(event, notice) ? "high" : "low")
                        .with("counts", counts(unread(pusher.user())));
        if (pusher.kind() == Kind.WEB_PUSH) {
            return roomName(event.room()).map(name -> told.with("room_name", name)).orElse(told);
        }
        boolean bare = pusher.data().string("format").filter(EVENT_ID_ONLY::equals).isPresent();
        return notification(
                pusher, bare ? told : withEvent(told, pusher.user(), event), notice.tweaks());
    }

    /// Of a number that is lower than before.
    JsonObject ofCounts(Pusher pusher, long unread) {
        return notification(pusher, JsonObject.of("counts", counts(unread)), JsonObject.EMPTY);
    }

    private JsonObject withEvent(JsonObject told, UserId user, StoredEvent event) {
        JsonObject.Builder more =
                told.toBuilder().put("type", event.type()).put("sender", event.sender().toString());
        String name = facts.displayName(event.room(), event.sender());
        if (name != null) {
            more.put("sender_display_name", name);
        }
        roomName(event.room()).ifPresent(it -> more.put("room_name", it));
        text(event.room(), "m.room.canonical_alias", "alias")
                .ifPresent(it -> more.put("room_alias", it));
        if (event.type().equals(EventType.MEMBER)) {
            more.put(
                    "user_is_target", event.stateKey().filter(user.toString()::equals).isPresent());
        }
        if (event.content().bytes().length <= CONTENT_BYTES_MAX) {
            more.put("content", event.content());
        }
        return more.build();
    }

    private static JsonObject notification(Pusher pusher, JsonObject told, JsonObject tweaks) {
        JsonObject device =
                JsonObject.of("app_id", pusher.key().appId())
                        .with("pushkey", pusher.key().pushkey())
                        .with("pushkey_ts", pusher.standing().setTs() / 1_000)
                        .with("data", pusher.data().without("url"))
                        .with("tweaks", tweaks);
        return JsonObject.of("notification", told.with("devices", new JsonArray(List.of(device))));
    }

    private static JsonObject counts(long unread) {
        return unread == 0 ? JsonObject.EMPTY : JsonObject.EMPTY.with("unread", unread);
    }

    private Optional<String> roomName(RoomRef room) {
        return text(room, "m.room.name", "name")
                .map(
                        name ->
                                name.codePointCount(0, name.length()) <= NAME_LENGTH_MAX
                                        ? name
                                        : name.substring(
                                                0, name.offsetByCodePoints(0, NAME_LENGTH_MAX)));
    }

    private Optional<String> text(RoomRef room, String type, String member) {
        return states.current(room, new StateKey(type, ""))
                .flatMap(row -> events.events(List.of(row.event().position())).stream().findFirst())
                .flatMap(event -> event.content().string(member))
                .filter(text -> !text.isEmpty());
    }
}
