package org.chancery.adapters.sync;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.events.JdbcEventStore;
import org.chancery.adapters.jdbc.events.JdbcStateHistory;
import org.chancery.adapters.jdbc.events.JdbcStateStore;
import org.chancery.adapters.jdbc.events.RoomNumbers;
import org.chancery.adapters.jdbc.keys.JdbcDeviceListStore;
import org.chancery.adapters.jdbc.keys.JdbcOneTimeKeyStore;
import org.chancery.adapters.jdbc.keys.JdbcToDeviceStore;
import org.chancery.adapters.jdbc.people.JdbcAccountDataStore;
import org.chancery.adapters.jdbc.people.JdbcReceiptStore;
import org.chancery.homeserver.accountdata.AccountData;
import org.chancery.homeserver.e2ee.DeviceDirectory;
import org.chancery.homeserver.e2ee.DeviceLists;
import org.chancery.homeserver.e2ee.KeptInboxes;
import org.chancery.homeserver.e2ee.KeyCounts;
import org.chancery.homeserver.e2ee.ToDevice;
import org.chancery.homeserver.e2ee.ToDeviceInbox;
import org.chancery.homeserver.ephemeral.EphemeralCount;
import org.chancery.homeserver.ephemeral.LocalMembers;
import org.chancery.homeserver.ephemeral.OwnReceipts;
import org.chancery.homeserver.ephemeral.Presence;
import org.chancery.homeserver.ephemeral.ReadMarkers;
import org.chancery.homeserver.ephemeral.ReceiptStore;
import org.chancery.homeserver.ephemeral.Receipts;
import org.chancery.homeserver.ephemeral.Typing;
import org.chancery.homeserver.events.EventLog;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RecentEvents;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.Transaction;
import org.chancery.homeserver.events.UserMemberships;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.homeserver.push.PushRules;
import org.chancery.homeserver.push.UnreadCounts;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.homeserver.rooms.EventPolicy;
import org.chancery.homeserver.rooms.Identity;
import org.chancery.homeserver.rooms.Memberships;
import org.chancery.homeserver.rooms.NewRoom;
import org.chancery.homeserver.rooms.NewRoom.InitialState;
import org.chancery.homeserver.rooms.RoomCreation;
import org.chancery.homeserver.rooms.RoomDirectory;
import org.chancery.homeserver.rooms.RoomWriter;
import org.chancery.homeserver.sync.Assembler;
import org.chancery.homeserver.sync.SyncService;
import org.chancery.protocol.authrules.AuthRules;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomAlias;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;

/// A server without doors: everything behind `/sync`, on a database in `folder`.
final class House implements AutoCloseable {
    static final UserId ALICE = UserId.parse("@alice:example.org");
    static final UserId BOB = UserId.parse("@bob:example.org");
    static final UserId CAROL = UserId.parse("@carol:example.org");
    static final DeviceId PHONE = new DeviceId("PHONE");

