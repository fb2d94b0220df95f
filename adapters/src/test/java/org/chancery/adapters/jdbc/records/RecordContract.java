package org.chancery.adapters.jdbc.records;

import static org.chancery.testkit.RoomHouse.ALICE;
import static org.chancery.testkit.RoomHouse.BOB;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.chancery.adapters.jdbc.Database;
import org.chancery.governance.records.Kind;
import org.chancery.governance.records.LeafDrafts;
import org.chancery.governance.records.LeafLog;
import org.chancery.governance.records.Letter;
import org.chancery.governance.records.PieceStore;
import org.chancery.governance.records.Place;
import org.chancery.governance.records.RoomLeafStore;
import org.chancery.governance.records.RoomLeaves;
import org.chancery.governance.records.Sealed;
import org.chancery.governance.records.Unreadable;
import org.chancery.governance.records.Wrapping;
import org.chancery.homeserver.e2ee.ToDevice;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Change;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.ledger.leaf.RoomLeaf;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.tlog.merkle.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the archive keeps, over an engine.
abstract class RecordContract {
    private static final UserId ARCHIVE = UserId.parse("@archive-1:house.example");
    private static final String OLM = "m.room.encrypted";

    private final Archiving.Scope scope = new Archiving.Scope();
    private final List<byte[]> log = new CopyOnWriteArrayList<>();
    private Archiving archive;
    private RoomRef room;

    /// The same database each time.
    abstract Database database();

    /// All is made in [#enter], before each test.
    @SuppressWarnings("NullAway.Init")
    RecordContract() {}

    @BeforeEach
    void enter() {
        open();
        room = archive.house.openRoom(RoomVersion.V12);
        scope.archives.put(room.id(), ARCHIVE);
    }

    private void open() {
        archive = new Archiving(database(), scope, log);
    }

    @AfterEach
    void leave() {
        archive.close();
    }

    @Test
    void the_events_of_record_rooms_are_kept_as_they_were_signed_and_of_no_others() {
        RoomRef chat = archive.house.openRoom(RoomVersion.V11);
        archive.house.say(ALICE, chat, "between us");
        EventId said = archive.house.say(ALICE, room, "for the record");

        archive.archive();

        List<Pdu> kept = pdus();
        assertEquals(said, kept.getLast().eventId());
        assertEquals(
                archive.events.log(0, Long.MAX_VALUE, 1_000).stream()
                        .filter(event -> event.room().id().equals(room.id()))
                        .map(event -> event.id())
                        .toList(),
                kept.stream().map(Pdu::eventId).toList());
        assertEquals(List.of(), archive.kept(chat, Kind.EVENT));
    }

    @Test
    void a_restart_neither_skips_nor_repeats_anything() {
        archive.house.say(ALICE, room, "one");
        archive.archive();
        archive.house.say(ALICE, room, "two");

        leave();
        open();
        archive.house.say(ALICE, room, "three");
        archive.archive();

        List<EventId> kept = pdus().stream().map(Pdu::eventId).toList();
        assertEquals(kept.stream().distinct().toList(), kept);
        assertEquals(archive.events.log(0, Long.MAX_VALUE, 1_000).size(), kept.size());
    }

    @Test
    void what_is_redacted_before_the_archive_reads_it_is_kept_as_it_was_said() {
        EventId said = archive.house.say(ALICE, room, "said in anger");
        redact(said);

        archive.archive();

        assertEquals(Optional.of("said in anger"), text(said));
        assertEquals(Map.of(), archive.pieces.originals(0, Long.MAX_VALUE));
        assertFalse(archive.events.event(said).orElseThrow().content().has("body"));
    }

    @Test
    void what_is_redacted_before_a_restart_is_kept_as_it_was_said() {
        EventId said = archive.house.say(ALICE, room, "said in anger");
        redact(said);

        leave();
        open();
        archive.archive();

        assertEquals(Optional.of("said in anger"), text(said));
        assertEquals(Map.of(), archive.pieces.originals(0, Long.MAX_VALUE));
    }

    @Test
    void a_batch_of_any_size_is_kept_whole() {
        for (int i = 0; i < 75; i++) {
            archive.house.say(ALICE, room, "line " + i);
        }

        archive.archive();

        assertEquals(
                archive.events.log(0, Long.MAX_VALUE, 1_000).stream().map(it -> it.id()).toList(),
                pdus().stream().map(Pdu::eventId).toList());
    }

    @Test
    void what_is_redacted_later_is_kept_and_leaves_nothing_beside_it() {
        EventId said = archive.house.say(ALICE, room, "said in anger");
        archive.archive();

        redact(said);
        archive.awaitArchived();

        assertEquals(Optional.of("said in anger"), text(said));
        assertEquals(Map.of(), archive.pieces.originals(0, Long.MAX_VALUE));
    }

