package org.chancery.homeserver.rooms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.events.Append;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.kernel.Change;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.event.Membership;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;

/// Coming and going (client-server API, "Room membership").
public final class Memberships {
    private final RoomWriter writer;
    private final RoomWriter.Stores stores;
    private final Identity identity;
    private final MemberProfiles profiles;

    public Memberships(
            RoomWriter writer,
            RoomWriter.Stores stores,
            Identity identity,
            MemberProfiles profiles) {
        this.writer = writer;
        this.stores = stores;
        this.identity = identity;
        this.profiles = profiles;
    }

    /// Joins the user to the room; does nothing if he is in it.
    ///
    /// @param extra more content of the membership event, `reason` for instance
    public void join(UserId user, RoomId room, JsonObject extra) {
        requireKnown(room);
        writer.write(
                room,
                view -> {
                    if (view.state().membership(user) == Membership.JOIN) {
                        return List.of();
                    }
                    JsonObject content = withProfile(user, extra).with("membership", "join");
                    return List.of(EventDraft.member(user, user, authorised(view, user, content)));
                },
                remember(user, room));
    }

    /// Invites somebody.
    public void invite(UserId sender, UserId target, RoomId room, JsonObject extra) {
        writer.write(
                room,
                view -> {
                    requireJoined(view, sender);
                    if (view.state().membership(target) == Membership.JOIN) {
                        throw forbidden("The user is in the room");
                    }
                    JsonObject content = withProfile(target, extra).with("membership", "invite");
                    return List.of(EventDraft.member(sender, target, content));
                },
                remember(target, room));
    }

    /// Asks to be let in.
    public void knock(UserId user, RoomId room, JsonObject extra) {
        requireKnown(room);
        writer.write(
                room,
                view ->
                        List.of(
                                EventDraft.member(
                                        user,
                                        user,
                                        withProfile(user, extra).with("membership", "knock"))),
                remember(user, room));
    }

    /// Leaves the room, declines an invitation, or takes back a knock.
    public void leave(UserId user, RoomId room, JsonObject extra) {
        writer.write(
                room,
                view ->
                        switch (view.state().membership(user)) {
                            case JOIN, INVITE, KNOCK -> List.of(leaving(user, user, extra));
                            case BAN -> throw forbidden("You are banned from this room");
                            case LEAVE -> {
                                if (view.state().get(StateKey.member(user)) == null) {
                                    throw forbidden("You are not in this room");
                                }
                                yield List.of();
                            }
                        },
                Append.Also.NOTHING);
    }

    /// Puts somebody out, or takes back an invitation.
    public void kick(UserId sender, UserId target, RoomId room, JsonObject extra) {
        writer.write(
                room,
                view -> {
                    requireJoined(view, sender);
                    Membership membership = view.state().membership(target);
                    if (membership == Membership.LEAVE || membership == Membership.BAN) {
                        throw forbidden("The user is not in the room");
                    }
                    return List.of(leaving(sender, target, extra));
                },
                Append.Also.NOTHING);
    }

    /// Keeps somebody out.
    public void ban(UserId sender, UserId target, RoomId room, JsonObject extra) {
        writer.write(
                room,
                view -> {
                    requireJoined(view, sender);
                    return List.of(
                            EventDraft.member(sender, target, extra.with("membership", "ban")));
                },
                Append.Also.NOTHING);
    }

    /// Lets a banned user come again.
    ///
    /// @throws MatrixException `M_BAD_STATE` if the user is not banned
    public void unban(UserId sender, UserId target, RoomId room, JsonObject extra) {
        writer.write(
                room,
                view -> {
                    requireJoined(view, sender);
                    if (view.state().membership(target) != Membership.BAN) {
                        throw new MatrixError.BadState("The user is not banned").asException();
                    }
                    return List.of(leaving(sender, target, extra));
                },
                Append.Also.NOTHING);
    }

    /// Hides a room that the user has left.
    ///
    /// @throws MatrixException `M_UNKNOWN` while he is in it, `M_FORBIDDEN` if he never was
    public void forget(UserId user, RoomId room) {
        RoomRef known = stores.events().room(room).orElseThrow(() -> forbidden(NOT_IN));
        String membership =
                stores.states()
                        .current(known, StateKey.member(user))
                        .flatMap(row -> row.membership())
                        .orElseThrow(() -> forbidden(NOT_IN));
        if (!membership.equals("leave") && !membership.equals("ban")) {
            throw new MatrixError.Unknown("You are in this room").asException();
        }
        stores.journal().commit(new Forget(stores.states(), user, known));
    }

