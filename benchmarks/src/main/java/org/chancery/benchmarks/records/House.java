package org.chancery.benchmarks.records;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.crypto.FastEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.events.JdbcEventStore;
import org.chancery.adapters.jdbc.events.JdbcFollowerStore;
import org.chancery.adapters.jdbc.events.JdbcStateStore;
import org.chancery.adapters.jdbc.events.RoomNumbers;
import org.chancery.adapters.jdbc.media.JdbcMediaStore;
import org.chancery.adapters.jdbc.records.JdbcBlobPins;
import org.chancery.adapters.jdbc.records.JdbcLetterStore;
import org.chancery.adapters.jdbc.records.JdbcPieceStore;
import org.chancery.adapters.jdbc.records.JdbcRecordSessionStore;
import org.chancery.adapters.jdbc.records.JdbcRoomLeafStore;
import org.chancery.governance.records.Attachments;
import org.chancery.governance.records.Coverage;
import org.chancery.governance.records.Ingest;
import org.chancery.governance.records.Kind;
import org.chancery.governance.records.LeafDrafts;
import org.chancery.governance.records.PieceStore;
import org.chancery.governance.records.RecordScope;
import org.chancery.governance.records.RoomLeaves;
import org.chancery.governance.records.WatchedLetters;
import org.chancery.governance.records.Wrapping;
import org.chancery.homeserver.events.EventLog;
import org.chancery.homeserver.events.Followers;
import org.chancery.homeserver.kernel.Journal;
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

    private final Database database;
    private final Wakeups wakeups = new Wakeups();
    private final Journal journal;
    private final RoomWriter writer;
    private final Followers followers;
    private final JdbcPieceStore pieces;
    private final LeafDrafts drafts;
    private final List<RoomId> rooms = new ArrayList<>();
    private final boolean archived;

    /// Every room is a record room, or none is.
    private record All(boolean archived) implements RecordScope {
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
            return Optional.empty();
        }

        @Override
        public boolean hasDevice(UserId archive, DeviceId device) {
            return false;
        }

        @Override
        public Optional<DeviceId> device(UserId archive) {
            return Optional.empty();
        }
    }

    House(Path file, boolean archived) {
        this.archived = archived;
        this.database = Database.sqlite(file);
        this.journal = new Journal(database, wakeups, work -> Thread.ofPlatform().unstarted(work));
        journal.start();
        RoomNumbers numbers = new RoomNumbers(database);
        JdbcEventStore events = new JdbcEventStore(database, numbers);
        JdbcStateStore states = new JdbcStateStore(database, numbers);
        var signer = new FastEd25519(BouncyEd25519.generate("a", new SecureRandom()));
        this.writer =
                new RoomWriter(
                        new RoomWriter.Stores(
                                journal, new EventLog(journal, events, states), events, states),
                        new AuthRules(BouncyEd25519.verifier()),
                        EventPolicy.ALLOW_ALL,
                        new Identity(SERVER, signer, new SplittableRandom(7)),
                        Clock.systemUTC());
        this.pieces = new JdbcPieceStore(database);
        this.drafts = new LeafDrafts(pieces, new JdbcRoomLeafStore(database));
        this.followers =
                new Followers(
                        new JdbcFollowerStore(database),
                        journal,
                        wakeups,
                        Clock.systemUTC(),
                        Thread.ofPlatform().daemon().factory(),
                        Followers.Pace.USUAL);
        Ingest ingest =
                new Ingest(
                        new All(archived),
                        events,
                        pieces,
                        new Wrapping(new SecureRandom()),
                        drafts,
                        List.of(
                                new Coverage(
                                        new JdbcRecordSessionStore(database),
                                        new WatchedLetters(new JdbcLetterStore(database)),
                                        () -> {
                                            // Nobody is told here.
                                        }),
                                new Attachments(
                                        new JdbcMediaStore(database), new JdbcBlobPins(database))));
        followers.follow(ingest.feed(), ingest.scope(), ingest);
        followers.start();
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
        rooms.add(room);
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
                        Clock.systemUTC())
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

    boolean archived() {
        return archived;
    }

    @Override
    public void close() {
        followers.close();
        journal.close();
        database.close();
    }
}
