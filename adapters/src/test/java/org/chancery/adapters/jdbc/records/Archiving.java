package org.chancery.adapters.jdbc.records;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.events.JdbcEventStore;
import org.chancery.adapters.jdbc.events.JdbcFollowerStore;
import org.chancery.adapters.jdbc.events.JdbcStateStore;
import org.chancery.adapters.jdbc.events.RoomNumbers;
import org.chancery.adapters.jdbc.keys.JdbcCrossSigningStore;
import org.chancery.adapters.jdbc.keys.JdbcDeviceListStore;
import org.chancery.adapters.jdbc.keys.JdbcKeyStore;
import org.chancery.adapters.jdbc.keys.JdbcToDeviceStore;
import org.chancery.adapters.jdbc.media.JdbcMediaStore;
import org.chancery.governance.records.AttachmentLinks;
import org.chancery.governance.records.Attachments;
import org.chancery.governance.records.Coverage;
import org.chancery.governance.records.Inbox;
import org.chancery.governance.records.Ingest;
import org.chancery.governance.records.KeyChanges;
import org.chancery.governance.records.Kind;
import org.chancery.governance.records.LeafDrafts;
import org.chancery.governance.records.LeafLog;
import org.chancery.governance.records.MemberKeys;
import org.chancery.governance.records.Originals;
import org.chancery.governance.records.PieceStore;
import org.chancery.governance.records.RecordScope;
import org.chancery.governance.records.Sealed;
import org.chancery.governance.records.WatchedLetters;
import org.chancery.governance.records.Wrapping;
import org.chancery.homeserver.e2ee.DeviceDirectory;
import org.chancery.homeserver.e2ee.ToDevice;
import org.chancery.homeserver.e2ee.ToDeviceInbox;
import org.chancery.homeserver.events.Followers;
import org.chancery.homeserver.events.Keeper;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.Signer;
import org.chancery.testkit.ManualClock;
import org.chancery.testkit.RoomHouse;

/// A house whose record rooms are archived, over a real database.
final class Archiving implements AutoCloseable {
    static final DeviceId OLD = new DeviceId("ARCHIVE1");
    static final DeviceId NOW = new DeviceId("ARCHIVE2");
    static final DeviceId PHONE = new DeviceId("PHONE");
    private static final Signer SIGNER = BouncyEd25519.generate("test", new SecureRandom());
    private static final Duration LONG = Duration.ofSeconds(20);

    final Database database;
    final JdbcPieceStore pieces;
    final WatchedLetters letters;
    final JdbcRoomLeafStore leaves;
    final LeafDrafts drafts;
    final Inbox inbox;
    final JdbcRecordSessionStore sessions;
    final AtomicInteger gaps = new AtomicInteger();
    final JdbcEventStore events;
    final JdbcToDeviceStore mailboxes;
    final JdbcKeyStore deviceKeys;
    final JdbcDeviceListStore deviceLists;
    final JdbcMediaStore media;
    final JdbcBlobPins pins;
    final List<byte[]> logged;
    final Scope scope;
    final RoomHouse house;
    final ToDevice toDevice;
    final ManualClock clock = ManualClock.standing();
    final Wrapping wrapping = new Wrapping(new SecureRandom());
    private final Followers followers;
    private int transactions;

    /// The rooms that a test says, each with the archive user that it says.
    static final class Scope implements RecordScope {
        final Map<RoomId, UserId> archives = new HashMap<>();

        @Override
        public boolean isEmpty() {
            return archives.isEmpty();
        }

        @Override
        public boolean contains(RoomId room) {
            return archives.containsKey(room);
        }

        @Override
        public Optional<RoomId> roomOf(UserId archive) {
            return archives.entrySet().stream()
                    .filter(it -> it.getValue().equals(archive))
                    .map(Map.Entry::getKey)
                    .findFirst();
        }

        @Override
        public boolean hasDevice(UserId archive, DeviceId device) {
            return device.equals(OLD) || device.equals(NOW);
        }

        @Override
        public Optional<DeviceId> device(UserId archive) {
            return Optional.of(NOW);
        }
    }

    /// Here a room comes into the scope after it was made; so no room's events may be let go.
    private record Everything(Keeper keeper) implements Keeper {
        @Override
        public boolean keeps(RoomRef room) {
            return true;
        }

        @Override
        public void redacting(Tx tx, RoomRef room, long target) {
            keeper.redacting(tx, room, target);
        }
    }

    private static final class Phones implements DeviceDirectory {
        @Override
        public Set<DeviceId> devices(Tx tx, UserId user) {
            return Set.of(PHONE);
        }