    /// Tells the user's rooms of a new profile.
    public void profileChanged(UserId user) {
        JsonObject profile = profiles.of(user);
        for (RoomMembership membership : stores.states().rooms(user, stores.journal().durable())) {
            if (membership.isJoined()) {
                writer.write(
                        membership.room().id(),
                        view -> refreshed(view, user, profile),
                        Append.Also.NOTHING);
            }
        }
    }

    /// Takes the user out of every room, as when the account ends.
    public void leaveAll(UserId user) {
        for (RoomMembership membership : stores.states().rooms(user, stores.journal().durable())) {
            if (List.of("join", "invite", "knock").contains(membership.membership())) {
                leave(user, membership.room().id(), JsonObject.EMPTY);
            }
        }
    }

    private static final String NOT_IN = "You are not in this room";

    private static List<EventDraft> refreshed(
            RoomWriter.View view, UserId user, JsonObject profile) {
        Pdu current = view.state().get(StateKey.member(user));
        if (current == null || view.state().membership(user) != Membership.JOIN) {
            return List.of();
        }
        JsonObject content = current.content().without("displayname").without("avatar_url");
        content = content.without("reason").without(AUTHORISER);
        for (JsonObject.Member member : profile.entries()) {
            content = content.with(member.name(), member.value());
        }
        return List.of(EventDraft.member(user, user, content));
    }

    private static final String AUTHORISER = "join_authorised_via_users_server";

    /// Names a member who may vouch, where the room is restricted and the user was not invited.
    private JsonObject authorised(RoomWriter.View view, UserId user, JsonObject content) {
        String rule = view.state().joinRule();
        boolean restricted = rule.equals("restricted") || rule.equals("knock_restricted");
        if (!restricted || view.state().membership(user) == Membership.INVITE) {
            return content;
        }
        if (!isAllowedElsewhere(view, user)) {
            throw forbidden("You are in none of the rooms whose members may join");
        }
        var levels = view.state().powerLevels(view.room().version());
        return view.joined().stream()
                .filter(identity::isLocal)
                .filter(member -> levels.of(member) >= levels.invite())
                .findFirst()
                .map(member -> content.with(AUTHORISER, member.toString()))
                .orElseThrow(
                        () ->
                                new MatrixError.UnableToGrantJoin("Nobody here may let you in")
                                        .asException());
    }

    private boolean isAllowedElsewhere(RoomWriter.View view, UserId user) {
        Pdu rules = view.state().get(StateKey.JOIN_RULES);
        if (rules == null) {
            return false;
        }
        List<JsonValue> allow = new ArrayList<>();
        rules.content().array("allow").ifPresent(given -> given.forEach(allow::add));
        return allow.stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(it -> it.string("type").filter("m.room_membership"::equals).isPresent())
                .flatMap(it -> it.string("room_id").stream())
                .anyMatch(room -> isJoined(user, room));
    }

    private boolean isJoined(UserId user, String room) {
        if (!room.startsWith("!")) {
            return false;
        }
        Optional<RoomRef> known = stores.events().room(new RoomId(room));
        return known.flatMap(it -> stores.states().current(it, StateKey.member(user)))
                .flatMap(row -> row.membership())
                .filter("join"::equals)
                .isPresent();
    }

    private static EventDraft leaving(UserId sender, UserId target, JsonObject extra) {
        return EventDraft.member(sender, target, extra.with("membership", "leave"));
    }

    private JsonObject withProfile(UserId user, JsonObject extra) {
        JsonObject content = extra;
        for (JsonObject.Member member : profiles.of(user).entries()) {
            content = content.with(member.name(), member.value());
        }
        return content;
    }

    private Append.Also remember(UserId user, RoomId room) {
        return tx ->
                stores.events().room(room).ifPresent(it -> stores.states().remember(tx, user, it));
    }

    private void requireKnown(RoomId room) {
        if (stores.events().room(room).isEmpty()) {
            throw new MatrixError.NotFound("No such room").asException();
        }
    }

    private static void requireJoined(RoomWriter.View view, UserId user) {
        if (view.state().membership(user) != Membership.JOIN) {
            throw forbidden(NOT_IN);
        }
    }

    private static MatrixException forbidden(String message) {
        return new MatrixError.Forbidden(message).asException();
    }

    private record Forget(StateStore states, UserId user, RoomRef room) implements Change<Boolean> {
        @Override
        public int positions() {
            return 0;
        }

        @Override
        public Boolean apply(Tx tx, long first) {
            states.forget(tx, user, room);
            return true;
        }
    }
}
