package org.chancery.governance.rooms;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.rooms.NewRoom;
import org.chancery.homeserver.rooms.RoomDirectory;
import org.chancery.homeserver.rooms.RoomUpgrade;
import org.chancery.homeserver.rooms.RoomWriter;
import org.chancery.protocol.authrules.PowerLevels;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Turns a chat into a record room: a new room takes its place, which names it as its predecessor,
/// and its members are invited (client-server API, "Room Upgrades"). In place it cannot be, as what
/// was said before was not said for the archive, and the creator of a chat keeps every power in it.
///
/// The new room is made whole, then the chat is closed with a tombstone. That it is still to be
/// closed is written with the new room: after a kill in between, [#resume] or whoever asks again
/// finishes it, and there is one new room.
public final class Replacement {
    private static final Logger LOG = System.getLogger(Replacement.class.getName());
    private static final int MEMBERS_MAX = 1_000;
    private static final int CLOSINGS_MAX = 1_000;
    private static final List<String> COPIED =
            List.of(
                    EventType.NAME,
                    EventType.TOPIC,
                    EventType.AVATAR,
                    EventType.CANONICAL_ALIAS,
                    EventType.JOIN_RULES,
                    EventType.HISTORY_VISIBILITY);

    private final RecordRoomMaker maker;
    private final RecordRooms rooms;
    private final RoomUpgrade upgrade;
    private final RoomWriter.Stores stores;
    private final RoomDirectory directory;
    private final DeviceRotation rotation;
    private final ReentrantLock replacing = new ReentrantLock();

    public Replacement(
            RecordRoomMaker maker,
            RecordRooms rooms,
            RoomUpgrade upgrade,
            RoomWriter.Stores stores,
            RoomDirectory directory,
            DeviceRotation rotation) {
        this.maker = maker;
        this.rooms = rooms;
        this.upgrade = upgrade;
        this.stores = stores;
        this.directory = directory;
        this.rotation = rotation;
    }

    /// Makes the record room that takes the chat's place, and closes the chat.
    ///
    /// @throws MatrixException `M_FORBIDDEN` if the user may not close the room or the stock is
    /// used
    ///     up, `M_INVALID_ROOM_STATE` if it was replaced, or is a record room that can go on
    public RoomId replace(UserId asker, RoomId chat, RoomClass roomClass) {
        replacing.lock();
        try {
            Optional<RecordRoomStore.Closing> begun =
                    rooms.store().closings(CLOSINGS_MAX).stream()
                            .filter(each -> each.replaced().equals(chat))
                            .findFirst();
            if (begun.isPresent()) {
                close(begun.get());
                return begun.get().by();
            }
            RoomRef room =
                    rooms.isRecordRoom(chat)
                            ? requireUsedUp(asker, chat)
                            : upgrade.requireMayClose(asker, chat);
            if (state(room, new StateKey(EventType.TOMBSTONE, "")).isPresent()) {
                throw impossible("This room has been replaced");
            }
            RoomId made = maker.make(wish(asker, room, roomClass));
            close(new RecordRoomStore.Closing(chat, made, asker));
            return made;
        } finally {
            replacing.unlock();
        }
    }

    /// A record room whose archive has no device left, for who keeps order in it.
    private RoomRef requireUsedUp(UserId asker, RoomId id) {
        RoomRef room = stores.events().room(id).orElseThrow();
        boolean joined = users(room, "join").contains(asker);
        if (!joined || levels(room).of(asker) < RecordRoomDrafts.KEEPS_ORDER) {
            throw new MatrixError.Forbidden("Who keeps order in this room can replace it")
                    .asException();
        }
        if (rotation.hasNext(id)) {
            throw impossible("This is a record room already");
        }
        return room;
    }

    /// Closes the chats whose replacement broke off before that.
    public void resume() {
        replacing.lock();
        try {
            rooms.store().closings(CLOSINGS_MAX).forEach(this::close);
        } finally {
            replacing.unlock();
        }
    }

    private void close(RecordRoomStore.Closing closing) {
        RoomId made = closing.by();
        try {
            boolean kept = rooms.isRecordRoom(closing.replaced());
            upgrade.close(
                    kept ? rooms.service() : closing.asker(),
                    closing.replaced(),
                    made,
                    kept ? RecordRoomDrafts.SERVICE_ONLY : RecordRoomDrafts.KEEPS_ORDER,
                    tx -> {
                        directory.hide(tx, made);
                        rooms.store().closed(tx, made);
                    });
        } catch (MatrixException e) {
            if (!(e.error() instanceof MatrixError.Forbidden)) {
                throw e; // The journal is full: the next start, or asking again, closes it.
            }
            LOG.log(Level.WARNING, "the room that {0} replaces can not be closed any more", made);
            settle(made);
        }
    }

    private void settle(RoomId made) {
        Journal journal = stores.journal();
        journal.commit(
                Changes.of(
                        tx -> {
                            rooms.store().closed(tx, made);
                            return true;
                        }));
    }

    private RecordRoomWish wish(UserId asker, RoomRef room, RoomClass roomClass) {
        PowerLevels levels = levels(room);
        List<UserId> members = people(room);
        List<NewRoom.InitialState> copied = new ArrayList<>();
        for (String type : COPIED) {
            StateKey key = new StateKey(type, "");
            state(room, key)
                    .map(pdu -> new NewRoom.InitialState(key, pdu.content()))
                    .filter(RoomsByClass::isTheirs)
                    .ifPresent(copied::add);
        }
        return new RecordRoomWish(
                roomClass,
                asker,
                members,
                members.stream()
                        .filter(it -> levels.of(it) >= RecordRoomDrafts.KEEPS_ORDER)
                        .toList(),
                users(room, "ban"),
                false,
                Optional.empty(),
                copied,
                Optional.of(room.id()));
    }

    private PowerLevels levels(RoomRef room) {
        return PowerLevels.of(
                room.version(),
                state(room, StateKey.POWER_LEVELS).orElse(null),
                state(room, StateKey.CREATE).orElse(null));
    }

    /// Who is in the room, but for those who are no people.
    private List<UserId> people(RoomRef room) {
        return users(room, "join").stream()
                .filter(user -> !user.equals(rooms.service()) && rooms.ofArchive(user).isEmpty())
                .toList();
    }

    private List<UserId> users(RoomRef room, String membership) {
        List<UserId> users =
                stores.states().members(room, Optional.of(membership)).stream()
                        .map(RoomMembership::user)
                        .limit(MEMBERS_MAX + 1)
                        .toList();
        if (users.size() > MEMBERS_MAX) {
            throw impossible("A room of more than " + MEMBERS_MAX + " people can not be replaced");
        }
        return users;
    }

    private Optional<Pdu> state(RoomRef room, StateKey key) {
        return stores.states()
                .current(room, key)
                .map(row -> stores.events().pdus(List.of(row.event().position())).getFirst());
    }

    private static MatrixException impossible(String why) {
        return new MatrixError.InvalidRoomState(why).asException();
    }
}
