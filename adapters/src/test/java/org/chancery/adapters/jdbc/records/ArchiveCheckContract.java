package org.chancery.adapters.jdbc.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.chancery.testkit.RoomHouse.ALICE;
import static org.chancery.testkit.RoomHouse.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.chancery.adapters.blobs.DiskBlobs;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.archive.dossier.EventLine;
import org.chancery.archive.dossier.KeyChange;
import org.chancery.archive.stock.Digest;
import org.chancery.governance.records.ArchiveFsck;
import org.chancery.governance.records.BlobPins;
import org.chancery.governance.records.Dossiers;
import org.chancery.governance.records.Kind;
import org.chancery.governance.records.PieceStore;
import org.chancery.governance.records.RoomLeaves;
import org.chancery.homeserver.e2ee.DeviceKeys;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.media.MediaFile;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.tlog.merkle.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That the archive tells where it was changed, over an engine.
abstract class ArchiveCheckContract {
    private static final UserId ARCHIVE = UserId.parse("@archive-1:house.example");

    private final Archiving.Scope scope = new Archiving.Scope();
    @TempDir private Path files = Path.of("");
    private DiskBlobs blobs;
    private Archiving archive;
    private RoomRef room;

    /// The same database each time.
    abstract Database database();

    /// All is made in [#enter], before each test.
    @SuppressWarnings("NullAway.Init")
    ArchiveCheckContract() {}

    @BeforeEach
    void enter() throws IOException {
        archive = new Archiving(database(), scope, new ArrayList<>());
        blobs = new DiskBlobs(files);
        room = archive.house.openRoom(RoomVersion.V12);
        scope.archives.put(room.id(), ARCHIVE);
        archive.house.memberships().join(BOB, room.id(), JsonObject.EMPTY);
        upload(ALICE, "picture");
        say(ALICE, "one");
        olm(ALICE);
        archive.archive();
        leaves().round();
        say(BOB, "two");
        olm(BOB);
        archive.awaitArchived();
        leaves().round();
        say(ALICE, "after the last leaf");
        publish(BOB, "key");
        archive.awaitArchived();
    }

    @AfterEach
    void leave() {
        archive.close();
    }

    @Test
    void an_archive_that_nobody_touched_is_sound() {
        ArchiveFsck.Report report = fsck();

        assertEquals(List.of(), report.faults());
        assertEquals(1, report.rooms());
        assertEquals(2, report.leaves());
        assertEquals(1, report.files());
        assertEquals(archive.kept(room, Kind.EVENT).size() + 3, report.pieces());
    }

    @Test
    void a_flipped_bit_in_any_piece_or_key_is_found_and_its_place_is_named() {
        for (Kind kind : Kind.values()) {
            PieceStore.Kept kept = archive.kept(room, kind).getFirst();
            for (String column : List.of("record_pieces.body", "record_keys.wrap")) {
                flip(column, kept.place().id());

                List<String> faults = fsck().faults();

                assertEquals(1, faults.size(), faults.toString());
                assertTrue(faults.getFirst().startsWith(kept.place().toString()));
                flip(column, kept.place().id());
            }
        }
        assertTrue(fsck().isSound());
    }

    @Test
    void a_piece_that_is_gone_shows_in_the_leaf_that_commits_to_it() {
        for (Kind kind : List.of(Kind.EVENT, Kind.INBOX)) {
            PieceStore.Kept kept = archive.kept(room, kind).getFirst();
            write(
                    tx ->
                            JdbcTx.of(tx)
                                    .run(
                                            "UPDATE record_pieces SET room = -1 WHERE id = ?",
                                            kept.place().id()));

            assertTrue(fsck().faults().getFirst().startsWith(room + ", leaf 0"));
            write(
                    tx ->
                            JdbcTx.of(tx)
                                    .run(
                                            "UPDATE record_pieces SET room = ? WHERE id = ?",
                                            room.number(),
                                            kept.place().id()));
        }
    }

    @Test
    void a_changed_leaf_and_one_that_is_not_in_the_log_are_found() {
        byte[] logged = archive.logged.stream().filter(this::isSecond).findFirst().orElseThrow();
        archive.logged.remove(logged);

        assertEquals(List.of(room + ", leaf 1: not in the log"), fsck().faults());
        write(tx -> JdbcTx.of(tx).run("DELETE FROM record_leaves WHERE number = 0"));
        assertTrue(fsck().faults().getFirst().startsWith(room + ", leaf 1"));
    }