    private static final ServerName SERVER = ServerName.parse("example.org");
    private static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);

    final Wakeups wakeups = new Wakeups();
    final Database database;
    final Journal journal;
    final EventStore events;
    final EventLog log;
    final StateStore states;
    final Memberships memberships;
    final Receipts receipts;
    final ReadMarkers readMarkers;
    final Typing typing;
    final Presence presence;
    final EphemeralCount count;
    final AccountData accountData;
    final PushRules pushRules;
    final DeviceLists deviceLists;
    final ToDevice toDevice;
    final SyncService sync;
    private final RoomWriter writer;
    private final RoomCreation creation;
    private final ToDeviceInbox inbox;
    private final LocalMembers members;
    private Instant now = START;
    private int transactions;

    House(Path folder) {
        InstantSource clock = () -> now;
        database = Database.sqlite(folder.resolve("house.db"));
        journal = new Journal(database, wakeups, Thread::new);
        journal.start();
        RoomNumbers numbers = new RoomNumbers(database);
        events = new JdbcEventStore(database, numbers);
        states = new JdbcStateStore(database, numbers);
        log = new EventLog(journal, events, states);
        RoomWriter.Stores stores = new RoomWriter.Stores(journal, log, events, states);
        Identity identity =
                new Identity(
                        SERVER,
                        BouncyEd25519.generate("1", new SecureRandom()),
                        new SecureRandom());
        writer =
                new RoomWriter(
                        stores,
                        new AuthRules(BouncyEd25519.verifier()),
                        EventPolicy.ALLOW_ALL,
                        identity,
                        clock);
        creation =
                new RoomCreation(
                        writer,
                        identity,
                        _ -> JsonObject.EMPTY,
                        new NoDirectory(),
                        RoomVersion.V12);
        memberships = new Memberships(writer, stores, identity, _ -> JsonObject.EMPTY);
        accountData = new AccountData(journal, new JdbcAccountDataStore(database));
        count = new EphemeralCount(clock);
        members = new LocalMembers(log.recent(), states, journal, SERVER);
        ReceiptStore read = new JdbcReceiptStore(database);
        OwnReceipts own = new OwnReceipts(read);
        receipts = new Receipts(read, own, events, members, journal, clock, _ -> {});
        readMarkers = new ReadMarkers(accountData, events, members);
        typing = new Typing(events, members, count, wakeups, clock);
        presence = new Presence(true, states, count, wakeups, clock);
        deviceLists = new DeviceLists(new JdbcDeviceListStore(database), states::peers);
        JdbcToDeviceStore letters = new JdbcToDeviceStore(database);
        inbox = new ToDeviceInbox(journal, letters);
        toDevice =
                new ToDevice(
                        SERVER,
                        journal,
                        letters,
                        inbox,
                        new OnePhoneEach(),
                        KeptInboxes.NONE,
                        clock);
        pushRules = new PushRules(accountData);
        sync = service(wakeups, log.recent(), log.memberships(), own);
    }

    /// A service that shares the data but remembers nothing.
    SyncService forgetful() {
        Wakeups blank = new Wakeups();
        Journal idle = new Journal(database, blank, Thread::new);
        idle.start();
        idle.close();
        return service(
                blank,
                new RecentEvents(events, states),
                new UserMemberships(states),
                new OwnReceipts(new JdbcReceiptStore(database)));
    }

    private SyncService service(
            Wakeups index, RecentEvents recent, UserMemberships places, OwnReceipts own) {
        Assembler assembler =
                new Assembler(
                        new Assembler.Stores(
                                events,
                                states,
                                new JdbcStateHistory(database),
                                new JdbcReceiptStore(database),
                                recent,
                                places),
                        new Assembler.Devices(
                                deviceLists,
                                inbox,
                                new KeyCounts(new JdbcOneTimeKeyStore(database))),
                        new Assembler.Live(typing, presence),
                        accountData,
                        new Assembler.Push(
                                pushRules,
                                new UnreadCounts(
                                        recent,
                                        events,
                                        states,
                                        new JdbcStateHistory(database),
                                        own,
                                        pushRules)));
        return new SyncService(assembler, journal, index, count, presence, () -> now);
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    /// A room of Alice's or whoever makes it, in which the others are.
    RoomId room(UserId creator, UserId... others) {
        return room(creator, List.of(), others);
    }

    RoomId room(UserId creator, List<InitialState> state, UserId... others) {
        RoomId room =
                creation.create(
                        new NewRoom(
                                creator,
                                Optional.of(RoomVersion.V11),
                                NewRoom.Preset.PUBLIC_CHAT,
                                false,
                                Optional.empty(),
                                List.of(),
                                false,
                                JsonObject.EMPTY,
                                JsonObject.EMPTY,
                                state,
                                Optional.empty(),
                                Optional.empty()));
        for (UserId other : others) {
            join(other, room);
        }
        return room;
    }

    void join(UserId user, RoomId room) {
        memberships.join(user, room, JsonObject.EMPTY);
    }

    void leave(UserId user, RoomId room) {
        memberships.leave(user, room, JsonObject.EMPTY);
    }

    EventId say(UserId user, RoomId room, String body) {
        return send(user, room, "m.room.message", message(body));
    }

    static JsonObject message(String body) {
        return JsonObject.of("body", body).with("msgtype", "m.text");
    }

    EventId send(UserId user, RoomId room, String type, JsonObject content) {
        return writer.send(
                room,
                EventDraft.message(user, type, content),
                Optional.of(new Transaction(user, PHONE, "send", "txn" + transactions++)));
    }

    EventId set(UserId user, RoomId room, String type, JsonObject content) {
        return set(user, room, new StateKey(type, ""), content);
    }

    EventId set(UserId user, RoomId room, StateKey key, JsonObject content) {
        return writer.send(room, EventDraft.state(user, key, content), Optional.empty());
    }

    EventId redact(UserId user, RoomId room, EventId target) {
        return writer.send(
                room, EventDraft.redaction(user, target, JsonObject.EMPTY), Optional.empty());
    }

    /// The user has new keys.
    void newKeys(UserId user) {
        journal.commit(
                Changes.at(
                        (tx, position) -> {
                            deviceLists.record(tx, position, user);
                            return user;
                        },
                        changed -> List.of(deviceLists.touch(changed))));
    }

    /// A message to the phone of somebody.
    void letter(UserId from, UserId to, String type) {
        toDevice.send(
                new ToDevice.Sending(
                        from,
                        PHONE,
                        type,
                        "txn" + transactions++,
                        Map.of(to, Map.of(PHONE.value(), JsonObject.EMPTY))));
    }

    Client client(UserId user) {
        return new Client(this, user);
    }

    @Override
    public void close() {
        journal.close();
        database.close();
    }

    private static final class NoDirectory implements RoomDirectory {
        @Override
        public void claim(Tx tx, RoomAlias alias, RoomId room, UserId creator) {
            throw new UnsupportedOperationException("rooms have no aliases here");
        }

        @Override
        public void publish(Tx tx, RoomId room) {
            throw new UnsupportedOperationException("rooms are not published here");
        }

        @Override
        public void hide(Tx tx, RoomId room) {}

        @Override
        public void move(Tx tx, RoomId from, RoomId to) {
            throw new UnsupportedOperationException("rooms are not published here");
        }
    }

    private static final class OnePhoneEach implements DeviceDirectory {
        @Override
        public Set<DeviceId> devices(Tx tx, UserId user) {
            return Set.of(PHONE);
        }

        @Override
        public Map<DeviceId, String> displayNames(UserId user) {
            return Map.of();
        }
    }
}