    @Test
    void what_comes_for_any_device_of_the_archive_is_kept_in_order_and_waits_in_no_mailbox() {
        olm(ALICE, Archiving.NOW.value(), 1);
        olm(BOB, Archiving.OLD.value(), 2);
        olm(ALICE, "*", 3);
        olm(ALICE, "UNKNOWN", 4);
        archive.send(ALICE, ARCHIVE, "m.room_key_request", Map.of("*", number(5)));
        archive.send(ALICE, ARCHIVE, "m.room_key.withheld", Map.of("*", withheld("s")));
        archive.send(ALICE, BOB, OLM, Map.of("*", number(6)));
        archive.archive();

        List<Letter> kept = archive.opened(room, Kind.INBOX).stream().map(Letter::parse).toList();

        assertEquals(
                List.of(Archiving.NOW, Archiving.OLD, Archiving.NOW, Archiving.NOW),
                kept.stream().map(Letter::device).toList());
        assertEquals(
                List.of(1L, 2L, 3L, 0L),
                kept.stream().map(it -> it.content().integer("n").orElse(0)).toList());
        assertTrue(archive.mailboxes.extent(ARCHIVE, Archiving.NOW).isEmpty());
        assertTrue(archive.mailboxes.extent(BOB, Archiving.PHONE).isPresent());
    }

    @Test
    void a_flipped_bit_of_bytes_key_or_place_makes_a_piece_unreadable() {
        archive.archive();
        PieceStore.Kept kept = archive.kept(room, Kind.EVENT).getLast();
        Place place = kept.place();
        Sealed sealed = kept.sealed().orElseThrow();

        assertThrows(
                Unreadable.class,
                () -> Wrapping.open(place, new Sealed(sealed.key(), flipped(sealed.body()))));
        assertThrows(
                Unreadable.class,
                () -> Wrapping.open(place, new Sealed(flipped(sealed.key()), sealed.body())));
        Place moved = new Place(room, Kind.EVENT, place.id() + 1, place.at());
        assertThrows(Unreadable.class, () -> Wrapping.open(moved, sealed));
    }

    @Test
    void what_was_disposed_of_is_gone_and_its_place_stays() {
        archive.archive();
        Place place = archive.kept(room, Kind.EVENT).getLast().place();

        archive.house
                .journal()
                .commit(
                        Changes.of(
                                tx -> {
                                    archive.pieces.dispose(
                                            tx, place.id(), JsonObject.of("why", "schedule"));
                                    return true;
                                }));

        PieceStore.Kept kept = archive.kept(room, Kind.EVENT).getLast();
        assertEquals(place, kept.place());
        assertEquals(Optional.empty(), kept.sealed());
        assertEquals(JsonObject.of("why", "schedule"), kept.mark());
        assertEquals(
                1,
                archive.pieces.amounts(room).values().stream()
                        .mapToLong(PieceStore.Amount::disposed)
                        .sum());
    }

    @Test
    void each_leaf_commits_to_what_came_since_the_one_before() {
        archive.archive();
        olm(ALICE, "*", 1);
        assertEquals(1, leaves().round());
        archive.clock.pass(Duration.ofHours(1));
        archive.house.say(ALICE, room, "more");
        olm(BOB, "*", 2);
        archive.awaitArchived();

        assertEquals(1, leaves().round());
        assertEquals(0, leaves().round());

        assertWhole(2);
    }

    @Test
    void a_leaf_opens_no_piece_again_before_a_restart() {
        archive.archive();
        olm(ALICE, "*", 1);
        PieceStore closed = without("read", archive.pieces);

        assertEquals(1, leaves(closed, archive.drafts).round());
        archive.house.say(ALICE, room, "more");
        olm(BOB, "*", 2);
        archive.awaitArchived();
        assertEquals(1, leaves(closed, archive.drafts).round());

        assertWhole(2);
    }

    @Test
    void after_a_restart_a_leaf_is_worked_out_from_the_pieces_and_the_next_is_not() {
        archive.archive();
        olm(ALICE, "*", 1);
        LeafDrafts afterwards = new LeafDrafts(archive.pieces, archive.leaves);

        assertEquals(1, leaves(archive.pieces, afterwards).round());
        assertEquals(0, leaves(without("read", archive.pieces), afterwards).round());
        archive.house.say(ALICE, room, "more");
        archive.awaitArchived();
        assertEquals(1, leaves().round());

        assertWhole(2);
    }

    @Test
    void what_was_rolled_back_is_in_no_leaf() {
        archive.archive();
        olm(ALICE, "*", 1);
        var phone = Map.of("*", number(7));
        var sending =
                new ToDevice.Sending(ALICE, Archiving.PHONE, OLM, "t", Map.of(ARCHIVE, phone));
        Change<Boolean> fails =
                Changes.at(
                        (tx, position) -> {
                            archive.inbox.keep(tx, position, sending, ARCHIVE, phone);
                            throw new IllegalStateException("the batch is rolled back");
                        },
                        (Boolean _) -> List.of());

        assertThrows(IllegalStateException.class, () -> archive.house.journal().commit(fails));
        olm(BOB, "*", 2);
        assertEquals(1, leaves().round());

        assertWhole(1);
    }