    @Test
    void what_the_next_leaf_goes_on_from_is_checked_too() {
        write(
                tx ->
                        JdbcTx.of(tx)
                                .run(
                                        "UPDATE record_leaves SET ends = ? WHERE number = 1",
                                        "{\"awaited\":[],\"open\":[]}".getBytes(UTF_8)));

        List<String> faults = fsck().faults();

        assertEquals(1, faults.size(), faults.toString());
        assertTrue(faults.getFirst().startsWith(room + ", leaf 1: the ends"), faults.toString());
    }

    @Test
    void a_room_whose_last_leaf_is_broken_holds_up_no_other() {
        RoomRef other = archive.house.openRoom(RoomVersion.V12);
        scope.archives.put(other.id(), UserId.parse("@archive.2:house.example"));
        say(ALICE, "for a next leaf");
        archive.house.say(ALICE, other, "for a first leaf");
        archive.awaitArchived();
        write(
                tx ->
                        JdbcTx.of(tx)
                                .run(
                                        "UPDATE record_leaves SET leaf = ? WHERE number = 1",
                                        "{}".getBytes(UTF_8)));

        leaves().round();

        assertEquals(1, archive.leaves.last(room).orElseThrow().number());
        assertEquals(0, archive.leaves.last(other).orElseThrow().number());
    }

    @Test
    void all_that_came_is_fixed_though_the_hourly_round_makes_its_leaf_at_that_moment()
            throws InterruptedException {
        Semaphore read = new Semaphore(0);
        Semaphore made = new Semaphore(0);
        List<Boolean> fixed = new ArrayList<>();
        RoomLeaves fixing = leaves(new Once(archive.clock, () -> changeOver(read, made)));
        Thread fix = new Thread(() -> fixed.add(fixing.fix(kept())));
        Runnable meanwhile =
                () -> {
                    say(BOB, "when the round had read");
                    archive.awaitArchived();
                    fix.start();
                    read.acquireUninterruptibly();
                };

        leaves(new Once(archive.clock, meanwhile)).make(kept());
        made.release();
        fix.join();

        assertEquals(List.of(true), fixed);
        long last = archive.pieces.last(room, Kind.EVENT);
        assertEquals(last, archive.leaves.last(room).orElseThrow().reach().events());
    }

    private static void changeOver(Semaphore read, Semaphore made) {
        read.release();
        made.acquireUninterruptibly();
    }

    private PieceStore.Archive kept() {
        return archive.pieces.archive(room.id()).orElseThrow();
    }

    /// A clock at which something is done when it is looked at for the first time.
    private static final class Once implements InstantSource {
        private final InstantSource clock;
        private final AtomicReference<Runnable> first;

        Once(InstantSource clock, Runnable first) {
            this.clock = clock;
            this.first = new AtomicReference<>(first);
        }

        @Override
        public Instant instant() {
            first.getAndSet(() -> {}).run();
            return clock.instant();
        }
    }

    private boolean isSecond(byte[] leaf) {
        return Json.parseObject(leaf).integer("number").orElse(-1) == 1;
    }

    @Test
    void what_was_disposed_of_is_no_fault_while_its_hash_still_fits() {
        PieceStore.Kept kept = archive.kept(room, Kind.EVENT).getFirst();
        byte[] bytes = archive.opened(room, Kind.EVENT).getFirst();
        Pdu event = Pdu.parse(Json.parseObject(bytes), RoomVersion.V12);
        EventLine mark =
                new EventLine.Disposed(
                        event.eventId(),
                        new Digest(UnpaddedBase64.encode(Hash.leaf(bytes).bytes())));
        JsonObject json = Json.parseObject(mark.bytes());

        write(tx -> archive.pieces.dispose(tx, kept.place().id(), json));

        assertEquals(List.of(), fsck().faults());
        write(tx -> archive.pieces.dispose(tx, kept.place().id(), JsonObject.of("x", "y")));
        assertTrue(!fsck().isSound());
    }

