package org.chancery.protocol.authrules;

import static org.chancery.protocol.authrules.Verdict.allowedIf;
import static org.chancery.protocol.authrules.Verdict.denied;

import org.chancery.protocol.event.Membership;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.Verifier;

/// 5 If type is `m.room.member`.
///
/// Rule 5.2, the co-signature of the server that lets a user into a restricted room, is mostly not
/// here: it is a signature like that of the sender, and no `VerifiedPdu` exists without it.
final class MemberRules {
    /// The key in a restricted join's content that names the user who lets the joiner in.
    static final String AUTHORISER = "join_authorised_via_users_server";

    private final ThirdPartyInvites thirdPartyInvites;

    MemberRules(Verifier verifier) {
        this.thirdPartyInvites = new ThirdPartyInvites(verifier);
    }

    /// A member event read once, with the state that all its rules ask for.
    record Change(Pdu event, AuthState state, UserId target, Membership was) {
        UserId sender() {
            return event.sender();
        }

        RoomVersion version() {
            return event.version();
        }

        boolean own() {
            return event.sender().equals(target);
        }

        Membership senderIs() {
            return own() ? was : state.membership(event.sender());
        }

        PowerLevels levels() {
            return state.powerLevels(event.version());
        }
    }

    Verdict rule5(Pdu event, AuthState state) {
        var stateKey = event.stateKey();
        var membership = event.content().string("membership");
        if (stateKey == null || membership.isEmpty()) {
            return denied("5.1", "a member event has a state key and a membership");
        }
        var target = RoomCreators.user(stateKey);
        if (target.isEmpty()) {
            return denied("5.1", "the state key is no user ID");
        }
        var change = new Change(event, state, target.get(), state.membership(target.get()));
        return switch (membership.get()) {
            case "join" -> join(change);
            case "invite" -> invite(change);
            case "leave" -> leave(change);
            case "ban" -> ban(change);
            case "knock" -> event.version().knocking() ? knock(change) : unknown();
            default -> unknown();
        };
    }

    /// 5.3 If `membership` is `join`.
    private static Verdict join(Change change) {
        if (change.version().restrictedJoins() && namesNoUser(change.event())) {
            return denied("5.2.1", "who lets the user in is no user");
        }
        if (isFirstJoin(change)) {
            return Verdict.allowed(); // 5.3.1
        }
        if (!change.own()) {
            return denied("5.3.2", "only the user itself may join");
        }
        if (change.was() == Membership.BAN) {
            return denied("5.3.3", "the user is banned");
        }
        boolean welcome = change.was() == Membership.INVITE || change.was() == Membership.JOIN;
        var rule = change.state().joinRule();
        if (rule.equals("invite") || (rule.equals("knock") && change.version().knocking())) {
            return welcome
                    ? Verdict.allowed()
                    : denied("5.3.7", "the user is not invited"); // 5.3.4
        }
        if (restricted(change.version(), rule)) {
            return allowedIf(
                    welcome || letIn(change), "5.3.5.2", "nobody who may invite lets the user in");
        }
        return allowedIf(rule.equals("public"), "5.3.7", "the join rule lets nobody in"); // 5.3.6
    }

    /// Whether the authoriser is given but no user ID, so that no server could have signed.
    private static boolean namesNoUser(Pdu event) {
        var authoriser = event.content().get(AUTHORISER);
        return authoriser != null && RoomCreators.user(authoriser).isEmpty();
    }

    /// The creator's join right after the create event.
    private static boolean isFirstJoin(Change change) {
        var create = change.state().get(StateKey.CREATE);
        var previous = change.event().prevEvents();
        if (create == null || previous.size() != 1 || !previous.contains(create.eventId())) {
            return false;
        }
        return change.version().creatorInContent()
                ? RoomCreators.of(create).contains(change.target())
                : create.sender().equals(change.target());
    }

    private static boolean restricted(RoomVersion version, String rule) {
        return (rule.equals("restricted") && version.restrictedJoins())
                || (rule.equals("knock_restricted") && version.knockRestricted());
    }

    /// Whether the join names a joined user who may invite.
    private static boolean letIn(Change change) {
        var authoriser = change.event().content().string(AUTHORISER).flatMap(RoomCreators::user);
        if (authoriser.isEmpty()) {
            return false;
        }
        var levels = change.levels();
        return change.state().membership(authoriser.get()) == Membership.JOIN
                && levels.of(authoriser.get()) >= levels.invite();
    }

    /// 5.4 If `membership` is `invite`.
    private Verdict invite(Change change) {
        if (change.event().content().has("third_party_invite")) {
            return thirdPartyInvites.rule5_4_1(change);
        }
        if (change.senderIs() != Membership.JOIN) {
            return denied("5.4.2", "the sender is not joined to the room");
        }
        if (change.was() == Membership.JOIN || change.was() == Membership.BAN) {
            return denied("5.4.3", "the user is already joined to the room, or banned");
        }
        var levels = change.levels();
        return allowedIf(
                levels.of(change.sender()) >= levels.invite(), // 5.4.4
                "5.4.5",
                "the sender's power level is below the invite level");
    }

    /// 5.5 If `membership` is `leave`.
    private static Verdict leave(Change change) {
        if (change.own()) {
            return switch (change.was()) {
                case INVITE, JOIN -> Verdict.allowed();
                case KNOCK -> allowedIf(change.version().knocking(), "5.5.1", "no knocking here");
                case LEAVE, BAN -> denied("5.5.1", "the user is not in the room");
            };
        }
        if (change.senderIs() != Membership.JOIN) {
            return denied("5.5.2", "the sender is not joined to the room");
        }
        var levels = change.levels();
        long own = levels.of(change.sender());
        if (change.was() == Membership.BAN && own < levels.ban()) {
            return denied("5.5.3", "the sender's power level is below the ban level");
        }
        return allowedIf(
                own >= levels.kick() && levels.of(change.target()) < own, // 5.5.4
                "5.5.5",
                "the sender's power level does not suffice to remove the user");
    }

    /// 5.6 If `membership` is `ban`.
    private static Verdict ban(Change change) {
        if (change.senderIs() != Membership.JOIN) {
            return denied("5.6.1", "the sender is not joined to the room");
        }
        var levels = change.levels();
        long own = levels.of(change.sender());
        return allowedIf(
                own >= levels.ban() && levels.of(change.target()) < own, // 5.6.2
                "5.6.3",
                "the sender's power level does not suffice to ban the user");
    }

    /// 5.7 If `membership` is `knock`.
    private static Verdict knock(Change change) {
        var rule = change.state().joinRule();
        boolean open =
                rule.equals("knock")
                        || (rule.equals("knock_restricted") && change.version().knockRestricted());
        if (!open) {
            return denied("5.7.1", "the join rule does not allow knocking");
        }
        if (!change.own()) {
            return denied("5.7.2", "only the user itself may knock");
        }
        return switch (change.was()) {
            case LEAVE, KNOCK -> Verdict.allowed(); // 5.7.3
            case BAN, INVITE, JOIN -> denied("5.7.4", "the user is in the room, invited or banned");
        };
    }

    private static Verdict unknown() {
        return denied("5.8", "the membership is unknown");
    }
}