    @Test
    void a_room_that_closes_gets_its_leaf_at_once_and_no_second_one() {
        archive.archive();
        assertEquals(0, leaves().close());
        archive.house
                .writer()
                .send(
                        room.id(),
                        EventDraft.state(
                                ALICE, new StateKey(EventType.TOMBSTONE, ""), JsonObject.EMPTY),
                        Optional.empty());
        archive.awaitArchived();

        assertEquals(1, leaves().close());
        assertEquals(0, leaves().close());

        assertWhole(1);
    }

    @Test
    void a_kill_at_any_step_of_a_leaf_neither_doubles_nor_loses_it() {
        archive.archive();
        olm(ALICE, "*", 1);
        int made = 0;
        boolean killed = true;
        for (int step = 1; killed; step++) {
            assertTrue(step < 100, "it never got through");
            archive.house.say(ALICE, room, "before kill " + step);
            archive.awaitArchived();
            AtomicInteger left = new AtomicInteger(step);
            RoomLeaves mortal =
                    new RoomLeaves(
                            mortal(PieceStore.class, archive.pieces, left),
                            mortal(RoomLeafStore.class, archive.leaves, left),
                            archive.drafts,
                            mortal(LeafLog.class, archive.log(), left),
                            archive.house.journal(),
                            archive.clock);
            try {
                mortal.round();
                killed = false;
            } catch (IllegalStateException kill) {
                assertEquals("killed", kill.getMessage());
            }
            leaves().round();
            made++;
            assertWhole(made);
        }
        assertTrue(made > 5, "steps: " + made);
    }

    /// The port, until the process is killed at that call, before or after it was done.
    private static <T> T mortal(Class<T> port, T real, AtomicInteger left) {
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (_, method, args) -> {
                            int now = left.decrementAndGet();
                            if (now == 0) {
                                throw new IllegalStateException("killed");
                            }
                            try {
                                return method.invoke(real, args);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }

    /// So many leaves, a chain, each in the log once, which commit to all of the archive.
    private void assertWhole(int count) {
        List<RoomLeafStore.Made> made = archive.leaves.read(room, 0, 1_000);
        assertEquals(count, made.size());
        List<byte[]> events = archive.opened(room, Kind.EVENT);
        List<byte[]> inbox = archive.opened(room, Kind.INBOX);
        Optional<Hash> before = Optional.empty();
        int event = 0;
        int letter = 0;
        for (int i = 0; i < count; i++) {
            byte[] bytes = made.get(i).bytes();
            RoomLeaf leaf = RoomLeaf.parse(bytes);
            assertEquals(i, leaf.place().number());
            assertEquals(before, leaf.before());
            int events2 = event + (int) leaf.events().count();
            int letters2 = letter + (int) leaf.inbox().count();
            assertEquals(RoomLeaf.Taken.of(events.subList(event, events2)), leaf.events());
            assertEquals(RoomLeaf.Taken.of(inbox.subList(letter, letters2)), leaf.inbox());
            assertEquals(1, log.stream().filter(it -> Arrays.equals(it, bytes)).count());
            before = Optional.of(leaf.hash());
            event = events2;
            letter = letters2;
        }
        assertEquals(events.size(), event);
        assertEquals(inbox.size(), letter);
        RoomLeaf last = RoomLeaf.parse(made.getLast().bytes());
        assertEquals(List.of(pdus().getLast().eventId()), last.extremities());
    }

    /// The port, without one of its calls.
    private static PieceStore without(String call, PieceStore real) {
        return PieceStore.class.cast(
                Proxy.newProxyInstance(
                        PieceStore.class.getClassLoader(),
                        new Class<?>[] {PieceStore.class},
                        (_, method, args) -> {
                            assertNotEquals(call, method.getName());
                            return method.invoke(real, args);
                        }));
    }

    private RoomLeaves leaves() {
        return leaves(archive.pieces, archive.drafts);
    }

    private RoomLeaves leaves(PieceStore pieces, LeafDrafts drafts) {
        return new RoomLeaves(
                pieces,
                archive.leaves,
                drafts,
                archive.log(),
                archive.house.journal(),
                archive.clock);
    }

    private List<Pdu> pdus() {
        List<Pdu> pdus = new ArrayList<>();
        for (byte[] bytes : archive.opened(room, Kind.EVENT)) {
            JsonObject json = Json.parseObject(bytes);
            assertArrayEquals(bytes, json.bytes());
            pdus.add(Pdu.parse(json, RoomVersion.V12));
        }
        return pdus;
    }

    private Optional<String> text(EventId event) {
        return pdus().stream()
                .filter(it -> it.eventId().equals(event))
                .findFirst()
                .flatMap(it -> it.content().string("body"));
    }

    private void redact(EventId event) {
        archive.house
                .writer()
                .send(
                        room.id(),
                        EventDraft.redaction(ALICE, event, JsonObject.EMPTY),
                        Optional.empty());
    }

    private void olm(UserId sender, String device, long n) {
        archive.send(sender, ARCHIVE, OLM, Map.of(device, number(n)));
    }

    private static JsonObject number(long n) {
        return JsonObject.EMPTY.with("n", n);
    }

    private static JsonObject withheld(String session) {
        return JsonObject.of("session_id", session).with("code", "m.unverified");
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[flipped.length / 2] ^= 1;
        return flipped;
    }
}
