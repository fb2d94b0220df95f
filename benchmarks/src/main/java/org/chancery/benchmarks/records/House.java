package org.chancery.benchmarks.records;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.crypto.FastEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.events.JdbcEventStore;
import org.chancery.adapters.jdbc.events.JdbcFollowerStore;
import org.chancery.adapters.jdbc.events.JdbcStateStore;
import org.chancery.adapters.jdbc.events.RoomNumbers;
import org.chancery.adapters.jdbc.keys.JdbcToDeviceStore;
import org.chancery.adapters.jdbc.media.JdbcMediaStore;
import org.chancery.adapters.jdbc.records.JdbcBlobPins;
import org.chancery.adapters.jdbc.records.JdbcLetterStore;
import org.chancery.adapters.jdbc.records.JdbcPieceStore;
import org.chancery.adapters.jdbc.records.JdbcRecordSessionStore;
import org.chancery.adapters.jdbc.records.JdbcRoomLeafStore;
import org.chancery.governance.records.Attachments;
import org.chancery.governance.records.Coverage;
import org.chancery.governance.records.Inbox;
import org.chancery.governance.records.Ingest;
import org.chancery.governance.records.Kind;
import org.chancery.governance.records.LeafDrafts;
import org.chancery.governance.records.Originals;
import org.chancery.governance.records.PieceStore;
import org.chancery.governance.records.RecordScope;
import org.chancery.governance.records.RoomLeaves;
import org.chancery.governance.records.WatchedLetters;
import org.chancery.governance.records.Wrapping;
import org.chancery.homeserver.e2ee.DeviceDirectory;
import org.chancery.homeserver.e2ee.ToDevice;
import org.chancery.homeserver.e2ee.ToDeviceInbox;
import org.chancery.homeserver.events.EventLog;
import org.chancery.homeserver.events.Followers;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.homeserver.rooms.EventPolicy;
import org.chancery.homeserver.rooms.Identity;
import org.chancery.homeserver.rooms.RoomWriter;
import org.chancery.protocol.authrules.AuthRules;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.tlog.merkle.Hash;

/// The domain over a database of its own, without doors: what both kinds of rooms have in common is
/// left as small as it can be, so that the share of the archive is not told too small.
final class House implements AutoCloseable {
    static final ServerName SERVER = new ServerName("bench.example");
    private static final Clock CLOCK = Clock.systemUTC();
    private static final DeviceId DEVICE = new DeviceId("ARCHIVE");

    private final Database database;
    private final Wakeups wakeups = new Wakeups();
    private final Journal journal;
    private final RoomWriter writer;
    private final Followers followers;
    private final JdbcPieceStore pieces;
    private final LeafDrafts drafts;
    private final ToDevice toDevice;
    private final Map<UserId, RoomId> byArchive = new HashMap<>();
    private final List<RoomId> rooms = new ArrayList<>();
    private final AtomicLong letters = new AtomicLong();

    /// Every room is a record room, or none is.
    ///
    /// @param byArchive the rooms of the archive users
    private record All(boolean archived, Map<UserId, RoomId> byArchive) implements RecordScope {
        @Override
        public boolean isEmpty() {
            return !archived;
        }

        @Override
        public boolean contains(RoomId room) {
            return archived;
        }

        @Override
        public Optional<RoomId> roomOf(UserId archive) {
            return Optional.ofNullable(byArchive.get(archive));
        }

        @Override
        public boolean hasDevice(UserId archive, DeviceId device) {
            return device.equals(DEVICE);
        }

        @Override
        public Optional<DeviceId> device(UserId archive) {
            return Optional.of(DEVICE);
        }
    }

    /// Nobody but the archive has a device here.
    private static final class NoDevices implements DeviceDirectory {
        @Override
        public Set<DeviceId> devices(Tx tx, UserId user) {
            return Set.of();
        }

        @Override
        public Map<DeviceId, String> displayNames(UserId user) {
            return Map.of();
        }
    }

