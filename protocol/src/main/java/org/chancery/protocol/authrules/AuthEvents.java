package org.chancery.protocol.authrules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/// Which state an event must cite as its auth events (Server-Server API, "Auth events selection").
public final class AuthEvents {
    private AuthEvents() {}

    /// The keys of the state that an event cites, so far as the room has them; in a fixed order.
    public static List<StateKey> select(
            RoomVersion version,
            UserId sender,
            String type,
            @Nullable String stateKey,
            JsonObject content) {
        if (type.equals(EventType.CREATE)) {
            return List.of();
        }
        Set<StateKey> keys = new LinkedHashSet<>();
        if (!version.roomIdFromCreate()) {
            keys.add(StateKey.CREATE);
        }
        keys.add(StateKey.POWER_LEVELS);
        keys.add(StateKey.member(sender));
        if (type.equals(EventType.MEMBER) && stateKey != null) {
            forMember(version, stateKey, content, keys);
        }
        return List.copyOf(keys);
    }

    public static List<StateKey> select(Pdu event) {
        return select(
                event.version(), event.sender(), event.type(), event.stateKey(), event.content());
    }

    /// The events of that selection that the room has.
    public static List<Pdu> in(AuthState state, List<StateKey> selection) {
        var events = new ArrayList<Pdu>(selection.size());
        for (var key : selection) {
            var event = state.get(key);
            if (event != null) {
                events.add(event);
            }
        }
        return events;
    }

    private static void forMember(
            RoomVersion version, String target, JsonObject content, Set<StateKey> keys) {
        var membership = content.string("membership").orElse("");
        keys.add(StateKey.member(target));
        switch (membership) {
            case "join" -> {
                keys.add(StateKey.JOIN_RULES);
                if (version.restrictedJoins()) {
                    content.string(MemberRules.AUTHORISER)
                            .ifPresent(user -> keys.add(StateKey.member(user)));
                }
            }
            case "invite" -> {
                keys.add(StateKey.JOIN_RULES);
                inviteToken(content)
                        .ifPresent(
                                token ->
                                        keys.add(
                                                new StateKey(EventType.THIRD_PARTY_INVITE, token)));
            }
            case "knock" -> keys.add(StateKey.JOIN_RULES);
            default -> {} // Leaving and banning do not depend on the join rules.
        }
    }

    private static Optional<String> inviteToken(JsonObject content) {
        return content.object("third_party_invite")
                .flatMap(invite -> invite.object("signed"))
                .flatMap(signed -> signed.string("token"));
    }
}
