package org.chancery.homeserver.rooms;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.events.Append;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateRow;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.authrules.PowerLevels;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonInteger;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.roomversion.RoomVersion;

/// Replaces a room by one of another version (client-server API, "Room Upgrades").
///
/// The new room is written whole, then the old one is closed: its tombstone, the move of its
/// aliases
/// and of its place among the published rooms are one transaction. A kill in between leaves a room
/// that nobody knows, and the upgrade can be asked for again.
public final class RoomUpgrade {
    private static final List<String> COPIED =
            List.of(
                    EventType.SERVER_ACL,
                    EventType.ENCRYPTION,
                    EventType.NAME,
                    EventType.AVATAR,
                    EventType.TOPIC,
                    EventType.GUEST_ACCESS,
                    EventType.HISTORY_VISIBILITY,
                    EventType.JOIN_RULES,
                    EventType.CANONICAL_ALIAS);
    private static final String SPACE = "m.space";
    private static final long MODERATOR = 50;
    private static final long FORMER_CREATOR = 100;
    private static final int COPIES_MAX = 1_000;

    private final RoomWriter writer;
    private final EventStore events;
    private final StateStore states;
    private final MemberProfiles profiles;
    private final RoomDirectory directory;

    public RoomUpgrade(
            RoomWriter writer,
            RoomWriter.Stores stores,
            MemberProfiles profiles,
            RoomDirectory directory) {
        this.writer = writer;
        this.events = stores.events();
        this.states = stores.states();
        this.profiles = profiles;
        this.directory = directory;
    }

    /// Makes the replacement and closes the room.
    ///
    /// @param creators who creates it beside the user, where the version knows such
    /// @throws MatrixException `M_FORBIDDEN` if the user may not send the tombstone
    public RoomId upgrade(UserId user, RoomId id, RoomVersion version, List<UserId> creators) {
        RoomRef old = requireMayClose(user, id);
        RoomId replacement =
                writer.create(
                        version, drafts(user, old, version, creators), _ -> Append.Also.NOTHING);
        close(user, id, replacement, MODERATOR, Append.Also.NOTHING);
        return replacement;
    }

    /// Closes a room whose replacement stands: its tombstone, and the move of its aliases and of
    /// its place among the published rooms.
    ///
    /// @param least what one needs from then on to speak or to invite, at least
    /// @param also what is written in the same transaction
    public void close(UserId user, RoomId id, RoomId replacement, long least, Append.Also also) {
        writer.write(
                id,
                view -> closing(view, user, replacement, least),
                tx -> {
                    directory.move(tx, id, replacement);
                    also.write(tx);
                });
    }

    /// The room, if the user may close it.
    ///
    /// @throws MatrixException `M_FORBIDDEN`
    public RoomRef requireMayClose(UserId user, RoomId id) {
        RoomRef room = events.room(id).orElseThrow(RoomUpgrade::denied);
        boolean joined =
                states.current(room, StateKey.member(user))
                        .flatMap(StateRow::membership)
                        .filter("join"::equals)
                        .isPresent();
        PowerLevels levels = levels(room);
        if (!joined || !may(levels, user, EventType.TOMBSTONE)) {
            throw denied();
        }
        return room;
    }

    private PowerLevels levels(RoomRef room) {
        return PowerLevels.of(
                room.version(),
                pdu(room, StateKey.POWER_LEVELS).orElse(null),
                pdu(room, StateKey.CREATE).orElse(null));
    }

    private Optional<Pdu> pdu(RoomRef room, StateKey key) {
        return states.current(room, key)
                .map(row -> events.pdus(List.of(row.event().position())).getFirst());
    }

    private Optional<JsonObject> content(RoomRef room, StateKey key) {
        return states.current(room, key)
                .map(row -> events.events(List.of(row.event().position())).getFirst().content());
    }

    /// The events of the new room. The power levels come last, so that the user may set whatever
    /// the
    /// old room had, even if he will not have the level to change it.
    private List<EventDraft> drafts(
            UserId user, RoomRef old, RoomVersion version, List<UserId> creators) {
        JsonObject creation = content(old, StateKey.CREATE).orElse(JsonObject.EMPTY);
        List<EventDraft> drafts = new ArrayList<>();
        drafts.add(
                EventDraft.state(
                        user, StateKey.CREATE, creation(user, old, version, creators, creation)));
        drafts.add(EventDraft.member(user, user, profiles.of(user).with("membership", "join")));
        for (String type : COPIED) {
            StateKey key = new StateKey(type, "");
            content(old, key).ifPresent(it -> drafts.add(EventDraft.state(user, key, it)));
        }
        if (creation.string("type").filter(SPACE::equals).isPresent()) {
            drafts.addAll(children(user, old));
        }
        drafts.addAll(bans(user, old));
        Set<UserId> made = new LinkedHashSet<>(creators);
        made.add(user);
        content(old, StateKey.POWER_LEVELS)
                .map(it -> powerLevels(it, old, version, made))
                .ifPresent(it -> drafts.add(EventDraft.state(user, StateKey.POWER_LEVELS, it)));
        return drafts;
    }