        @Override
        public Map<DeviceId, String> displayNames(UserId user) {
            return Map.of();
        }
    }

    /// @param logged what is in the log
    Archiving(Database database, Scope scope, List<byte[]> logged) {
        this.logged = logged;
        this.deviceKeys = new JdbcKeyStore(database);
        this.deviceLists = new JdbcDeviceListStore(database);
        this.media = new JdbcMediaStore(database);
        this.pins = new JdbcBlobPins(database);
        this.database = database;
        this.scope = scope;
        this.pieces = new JdbcPieceStore(database);
        this.letters = new WatchedLetters(new JdbcLetterStore(database));
        this.leaves = new JdbcRoomLeafStore(database);
        this.sessions = new JdbcRecordSessionStore(database);
        this.drafts = new LeafDrafts(pieces, leaves);
        RoomNumbers numbers = new RoomNumbers(database);
        this.events = new JdbcEventStore(database, numbers);
        this.mailboxes = new JdbcToDeviceStore(database);
        this.house =
                new RoomHouse(
                        database,
                        events,
                        new JdbcStateStore(database, numbers),
                        SIGNER,
                        new Everything(new Originals(scope, pieces, events)));
        this.inbox = new Inbox(scope, events, pieces, letters, wrapping, drafts, clock);
        this.toDevice =
                new ToDevice(
                        RoomHouse.SERVER,
                        house.journal(),
                        mailboxes,
                        new ToDeviceInbox(house.journal(), mailboxes),
                        new Phones(),
                        inbox,
                        clock);
        KeyChanges changes = keyChanges();
        Ingest ingest =
                new Ingest(
                        scope,
                        house.stores().log().signed(),
                        pieces,
                        wrapping,
                        drafts,
                        List.of(
                                new Coverage(sessions, letters, gaps::incrementAndGet),
                                new Attachments(media, pins),
                                changes));
        this.followers =
                new Followers(
                        new JdbcFollowerStore(database),
                        house.journal(),
                        house.wakeups(),
                        clock,
                        work -> Thread.ofPlatform().daemon().unstarted(work),
                        new Followers.Pace(
                                Duration.ofMillis(1),
                                500,
                                Duration.ofMillis(1),
                                Duration.ofMillis(5)));
        followers.follow(ingest.feed(), ingest.scope(), ingest);
        followers.follow(changes.feed(), changes.scope(), changes);
    }

    private KeyChanges keyChanges() {
        MemberKeys keys =
                new MemberKeys(
                        deviceKeys,
                        new JdbcCrossSigningStore(database),
                        new Phones(),
                        new MemberKeys.Tables(pieces, new JdbcMemberKeyStore(), wrapping),
                        log(),
                        new SecureRandom(),
                        clock);
        return new KeyChanges(scope, deviceLists, house.stores().log().memberships(), keys);
    }

    /// The log of this house: it takes the same leaf once, as the server's does.
    LeafLog log() {
        return (_, leaf) -> {
            if (!isLogged(leaf)) {
                logged.add(leaf);
            }
        };
    }

    AttachmentLinks links() {
        return new AttachmentLinks(
                scope, house.stores().log().memberships(), media, pins, house.journal(), clock);
    }

    boolean isLogged(byte[] leaf) {
        return logged.stream().anyMatch(it -> Arrays.equals(it, leaf));
    }

    /// Starts to follow and waits until all is archived.
    void archive() {
        followers.start();
        awaitArchived();
    }

    void awaitArchived() {
        assertTimeoutPreemptively(
                LONG,
                () -> {
                    while (followers.progress().stream().anyMatch(it -> it.lag() > 0)) {
                        Thread.onSpinWait();
                    }
                });
    }

    /// Sends a to-device message to devices of one user.
    void send(UserId sender, UserId to, String type, Map<String, JsonObject> byDevice) {
        toDevice.send(
                new ToDevice.Sending(
                        sender, PHONE, type, "t" + transactions++, Map.of(to, byDevice)));
    }

    /// What the archive has of a room, opened.
    List<byte[]> opened(RoomRef room, Kind kind) {
        List<byte[]> all = new ArrayList<>();
        for (PieceStore.Kept kept : kept(room, kind)) {
            Sealed sealed = kept.sealed().orElseThrow();
            all.add(Wrapping.open(kept.place(), sealed));
        }
        return all;
    }

    List<PieceStore.Kept> kept(RoomRef room, Kind kind) {
        return pieces.read(room, kind, 0, Long.MAX_VALUE, 10_000);
    }

    @Override
    public void close() {
        followers.close();
        house.close();
        database.close();
    }
}
