package org.chancery.homeserver.sync;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.StateRow;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// What somebody who is invited or knocks is told of the room (client-server API, "Stripped
/// state"):
/// what names it, how one gets in, and who invites.
final class StrippedStream {
    private static final List<StateKey> TOLD =
            List.of(
                    StateKey.CREATE,
                    StateKey.JOIN_RULES,
                    new StateKey(EventType.NAME, ""),
                    new StateKey(EventType.AVATAR, ""),
                    new StateKey(EventType.TOPIC, ""),
                    new StateKey(EventType.CANONICAL_ALIAS, ""),
                    new StateKey(EventType.ENCRYPTION, ""));

    private final EventStore events;
    private final StateStore states;

    StrippedStream(EventStore events, StateStore states) {
        this.events = events;
        this.states = states;
    }

    /// The room as it was when the user was invited or knocked; empty if an ignored user invites.
    Optional<StrippedRoom> of(Stay stay, UserId user, Set<UserId> ignored) {
        Optional<StoredEvent> own =
                states.at(stay.room(), StateKey.member(user), stay.upTo()).flatMap(this::event);
        if (own.isEmpty() || ignored.contains(own.get().sender())) {
            return Optional.empty();
        }
        Set<StateKey> keys = new LinkedHashSet<>(TOLD);
        keys.add(StateKey.member(own.get().sender()));
        keys.add(StateKey.member(user));
        List<JsonObject> stripped = new ArrayList<>();
        for (StateKey key : keys) {
            states.at(stay.room(), key, stay.upTo())
                    .flatMap(this::event)
                    .ifPresent(event -> stripped.add(strip(event)));
        }
        return Optional.of(new StrippedRoom(stay.room(), stripped));
    }

    private Optional<StoredEvent> event(StateRow row) {
        return events.events(List.of(row.event().position())).stream().findFirst();
    }

    private static JsonObject strip(StoredEvent event) {
        return JsonObject.builder()
                .put("content", event.content())
                .put("sender", event.sender().toString())
                .put("state_key", event.stateKey().orElse(""))
                .put("type", event.type())
                .build();
    }
}