    private JsonObject creation(
            UserId user,
            RoomRef old,
            RoomVersion version,
            List<UserId> creators,
            JsonObject before) {
        JsonObject predecessor = JsonObject.of("room_id", old.id().value());
        List<EventStore.Extremity> last = events.forwardExtremities(old);
        if (!last.isEmpty()) {
            predecessor = predecessor.with("event_id", last.getFirst().event().id().value());
        }
        JsonObject content =
                JsonObject.of("room_version", version.id()).with("predecessor", predecessor);
        for (String kept : List.of("type", "m.federate")) {
            JsonValue value = before.get(kept);
            if (value != null) {
                content = content.with(kept, value);
            }
        }
        if (version.creatorInContent()) {
            content = content.with("creator", user.toString());
        }
        List<UserId> others = creators.stream().filter(it -> !it.equals(user)).distinct().toList();
        return version.creatorsPrivileged() && !others.isEmpty()
                ? content.with("additional_creators", JsonArray.ofTexts(others))
                : content;
    }

    /// The rooms of a space; those taken out of it have no `via` any more.
    private List<EventDraft> children(UserId user, RoomRef space) {
        return loaded(
                        states.current(space).stream()
                                .filter(row -> row.key().type().equals(EventType.SPACE_CHILD))
                                .map(row -> row.event().position())
                                .limit(COPIES_MAX)
                                .toList())
                .stream()
                .filter(child -> child.content().array("via").isPresent())
                .map(child -> copied(user, child))
                .toList();
    }

    /// Who was kept out is kept out of the new room too.
    private List<EventDraft> bans(UserId user, RoomRef room) {
        return loaded(
                        states.members(room, Optional.of("ban")).stream()
                                .map(RoomMembership::position)
                                .limit(COPIES_MAX)
                                .toList())
                .stream()
                .map(ban -> copied(user, ban))
                .toList();
    }

    private List<StoredEvent> loaded(List<Long> positions) {
        return positions.isEmpty() ? List.of() : events.events(positions);
    }

    private static EventDraft copied(UserId user, StoredEvent event) {
        StateKey key = new StateKey(event.type(), event.stateKey().orElseThrow());
        return EventDraft.state(user, key, event.content());
    }

    /// The power levels as the new version writes them: creators with privileges stand in no list,
    /// creators of old without them must, and numbers are no texts.
    private JsonObject powerLevels(
            JsonObject old, RoomRef room, RoomVersion version, Set<UserId> creators) {
        JsonObject levels = version.integerPowerLevels() ? numbers(old) : old;
        JsonObject users = levels.object("users").orElse(JsonObject.EMPTY);
        if (version.creatorsPrivileged()) {
            for (UserId creator : creators) {
                users = users.without(creator.toString());
            }
        } else if (room.version().creatorsPrivileged()) {
            for (String creator : formerCreators(room)) {
                users = users.with(creator, FORMER_CREATOR);
            }
        }
        return levels.with("users", users);
    }

    private List<String> formerCreators(RoomRef room) {
        List<String> creators = new ArrayList<>();
        pdu(room, StateKey.CREATE)
                .ifPresent(
                        create -> {
                            creators.add(create.sender().toString());
                            create.content()
                                    .array("additional_creators")
                                    .ifPresent(more -> creators.addAll(more.strings()));
                        });
        return creators;
    }

    private static JsonObject numbers(JsonObject levels) {
        JsonObject numbers = levels;
        for (JsonObject.Member member : levels.entries()) {
            if (member.value() instanceof JsonObject inner) {
                numbers = numbers.with(member.name(), numbers(inner));
            } else if (member.value() instanceof JsonString text) {
                numbers = numbers.with(member.name(), number(text.value()));
            }
        }
        return numbers;
    }

    private static JsonValue number(String text) {
        try {
            return new JsonInteger(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return new JsonInteger(0); // No level, which counts as none.
        }
    }

    /// What closes the old room: the tombstone, its name given up, and, if the user may, levels at
    /// which only those who keep order still write.
    private static List<EventDraft> closing(
            RoomWriter.View view, UserId user, RoomId replacement, long least) {
        PowerLevels levels = view.state().powerLevels(view.room().version());
        List<EventDraft> drafts = new ArrayList<>();
        drafts.add(
                EventDraft.state(
                        user,
                        new StateKey(EventType.TOMBSTONE, ""),
                        JsonObject.of("body", "This room has been replaced")
                                .with("replacement_room", replacement.value())));
        StateKey alias = new StateKey(EventType.CANONICAL_ALIAS, "");
        if (view.state().get(alias) != null && may(levels, user, EventType.CANONICAL_ALIAS)) {
            drafts.add(EventDraft.state(user, alias, JsonObject.EMPTY));
        }
        Pdu current = view.state().get(StateKey.POWER_LEVELS);
        long quiet = Math.max(least, levels.usersDefault() + 1);
        if (current != null
                && may(levels, user, EventType.POWER_LEVELS)
                && levels.of(user) >= quiet) {
            JsonObject content = raised(current.content(), "events_default", 0, quiet);
            drafts.add(
                    EventDraft.state(
                            user,
                            StateKey.POWER_LEVELS,
                            raised(content, "invite", levels.invite(), quiet)));
        }
        return drafts;
    }

    private static boolean may(PowerLevels levels, UserId user, String type) {
        return levels.of(user) >= levels.required(type, true);
    }

    private static JsonObject raised(JsonObject levels, String name, long otherwise, long least) {
        long level = levels.integer(name).orElse(otherwise);
        return level >= least ? levels : levels.with(name, least);
    }

    private static MatrixException denied() {
        return new MatrixError.Forbidden("You may not upgrade this room").asException();
    }
}
