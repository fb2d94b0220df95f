package org.chancery.adapters.jdbc.recordrooms;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.directory.JdbcDirectoryStore;
import org.chancery.adapters.jdbc.events.JdbcEventStore;
import org.chancery.adapters.jdbc.events.JdbcStateStore;
import org.chancery.adapters.jdbc.events.RoomNumbers;
import org.chancery.adapters.jdbc.keys.JdbcCrossSigningStore;
import org.chancery.adapters.jdbc.keys.JdbcDeviceListStore;
import org.chancery.adapters.jdbc.keys.JdbcKeyStore;
import org.chancery.adapters.jdbc.keys.JdbcOneTimeKeyStore;
import org.chancery.adapters.jdbc.people.JdbcAccountStore;
import org.chancery.adapters.jdbc.people.JdbcSessionStore;
import org.chancery.adapters.jdbc.stock.JdbcStockStore;
import org.chancery.governance.rooms.ClosedRooms;
import org.chancery.governance.rooms.DeviceRotation;
import org.chancery.governance.rooms.RecordRoomMaker;
import org.chancery.governance.rooms.RecordRoomPolicy;
import org.chancery.governance.rooms.RecordRoomStore;
import org.chancery.governance.rooms.RecordRoomWish;
import org.chancery.governance.rooms.RecordRooms;
import org.chancery.governance.rooms.Replacement;
import org.chancery.governance.rooms.RoomClass;
import org.chancery.governance.stock.StockStore;
import org.chancery.governance.stock.Stocks;
import org.chancery.homeserver.directory.Directory;
import org.chancery.homeserver.directory.DirectoryStore;
import org.chancery.homeserver.e2ee.CrossSigningStore;
import org.chancery.homeserver.e2ee.DeviceLists;
import org.chancery.homeserver.e2ee.KeyStore;
import org.chancery.homeserver.e2ee.OneTimeKeyStore;
import org.chancery.homeserver.e2ee.StandingDevices;
import org.chancery.homeserver.events.EventLog;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.homeserver.rooms.Identity;
import org.chancery.homeserver.rooms.Memberships;
import org.chancery.homeserver.rooms.NewRoom;
import org.chancery.homeserver.rooms.RoomCreation;
import org.chancery.homeserver.rooms.RoomUpgrade;
import org.chancery.homeserver.rooms.RoomWriter;
import org.chancery.homeserver.sessions.SessionStore;
import org.chancery.protocol.authrules.AuthRules;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.testkit.ManualClock;

/// Everything that record rooms need, over a real database, with a clock and a kill of the test's.
final class RecordHouse implements AutoCloseable {
    static final ServerName SERVER = new ServerName("house.example");
    static final UserId ALICE = UserId.parse("@alice:house.example");
    static final UserId BOB = UserId.parse("@bob:house.example");
    static final UserId CAROL = UserId.parse("@carol:house.example");

    final Database database;
    final Journal journal;
    final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
    final Killed killed = new Killed();
    final Stocks stocks;
    final RecordRoomStore store;
    final RecordRooms rooms;
    final RoomWriter writer;
    final RoomWriter.Stores log;
    final RoomCreation chats;
    final Memberships memberships;
    final RecordRoomMaker maker;
    final Replacement replacement;
    final DeviceRotation rotation;
    final JdbcKeyStore keys;
    final JdbcOneTimeKeyStore oneTimeKeys;
    final JdbcSessionStore sessions;
    final JdbcDeviceListStore listStore;
    final Directory directory;
    final List<byte[]> leaves = new ArrayList<>();