    @Test
    void a_file_that_was_changed_or_is_gone_is_named() throws IOException {
        Path file;
        try (var all = Files.walk(files)) {
            file = all.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        Files.writeString(file, "pictura");

        assertTrue(fsck().faults().getFirst().contains("its bytes have changed"));
        Files.delete(file);
        assertTrue(fsck().faults().getFirst().contains("cannot be read"));
    }

    @Test
    void what_a_member_uploaded_before_an_encrypted_event_is_pinned_as_inferred() {
        upload(BOB, "another");
        say(ALICE, "not Bob's");
        archive.awaitArchived();
        assertEquals(1, archive.pins.read(room, 0, 10).size());

        say(BOB, "Bob's");
        archive.awaitArchived();

        List<BlobPins.Pin> pins = archive.pins.read(room, 0, 10);
        assertEquals(
                List.of("media-picture", "media-another"),
                pins.stream().map(BlobPins.Pin::media).toList());
        assertTrue(pins.stream().noneMatch(BlobPins.Pin::linked));
        assertEquals(1, archive.pins.read(room, pins.getFirst().ordinal(), 10).size());
    }

    @Test
    void what_its_uploader_has_linked_is_pinned_there_and_inferred_nowhere_else() {
        RoomRef other = secondRoom();
        upload(BOB, "linked");
        upload(BOB, "elsewhere");
        archive.links().link(BOB, room.id(), "media-linked");
        archive.links().link(BOB, room.id(), "media-linked");
        archive.links().link(BOB, other.id(), "media-elsewhere");
        say(other, BOB, "there");
        say(BOB, "here");
        archive.awaitArchived();

        List<BlobPins.Pin> here = archive.pins.read(room, 0, 10);
        assertEquals(List.of("media-picture", "media-linked"), media(here));
        assertTrue(here.getLast().linked());
        assertEquals(BlobPins.NO_EVENT, here.getLast().event());
        assertEquals(List.of("media-elsewhere"), media(archive.pins.read(other, 0, 10)));
    }

    @Test
    void a_link_takes_back_what_was_inferred_in_that_moment_and_nothing_later() {
        RoomRef other = secondRoom();
        upload(BOB, "soon");
        upload(BOB, "late");
        say(other, BOB, "there");
        archive.awaitArchived();
        assertEquals(2, archive.pins.read(other, 0, 10).size());

        archive.links().link(BOB, room.id(), "media-soon");
        archive.clock.pass(Duration.ofMinutes(2));
        archive.links().link(BOB, room.id(), "media-late");

        assertEquals(List.of("media-late"), media(archive.pins.read(other, 0, 10)));
        assertEquals(
                List.of("media-picture", "media-soon", "media-late"),
                media(archive.pins.read(room, 0, 10)));
    }

    @Test
    void only_the_uploader_links_and_only_to_record_rooms_that_they_are_in() {
        RoomRef chat = archive.house.openRoom(RoomVersion.V11);
        RoomRef other = secondRoom();
        archive.house.memberships().leave(BOB, other.id(), JsonObject.EMPTY);
        upload(BOB, "mine");

        assertEquals("M_NOT_FOUND", refusal(ALICE, room, "media-mine"));
        assertEquals("M_NOT_FOUND", refusal(BOB, room, "media-none"));
        assertEquals("M_FORBIDDEN", refusal(BOB, other, "media-mine"));
        assertEquals("M_NOT_FOUND", refusal(ALICE, chat, "media-picture"));

        assertTrue(archive.pins.read(room, 0, 10).stream().noneMatch(BlobPins.Pin::linked));
    }

    private String refusal(UserId by, RoomRef to, String media) {
        return assertThrows(MatrixException.class, () -> archive.links().link(by, to.id(), media))
                .error()
                .errcode();
    }

    private static List<String> media(List<BlobPins.Pin> pins) {
        return pins.stream().map(BlobPins.Pin::media).toList();
    }

    private RoomRef secondRoom() {
        RoomRef other = archive.house.openRoom(RoomVersion.V12);
        scope.archives.put(other.id(), UserId.parse("@archive-2:house.example"));
        archive.house.memberships().join(BOB, other.id(), JsonObject.EMPTY);
        return other;
    }

    @Test
    void keys_of_members_are_noted_as_they_change_each_with_a_leaf() {
        publish(BOB, "other key");
        archive.awaitArchived();
        publish(BOB, "other key");
        archive.awaitArchived();
        write(tx -> archive.deviceKeys.deleteDeviceKeys(tx, BOB, Archiving.PHONE));
        changed(BOB);
        archive.awaitArchived();

        List<KeyChange> changes =
                archive.opened(room, Kind.KEYS).stream()
                        .map(bytes -> KeyChange.parse(Json.parseObject(bytes)))
                        .toList();

        assertEquals(
                List.of(KeyChange.Kind.DEVICE, KeyChange.Kind.DEVICE, KeyChange.Kind.DEVICE_GONE),
                changes.stream().map(KeyChange::kind).toList());
        assertTrue(changes.stream().allMatch(it -> archive.isLogged(it.entry().bytes())));
        assertEquals(List.of(), fsck().faults());
    }

    @Test
    void who_joins_brings_the_keys_of_then() {
        UserId carol = UserId.parse("@carol:house.example");
        publish(carol, "hers");
        archive.awaitArchived();
        int before = archive.kept(room, Kind.KEYS).size();

        archive.house.memberships().join(carol, room.id(), JsonObject.EMPTY);
        archive.awaitArchived();

        assertEquals(before + 1, archive.kept(room, Kind.KEYS).size());
    }

    private void publish(UserId user, String key) {
        JsonObject json = JsonObject.of("user_id", user.toString()).with("key", key);
        write(
                tx ->
                        archive.deviceKeys.putDeviceKeys(
                                tx, new DeviceKeys(user, Archiving.PHONE, json)));
        changed(user);
    }

    private void changed(UserId user) {
        archive.house
                .journal()
                .commit(
                        Changes.at(
                                (tx, position) -> {
                                    archive.deviceLists.insert(tx, position, user);
                                    return true;
                                },
                                _ -> List.of()));
    }

    private void flip(String column, long id) {
        String table = column.substring(0, column.indexOf('.'));
        String name = column.substring(column.indexOf('.') + 1);
        write(
                tx -> {
                    byte[] bytes =
                            JdbcTx.of(tx)
                                    .one(
                                            "SELECT " + name + " FROM " + table + " WHERE id = ?",
                                            row -> row.getBytes(1),
                                            id)
                                    .orElseThrow();
                    bytes[bytes.length / 2] ^= 1;
                    JdbcTx.of(tx)
                            .run(
                                    "UPDATE " + table + " SET " + name + " = ? WHERE id = ?",
                                    bytes,
                                    id);
                });
    }

    private void write(Consumer<Tx> change) {
        archive.house
                .journal()
                .commit(
                        Changes.of(
                                tx -> {
                                    change.accept(tx);
                                    return true;
                                }));
    }

    private ArchiveFsck.Report fsck() {
        return new ArchiveFsck(
                        new Dossiers.Archives(
                                archive.pieces, archive.leaves, archive.sessions, archive.pins),
                        blobs,
                        archive::isLogged)
                .run();
    }

    private RoomLeaves leaves() {
        return leaves(archive.clock);
    }

    private RoomLeaves leaves(InstantSource clock) {
        return new RoomLeaves(
                archive.pieces,
                archive.leaves,
                archive.drafts,
                archive.log(),
                archive.house.journal(),
                clock);
    }

    private void upload(UserId uploader, String text) {
        try {
            var blob = blobs.keep(new ByteArrayInputStream(text.getBytes(UTF_8)));
            var file =
                    new MediaFile(
                            "media-" + text,
                            blob,
                            "application/octet-stream",
                            Optional.empty(),
                            uploader,
                            archive.clock.millis());
            write(tx -> archive.media.insert(tx, file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void olm(UserId sender) {
        archive.send(sender, ARCHIVE, "m.room.encrypted", Map.of("*", JsonObject.of("a", "b")));
    }

    private void say(UserId sender, String text) {
        say(room, sender, text);
    }

    private void say(RoomRef to, UserId sender, String text) {
        archive.house
                .writer()
                .send(
                        to.id(),
                        EventDraft.message(
                                sender, "m.room.encrypted", JsonObject.of("ciphertext", text)),
                        Optional.empty());
    }
}
