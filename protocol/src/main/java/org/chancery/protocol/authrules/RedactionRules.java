package org.chancery.protocol.authrules;

import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.roomversion.RoomVersion;

/// Who may redact what: a rule of authorization in room versions 1 and 2, a condition for applying
/// the redaction since (Rooms, version 3, "Handling redactions").
public final class RedactionRules {
    private RedactionRules() {}

    /// Whether a redaction, itself accepted, takes effect on its target. Where it does not, neither
    /// is applied nor shown.
    ///
    /// @param state the room's state when the redaction was sent
    public static boolean applies(Pdu redaction, Pdu target, AuthState state) {
        if (!redaction.roomId().equals(target.roomId())) {
            return false;
        }
        if (redaction.version().redactionsAreAuthorized()) {
            return true; // Rule 11 has already decided.
        }
        return redaction.sender().server().equals(target.sender().server())
                || moderates(redaction.sender(), target.version(), state);
    }

    /// Whether a client's request to redact that event is granted (Client-Server API,
    /// "Redactions"): users redact their own events, and those of others with the redact level.
    public static boolean mayRedact(UserId sender, Pdu target, AuthState state) {
        return sender.equals(target.sender()) || moderates(sender, target.version(), state);
    }

    /// 11 If type is `m.room.redaction`, in room versions 1 and 2.
    static Verdict rule11(Pdu event, AuthState state) {
        if (moderates(event.sender(), event.version(), state)) {
            return Verdict.allowed(); // 11.1
        }
        return Verdict.allowedIf(
                sameOrigin(event),
                RuleNumbers.REDACTION + ".3",
                "the sender may not redact events of other servers");
    }

    /// 11.2 Both event IDs are of one server.
    private static boolean sameOrigin(Pdu event) {
        var server = event.redacts().flatMap(EventId::server);
        return server.isPresent() && server.equals(event.eventId().server());
    }

    private static boolean moderates(UserId sender, RoomVersion version, AuthState state) {
        var levels = state.powerLevels(version);
        return levels.of(sender) >= levels.redact();
    }
}