    RecordHouse(Database database) {
        this.database = database;
        this.journal = new Journal(database, new Wakeups(), Thread.ofPlatform().factory());
        journal.start();
        var numbers = new RoomNumbers(database);
        var events = new JdbcEventStore(database, numbers);
        var states = new JdbcStateStore(database, numbers);
        this.stocks =
                new Stocks(
                        killed.around(StockStore.class, new JdbcStockStore(database)),
                        journal,
                        (_, leaf) -> leaves.add(leaf),
                        BouncyEd25519.verifier(),
                        SERVER,
                        clock);
        this.store = killed.around(RecordRoomStore.class, new JdbcRecordRoomStore(database));
        this.rooms = new RecordRooms(store, SERVER);
        this.log =
                new RoomWriter.Stores(
                        journal, new EventLog(journal, events, states), events, states);
        Identity identity =
                new Identity(
                        SERVER,
                        BouncyEd25519.generate("test", new SecureRandom()),
                        new SplittableRandom(7));
        this.writer =
                new RoomWriter(
                        log,
                        new AuthRules((_, _, _) -> false),
                        new RecordRoomPolicy(rooms),
                        identity,
                        clock);
        DirectoryStore aliases =
                killed.around(DirectoryStore.class, new JdbcDirectoryStore(database));
        this.directory = new Directory(aliases, events, journal, SERVER);
        this.chats =
                new RoomCreation(
                        writer, identity, _ -> JsonObject.EMPTY, directory, RoomVersion.V11);
        this.memberships = new Memberships(writer, log, identity, _ -> JsonObject.EMPTY);
        this.keys = new JdbcKeyStore(database);
        this.oneTimeKeys = new JdbcOneTimeKeyStore(database);
        this.sessions = new JdbcSessionStore(database);
        this.listStore = new JdbcDeviceListStore(database);
        StandingDevices devices = devices(new DeviceLists(listStore, states::peers));
        this.maker =
                new RecordRoomMaker(
                        writer,
                        stocks,
                        rooms,
                        devices,
                        new RecordRoomMaker.Ties(directory, _ -> JsonObject.EMPTY),
                        clock);
        this.rotation =
                new DeviceRotation(
                        rooms,
                        stocks,
                        devices,
                        journal,
                        clock,
                        new ClosedRooms(log.events(), log.states()));
        this.replacement =
                new Replacement(
                        maker,
                        rooms,
                        new RoomUpgrade(writer, log, _ -> JsonObject.EMPTY, directory),
                        log,
                        directory,
                        rotation);
    }

    private StandingDevices devices(DeviceLists lists) {
        return new StandingDevices(
                new JdbcAccountStore(database),
                killed.around(SessionStore.class, sessions),
                killed.around(KeyStore.class, keys),
                killed.around(OneTimeKeyStore.class, oneTimeKeys),
                killed.around(CrossSigningStore.class, new JdbcCrossSigningStore(database)),
                lists);
    }

    /// What Alice asks for.
    static RecordRoomWish wish(UserId... invited) {
        return new RecordRoomWish(
                RoomClass.WORK,
                ALICE,
                List.of(invited),
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /// A chat of Alice's with Bob in it.
    RoomId chat() {
        RoomId chat =
                chats.create(
                        new NewRoom(
                                ALICE,
                                Optional.empty(),
                                NewRoom.Preset.PRIVATE_CHAT,
                                false,
                                Optional.of("the-case"),
                                List.of(BOB),
                                false,
                                JsonObject.EMPTY,
                                JsonObject.EMPTY,
                                List.of(),
                                Optional.of("The case"),
                                Optional.empty()));
        memberships.join(BOB, chat, JsonObject.EMPTY);
        return chat;
    }

    EventId say(UserId user, RoomId room, String type, Map<String, String> content) {
        JsonObject json = JsonObject.EMPTY;
        for (var each : content.entrySet()) {
            json = json.with(each.getKey(), each.getValue());
        }
        return writer.send(room, EventDraft.message(user, type, json), Optional.empty());
    }

    /// An encrypted message, as it looks to a server.
    EventId sayEncrypted(UserId user, RoomId room) {
        return say(
                user,
                room,
                "m.room.encrypted",
                Map.of(
                        "algorithm",
                        "m.megolm.v1.aes-sha2",
                        "ciphertext",
                        "AwgAEnA",
                        "session_id",
                        "abc"));
    }

    @Override
    public void close() {
        journal.close();
        database.close();
    }
}
