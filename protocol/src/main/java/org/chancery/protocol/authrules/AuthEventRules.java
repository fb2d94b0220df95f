package org.chancery.protocol.authrules;

import static org.chancery.protocol.authrules.Verdict.denied;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;

/// 3 Considering the event's `auth_events`.
final class AuthEventRules {
    private AuthEventRules() {}

    static Verdict rule3(Pdu event, Collection<? extends JudgedPdu> authEvents) {
        var selection = Set.copyOf(AuthEvents.select(event));
        var seen = new HashSet<StateKey>();
        for (var auth : authEvents) {
            var verdict = entry(event, auth, selection, seen);
            if (!verdict.isAllowed()) {
                return verdict;
            }
        }
        if (!event.version().roomIdFromCreate() && !seen.contains(StateKey.CREATE)) {
            return denied("3.4", "the auth events lack the create event");
        }
        return Verdict.allowed();
    }

    private static Verdict entry(
            Pdu event, JudgedPdu auth, Set<StateKey> selection, Set<StateKey> seen) {
        var pdu = auth.pdu();
        var place = pdu.place();
        if (place.isPresent() && !seen.add(place.get())) {
            return denied("3.1", "two auth events have the same type and state key");
        }
        if (place.isEmpty() || !selection.contains(place.get())) {
            return denied("3.2", "an auth event is none that this event may cite");
        }
        if (auth.rejected()) {
            return denied("3.3", "an auth event was rejected");
        }
        if (!pdu.roomId().equals(event.roomId())) {
            return denied("3.5", "an auth event is of another room");
        }
        return Verdict.allowed();
    }
}
