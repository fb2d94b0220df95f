package org.chancery.testkit;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.chancery.homeserver.events.EventLog;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.Keeper;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.kernel.BatchStore;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.homeserver.rooms.EventPolicy;
import org.chancery.homeserver.rooms.Identity;
import org.chancery.homeserver.rooms.Memberships;
import org.chancery.homeserver.rooms.NewRoom;
import org.chancery.homeserver.rooms.RoomCreation;
import org.chancery.homeserver.rooms.RoomDirectory;
import org.chancery.homeserver.rooms.RoomReader;
import org.chancery.homeserver.rooms.RoomWriter;
import org.chancery.protocol.authrules.AuthRules;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomAlias;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.Signer;

/// The rooms of a server over real stores, without doors.
public final class RoomHouse implements AutoCloseable {
    public static final ServerName SERVER = new ServerName("house.example");
    public static final UserId ALICE = UserId.parse("@alice:house.example");
    public static final UserId BOB = UserId.parse("@bob:house.example");
    public static final UserId CAROL = UserId.parse("@carol:house.example");

    private final Journal journal;
    private final Wakeups wakeups = new Wakeups();
    private final RoomWriter.Stores stores;
    private final RoomWriter writer;
    private final RoomCreation creation;
    private final Memberships memberships;
    private final RoomReader reader;

    /// @param batches the store under the journal, which the house starts
    public RoomHouse(BatchStore batches, EventStore events, StateStore states, Signer signer) {
        this(batches, events, states, signer, Keeper.NONE);
    }

    /// @param keeper of what was said in some of the rooms
    public RoomHouse(
            BatchStore batches,
            EventStore events,
            StateStore states,
            Signer signer,
            Keeper keeper) {
        ManualClock clock = ManualClock.standing();
        Identity identity = new Identity(SERVER, signer, new SplittableRandom(7));
        this.journal =
                new Journal(batches, wakeups, work -> Thread.ofPlatform().daemon().unstarted(work));
        this.stores =
                new RoomWriter.Stores(
                        journal, new EventLog(journal, events, states, keeper), events, states);
        this.writer =
                new RoomWriter(
                        stores,
                        new AuthRules((_, _, _) -> false),
                        EventPolicy.ALLOW_ALL,
                        identity,
                        clock);
        this.creation =
                new RoomCreation(
                        writer,
                        identity,
                        _ -> JsonObject.EMPTY,
                        new NoDirectory(),
                        RoomVersion.V12);
        this.memberships = new Memberships(writer, stores, identity, _ -> JsonObject.EMPTY);
        this.reader = new RoomReader(stores);
        journal.start();
    }

    /// A room of Alice's that anyone may join.
    public RoomRef openRoom(RoomVersion version) {
        RoomId id =
                creation.create(
                        new NewRoom(
                                ALICE,
                                Optional.of(version),
                                NewRoom.Preset.PUBLIC_CHAT,
                                false,
                                Optional.empty(),
                                List.of(),
                                false,
                                JsonObject.EMPTY,
                                JsonObject.EMPTY,
                                List.of(),
                                Optional.empty(),
                                Optional.empty()));
        return stores.events().room(id).orElseThrow();
    }

    /// Says something.
    public EventId say(UserId user, RoomRef room, String text) {
        JsonObject content = JsonObject.of("msgtype", "m.text").with("body", text);
        return writer.send(
                room.id(), EventDraft.message(user, "m.room.message", content), Optional.empty());
    }

    public Journal journal() {
        return journal;
    }

    public Wakeups wakeups() {
        return wakeups;
    }

    public RoomWriter.Stores stores() {
        return stores;
    }

    public RoomWriter writer() {
        return writer;
    }

    public RoomCreation creation() {
        return creation;
    }

    public Memberships memberships() {
        return memberships;
    }

    public RoomReader reader() {
        return reader;
    }

    @Override
    public void close() {
        journal.close();
    }

    private static final class NoDirectory implements RoomDirectory {
        @Override
        public void claim(Tx tx, RoomAlias alias, RoomId room, UserId creator) {
            throw new UnsupportedOperationException("this house has no directory");
        }

        @Override
        public void publish(Tx tx, RoomId room) {
            throw new UnsupportedOperationException("this house has no directory");
        }

        @Override
        public void hide(Tx tx, RoomId room) {}

        @Override
        public void move(Tx tx, RoomId from, RoomId to) {
            throw new UnsupportedOperationException("this house has no directory");
        }
    }
}