    House(Path file, boolean archived) {
        this.database = Database.sqlite(file);
        this.journal = new Journal(database, wakeups, work -> Thread.ofPlatform().unstarted(work));
        journal.start();
        RoomNumbers numbers = new RoomNumbers(database);
        JdbcEventStore events = new JdbcEventStore(database, numbers);
        JdbcStateStore states = new JdbcStateStore(database, numbers);
        this.pieces = new JdbcPieceStore(database);
        this.drafts = new LeafDrafts(pieces, new JdbcRoomLeafStore(database));
        All scope = new All(archived, byArchive);
        EventLog log = new EventLog(journal, events, states, new Originals(scope, pieces, events));
        var signer = new FastEd25519(BouncyEd25519.generate("a", new SecureRandom()));
        this.writer =
                new RoomWriter(
                        new RoomWriter.Stores(journal, log, events, states),
                        new AuthRules(BouncyEd25519.verifier()),
                        EventPolicy.ALLOW_ALL,
                        new Identity(SERVER, signer, new SplittableRandom(7)),
                        CLOCK);
        WatchedLetters watched = new WatchedLetters(new JdbcLetterStore(database));
        Wrapping wrapping = new Wrapping(new SecureRandom());
        this.toDevice =
                toDevice(new Inbox(scope, events, pieces, watched, wrapping, drafts, CLOCK));
        this.followers =
                new Followers(
                        new JdbcFollowerStore(database),
                        journal,
                        wakeups,
                        CLOCK,
                        Thread.ofPlatform().daemon().factory(),
                        Followers.Pace.USUAL);
        Ingest ingest =
                new Ingest(
                        scope,
                        log.signed(),
                        pieces,
                        wrapping,
                        drafts,
                        List.of(
                                new Coverage(
                                        new JdbcRecordSessionStore(database),
                                        watched,
                                        () -> {
                                            // Nobody is told here.
                                        }),
                                new Attachments(
                                        new JdbcMediaStore(database), new JdbcBlobPins(database))));
        followers.follow(ingest.feed(), ingest.scope(), ingest, Followers.Pace.GATHERING);
        followers.start();
    }

    private ToDevice toDevice(Inbox inbox) {
        JdbcToDeviceStore mailboxes = new JdbcToDeviceStore(database);
        return new ToDevice(
                SERVER,
                journal,
                mailboxes,
                new ToDeviceInbox(journal, mailboxes),
                new NoDevices(),
                inbox,
                CLOCK);
    }

    /// A room of one user, as small as a room may be.
    void open(UserId owner) {
        JsonObject create = JsonObject.of("room_version", RoomVersion.V12.id());
        RoomId room =
                writer.create(
                        RoomVersion.V12,
                        List.of(
                                EventDraft.state(owner, new StateKey("m.room.create", ""), create),
                                EventDraft.member(
                                        owner, owner, JsonObject.of("membership", "join")),
                                EventDraft.state(
                                        owner,
                                        new StateKey("m.room.power_levels", ""),
                                        JsonObject.EMPTY),
                                EventDraft.state(
                                        owner,
                                        new StateKey("m.room.join_rules", ""),
                                        JsonObject.of("join_rule", "invite"))),
                        _ -> _ -> {});
        byArchive.put(archive(rooms.size()), room);
        rooms.add(room);
    }

    private static UserId archive(int room) {
        return new UserId("archive" + room, SERVER);
    }

    /// Sends the archive of a room an Olm message and returns when it is durable.
    void letter(int room, UserId sender, DeviceId device, JsonObject content) {
        String transaction = "t" + letters.incrementAndGet();
        var byDevice = Map.of(DEVICE.value(), content);
        toDevice.send(
                new ToDevice.Sending(
                        sender,
                        device,
                        "m.room.encrypted",
                        transaction,
                        Map.of(archive(room), byDevice)));
    }

    /// Sends an encrypted event and returns when it is durable.
    void send(int room, UserId sender, JsonObject content) {
        writer.send(
                rooms.get(room),
                EventDraft.message(sender, "m.room.encrypted", content),
                Optional.empty());
    }

    /// Waits until the archive has come to the end.
    void settle() {
        while (followers.progress().getFirst().lag() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// How many leaves an hour gives, made now.
    int leaves() {
        return new RoomLeaves(
                        pieces,
                        new JdbcRoomLeafStore(database),
                        drafts,
                        (_, leaf) -> Hash.leaf(leaf),
                        journal,
                        CLOCK)
                .round();
    }

    /// The events of the archive, and their bytes with their keys, without what the engine adds.
    PieceStore.Amount amount() {
        long count = 0;
        long bytes = 0;
        for (PieceStore.Archive archive : pieces.archives(-1, Integer.MAX_VALUE)) {
            var of = pieces.amounts(archive.room()).get(Kind.EVENT);
            count += of == null ? 0 : of.count();
            bytes += of == null ? 0 : of.bytes();
        }
        return new PieceStore.Amount(count, 0, bytes);
    }

    /// The bytes of the database.
    long bytes() {
        return database.bytes();
    }

    @Override
    public void close() {
        followers.close();
        journal.close();
        database.close();
    }
}
