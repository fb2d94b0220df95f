package org.chancery.protocol.authrules;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.chancery.protocol.event.Membership;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/// The state of a room that an event is judged against: the state before it, the current state, or
/// its auth events. It holds the create event in every room version, also where auth events do not.
///
/// Who judges many events against one state keeps one [Cached] of it, so that power levels are
/// parsed once.
public interface AuthState {
    @Nullable Pdu get(StateKey key);

    /// The room's power levels, for events of that version.
    default PowerLevels powerLevels(RoomVersion version) {
        return PowerLevels.of(version, get(StateKey.POWER_LEVELS), get(StateKey.CREATE));
    }

    /// The membership of a user; `leave` for one who never had any.
    default Membership membership(UserId user) {
        var event = get(StateKey.member(user));
        return event == null ? Membership.LEAVE : event.membership().orElse(Membership.LEAVE);
    }

    /// The room's join rule; `invite` where the state has none. What is no text is no rule that
    /// anyone knows, and reads as an empty one.
    default String joinRule() {
        var event = get(StateKey.JOIN_RULES);
        return switch (event == null ? null : event.content().get("join_rule")) {
            case null -> "invite";
            case JsonString(String rule) -> rule;
            default -> "";
        };
    }

    /// A state that keeps what it parsed. The map is copied.
    static AuthState of(Map<StateKey, Pdu> state) {
        var copy = Map.copyOf(state);
        return new Cached(copy::get);
    }

    /// The auth events of an event, and the create event, which those of version 12 do not hold.
    static AuthState ofAuthEvents(Pdu create, Collection<? extends JudgedPdu> authEvents) {
        var state = new HashMap<StateKey, Pdu>();
        for (var auth : authEvents) {
            auth.pdu().place().ifPresent(key -> state.put(key, auth.pdu()));
        }
        state.putIfAbsent(StateKey.CREATE, create);
        return of(state);
    }

    /// Remembers the power levels of an unchanging state. May be shared between threads: the parsed
    /// form is immutable, and at worst made twice.
    final class Cached implements AuthState {
        private final AuthState state;
        private volatile @Nullable PowerLevels powerLevels;

        public Cached(AuthState state) {
            this.state = state;
        }

        @Override
        public @Nullable Pdu get(StateKey key) {
            return state.get(key);
        }

        @Override
        public PowerLevels powerLevels(RoomVersion version) {
            var known = powerLevels;
            if (known == null) {
                known = AuthState.super.powerLevels(version);
                powerLevels = known;
            }
            return known;
        }
    }
}
