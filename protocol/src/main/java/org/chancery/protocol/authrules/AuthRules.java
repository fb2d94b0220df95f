package org.chancery.protocol.authrules;

import static org.chancery.protocol.authrules.Verdict.denied;

import java.util.Collection;
import org.chancery.protocol.authrules.Verdict.Denied;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Membership;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.Verifier;

/// The authorization rules of room versions 1 to 12 (Rooms, "Authorisation rules").
///
/// **Life of a judgement.** An event from another server is judged four times, against ever later
/// knowledge. [#checkAuthEvents] asks whether the events it cites are the right ones; [#judge] asks
/// whether those allow it; then whether the state before it does, for the cited events need not be
/// the state; and last whether the current state does, so that nobody escapes a ban by building on
/// an old part of the graph. [#receive] is that sequence. An event of our own server is built on
/// the current state, and needs one [#judge].
///
/// The rules differ little between versions. They are written once, after version 12; where a
/// version differs, the code asks it. Signatures are proven before (`VerifiedPdu`), except those
/// within third-party invites, which depend on the state.
public final class AuthRules {
    private final MemberRules memberRules;

    /// @param verifier proves the signatures of identity servers
    public AuthRules(Verifier verifier) {
        this.memberRules = new MemberRules(verifier);
    }

    /// The checks of a received event that depend on the rules (Server-Server API, "Checks
    /// performed on receipt of a PDU", 4 to 6).
    ///
    /// @param authEvents the events that the event cites
    /// @param create the room's create event, which events of version 12 do not cite
    /// @param before the state before the event
    /// @param current the room's current state
    public JudgedPdu receive(
            Pdu event,
            Collection<? extends JudgedPdu> authEvents,
            Pdu create,
            AuthState before,
            AuthState current) {
        if (checkAuthEvents(event, authEvents) instanceof Denied why) {
            return new JudgedPdu.Rejected(event, why);
        }
        if (judge(event, AuthState.ofAuthEvents(create, authEvents)) instanceof Denied why) {
            return new JudgedPdu.Rejected(event, why);
        }
        if (judge(event, before) instanceof Denied why) {
            return new JudgedPdu.Rejected(event, why);
        }
        if (judge(event, current) instanceof Denied why) {
            return new JudgedPdu.SoftFailed(event, why);
        }
        return new JudgedPdu.Accepted(event);
    }

    /// The rules about the event's own auth events: no two of one kind, none that does not belong,
    /// none rejected, none of another room, and the create event among them where it must be.
    public Verdict checkAuthEvents(Pdu event, Collection<? extends JudgedPdu> authEvents) {
        return event.type().equals(EventType.CREATE)
                ? Verdict.allowed()
                : numbered(event.version(), AuthEventRules.rule3(event, authEvents));
    }

    /// All other rules, against one state.
    public Verdict judge(Pdu event, AuthState state) {
        var verdict =
                event.type().equals(EventType.CREATE)
                        ? CreateRules.rule1(event)
                        : inRoom(event, state);
        return numbered(event.version(), verdict);
    }

    private Verdict inRoom(Pdu event, AuthState state) {
        var create = state.get(StateKey.CREATE);
        if (create == null || !create.roomId().equals(event.roomId())) {
            return denied("2", "the room has no accepted create event");
        }
        if (!federates(create) && !sameServer(event, create)) {
            return denied("4", "the room does not federate");
        }
        return switch (event.type()) {
            case EventType.MEMBER -> memberRules.rule5(event, state);
            case EventType.ALIASES ->
                    event.version().aliasesAreSpecial() ? aliases(event) : fromMember(event, state);
            default -> fromMember(event, state);
        };
    }

    private static boolean federates(Pdu create) {
        return create.content().bool("m.federate").orElse(true);
    }

    private static boolean sameServer(Pdu one, Pdu other) {
        return one.sender().server().equals(other.sender().server());
    }

    /// Rule 4 of versions 1 to 5.
    private static Verdict aliases(Pdu event) {
        var stateKey = event.stateKey();
        if (stateKey == null) {
            return denied(RuleNumbers.ALIASES + ".1", "the event has no state key");
        }
        return Verdict.allowedIf(
                event.sender().server().value().equals(stateKey),
                RuleNumbers.ALIASES + ".2",
                "the aliases are of another server");
    }

    /// 6 to 11, which only a joined user passes.
    private static Verdict fromMember(Pdu event, AuthState state) {
        if (state.membership(event.sender()) != Membership.JOIN) {
            return denied("6", "the sender is not joined to the room");
        }
        var type = event.type();
        var stateKey = event.stateKey();
        var levels = state.powerLevels(event.version());
        long own = levels.of(event.sender());
        if (type.equals(EventType.THIRD_PARTY_INVITE)) {
            return Verdict.allowedIf(
                    own >= levels.invite(), "7.1", "the sender's level is below the invite level");
        }
        if (levels.required(type, stateKey != null) > own) {
            return denied("8", "the sender's power level is too low for this type of event");
        }
        if (stateKey != null
                && stateKey.startsWith("@")
                && !stateKey.equals(event.sender().toString())) {
            return denied("9", "the state key names another user");
        }
        return switch (type) {
            case EventType.POWER_LEVELS -> PowerLevelRules.rule10(event, state);
            case EventType.REDACTION ->
                    event.version().redactionsAreAuthorized()
                            ? RedactionRules.rule11(event, state)
                            : Verdict.allowed();
            default -> Verdict.allowed();
        };
    }

    private static Verdict numbered(RoomVersion version, Verdict verdict) {
        return verdict instanceof Denied(var rule, var reason)
                ? new Denied(RuleNumbers.in(version, rule), reason)
                : verdict;
    }
}
