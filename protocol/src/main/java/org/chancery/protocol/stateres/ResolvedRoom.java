package org.chancery.protocol.stateres;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.chancery.protocol.authrules.AuthRules;
import org.chancery.protocol.authrules.AuthState;
import org.chancery.protocol.authrules.JudgedPdu;
import org.chancery.protocol.authrules.PowerLevels;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/// The room during one resolution: its events, each fetched once, and the power levels parsed from
/// them.
final class ResolvedRoom {
    private final AuthRules rules;
    private final RoomVersion version;
    private final EventSource source;
    private final Map<EventId, Optional<JudgedPdu>> events = new HashMap<>();
    private final Map<LevelsOf, PowerLevels> levels = new HashMap<>();

    private record LevelsOf(@Nullable EventId powerLevels, @Nullable EventId create) {}

    ResolvedRoom(AuthRules rules, RoomVersion version, EventSource source) {
        this.rules = rules;
        this.version = version;
        this.source = source;
    }

    /// The event, rejected or not; null if unknown.
    @Nullable Pdu event(EventId id) {
        var event = judged(id);
        return event == null ? null : event.pdu();
    }

    /// The event of that key among the auth events of an event, rejected or not. The create event
    /// is
    /// reached through the room ID where events do not cite it.
    @Nullable Pdu authEvent(Pdu event, StateKey key) {
        var auth = judgedAuthEvent(event, key);
        return auth == null ? null : auth.pdu();
    }

    private @Nullable JudgedPdu judgedAuthEvent(Pdu event, StateKey key) {
        if (key.equals(StateKey.CREATE) && version.roomIdFromCreate()) {
            return judged(new EventId("$" + event.roomId().value().substring(1)));
        }
        for (var id : event.authEvents()) {
            var auth = judged(id);
            if (auth != null
                    && key.type().equals(auth.pdu().type())
                    && key.key().equals(auth.pdu().stateKey())) {
                return auth;
            }
        }
        return null;
    }

    /// The level of the event's sender, as its auth events have it.
    long senderLevel(Pdu event) {
        return levels(authEvent(event, StateKey.POWER_LEVELS), authEvent(event, StateKey.CREATE))
                .of(event.sender());
    }

    /// Whether the rules allow an event in a state; where the state lacks a key, the event's own
    /// auth events stand in, unless rejected. That is the only step of the algorithm that asks
    /// whether
    /// an event was rejected: servers may differ in what they rejected, and the orders must not.
    boolean allows(Pdu event, Map<StateKey, EventId> state, boolean fillFromAuthEvents) {
        return rules.judge(event, new View(event, state, fillFromAuthEvents)).isAllowed();
    }

    private final class View implements AuthState {
        private final Pdu event;
        private final Map<StateKey, EventId> state;
        private final boolean fill;

        private View(Pdu event, Map<StateKey, EventId> state, boolean fill) {
            this.event = event;
            this.state = state;
            this.fill = fill;
        }

        @Override
        public @Nullable Pdu get(StateKey key) {
            var id = state.get(key);
            if (id != null) {
                return event(id);
            }
            var auth = fill ? judgedAuthEvent(event, key) : null;
            return auth == null || auth.rejected() ? null : auth.pdu();
        }

        @Override
        public PowerLevels powerLevels(RoomVersion ofRoom) {
            return levels(get(StateKey.POWER_LEVELS), get(StateKey.CREATE));
        }
    }

    private PowerLevels levels(@Nullable Pdu powerLevels, @Nullable Pdu create) {
        var key =
                new LevelsOf(
                        powerLevels == null ? null : powerLevels.eventId(),
                        create == null ? null : create.eventId());
        return levels.computeIfAbsent(key, _ -> PowerLevels.of(version, powerLevels, create));
    }

    private @Nullable JudgedPdu judged(EventId id) {
        return Objects.requireNonNull(
                        events.computeIfAbsent(id, key -> Optional.ofNullable(source.get(key))))
                .orElse(null);
    }
}
