package org.chancery.adapters.jdbc.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.log.JdbcLeafStore;
import org.chancery.adapters.jdbc.recordrooms.JdbcRecordRoomStore;
import org.chancery.adapters.tiles.DiskTiles;
import org.chancery.archive.dossier.DossierFolder;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseGround;
import org.chancery.archive.entry.CaseOfficer;
import org.chancery.archive.entry.CaseStepEntry;
import org.chancery.archive.entry.PiecesEntry;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.PublicKey;
import org.chancery.archive.stock.Quarter;
import org.chancery.archive.stock.StockId;
import org.chancery.governance.cases.CaseState;
import org.chancery.governance.cases.CaseStore;
import org.chancery.governance.cases.CaseWish;
import org.chancery.governance.cases.Cases;
import org.chancery.governance.cases.HeldCase;
import org.chancery.governance.cases.Outcomes;
import org.chancery.governance.log.LogKey;
import org.chancery.governance.log.ServerLog;
import org.chancery.governance.log.Witnesses;
import org.chancery.governance.rooms.DeviceTerm;
import org.chancery.governance.rooms.RecordRoom;
import org.chancery.governance.rooms.RecordRooms;
import org.chancery.governance.rooms.RoomClass;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.ledger.leaf.ExportLeaf;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.testkit.ManualClock;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.tile.TileStore;
import org.chancery.tlog.verify.TlogProof;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The life of a case over an engine: one record room, whose archive has had two devices.
abstract class CasesContract {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ServerName SERVER = new ServerName("example.org");
    private static final RoomId ROOM = RoomId.parse("!room:example.org");
    private static final UserId ARCHIVE = UserId.parse("@archive1:example.org");
    private static final UserId ADA = UserId.parse("@ada:example.org");
    private static final UserId BOB = UserId.parse("@bob:example.org");
    private static final BouncyEd25519 ADAS = BouncyEd25519.generate("a", RANDOM);
    private static final BouncyEd25519 BOBS = BouncyEd25519.generate("b", RANDOM);
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant TURN = Instant.parse("2026-10-01T00:00:00Z");
    private static final LogKey LOG_KEY = new LogKey(SERVER, BouncyEd25519.generate("1", RANDOM));

    @TempDir private Path logFolder = Path.of("");

    private final List<String> asked = new ArrayList<>();
    private Database database;
    private Journal journal;
    private ServerLog log;
    private Cases cases;
    private Outcomes outcomes;
    private boolean archiveDies;
    private boolean devicesUsedUp;
    private @Nullable DiskTiles tiles;

    /// The same database each time.
    abstract Database database();

    @BeforeEach
    void open() {
        database = database();
        journal = new Journal(database, new Wakeups(), Thread.ofPlatform().factory());
        journal.start();
        log =
                new ServerLog(
                        new JdbcLeafStore(database),
                        this::tiles,
                        LOG_KEY,
                        BouncyEd25519.verifier()::verify,
                        Witnesses.none(
                                LOG_KEY.verifierKey(),
                                BouncyEd25519.verifier()::verify,
                                Thread.ofVirtual().factory()),
                        journal,
                        Thread.ofPlatform().factory());
        JdbcRecordRoomStore rooms = new JdbcRecordRoomStore(database);
        if (rooms.page("", 1).isEmpty()) {
            insertRoom(rooms);
        }
        cases =
                new Cases(
                        new JdbcCaseStore(database),
                        journal,
                        log,
                        new RecordRooms(rooms, SERVER),
                        new Recorded(),
                        BouncyEd25519.verifier(),
                        new ManualClock(NOW));
        outcomes = new Outcomes(cases, journal, log);
    }

    private void insertRoom(JdbcRecordRoomStore rooms) {
        Quarter before = new Quarter(2026, 3);
        RecordRoom room =
                new RecordRoom(
                        ROOM,
                        RoomClass.WORK,
                        ARCHIVE,
                        StockId.of(new byte[StockId.BYTES]),
                        7,
                        new DeviceId("FIRST"),
                        before,
                        before,
                        before,
                        TURN.minus(Duration.ofDays(60)));
        journal.commit(
                Changes.of(
                        tx -> {
                            rooms.insert(
                                    tx,
                                    room,
                                    term("FIRST", before, room.madeAt()),
                                    ADA,
                                    Optional.empty());
                            rooms.rotate(tx, ARCHIVE, term("SECOND", before.next(), TURN));
                            return true;
                        }));
    }

    private static DeviceTerm term(String device, Quarter quarter, Instant from) {
        return new DeviceTerm(
                new DeviceId(device),
                quarter,
                quarter,
                DeviceTerm.Cause.PERIOD,
                1,
                from,
                Optional.empty());
    }

    /// What the archive is asked for.
    private final class Recorded implements Cases.Archive {
        @Override
        public void fix(List<RoomId> rooms) {
            asked.add("fix " + rooms);
        }

        @Override
        public boolean mayRotate(RoomId room) {
            return !devicesUsedUp;
        }

        @Override
        public void rotate(RoomId room, DeviceId published) {
            if (archiveDies) {
                throw new MatrixError.InvalidRoomState("no device").asException();
            }
            asked.add("rotate " + room + " from " + published);
        }

        @Override
        public void write(CaseEntry entry, DossierFolder folder) {
            asked.add("write " + entry.ground().reference());
        }
    }

    private synchronized TileStore tiles() {
        DiskTiles known = tiles;
        if (known == null) {
            try {
                known = new DiskTiles(logFolder.resolve("log"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            tiles = known;
        }
        return known;
    }

    @AfterEach
    void close() throws IOException {
        log.close();
        if (tiles != null) {
            tiles.close();
            tiles = null;
        }
        journal.close();
        database.close();
    }

    @Test
    void a_case_that_two_have_signed_is_in_the_log_and_its_dossier_is_handed_over() {
        HeldCase draft = cases.draft(wish(NOW.minus(Duration.ofDays(3)), NOW.plusSeconds(60)));
        HeldCase requested = cases.request(draft.id(), ADA, signature(ADAS, draft));
        HeldCase approved = cases.approve(draft.id(), BOB, signature(BOBS, draft));
        log.await(List.of(Hash.leaf(approved.entry().bytes())));
        long index = cases.handOver(draft.id(), ADA, folder()).index();

        assertEquals(CaseState.DRAFTED, draft.state());
        assertEquals(CaseState.REQUESTED, requested.state());
        assertEquals(CaseState.APPROVED, approved.state());
        assertEquals(1, index, "behind the leaf on the request");
        assertEquals(
                List.of("fix [" + ROOM + "]", "rotate " + ROOM + " from SECOND", "write 2026-1"),
                asked,
                "the leaves of rooms come before that of the case");
        approved.entry().check(BouncyEd25519.verifier());
        assertTrue(approved.prepared());
    }

    @Test
    void the_leaves_of_an_opening_are_logged_once_and_proved() {
        HeldCase approved = approved();
        JsonObject pieces = pieces(approved.entry().digest(), ROOM).json();
        JsonObject export = export(Hash.leaf(approved.entry().bytes()), ROOM);

        TlogProof first = outcomes.log(approved.id(), ADA, pieces);
        TlogProof again = outcomes.log(approved.id(), BOB, pieces);
        TlogProof second = outcomes.log(approved.id(), ADA, export);

        assertEquals(first.index(), again.index());
        assertEquals(first.index() + 1, second.index());
        assertEquals(first.index(), log.index(Hash.leaf(pieces.bytes())).orElseThrow());
    }

    @Test
    void nothing_else_is_logged_as_what_came_of_a_case() {
        HeldCase draft = cases.draft(wish(TURN, NOW));
        HeldCase approved = approved();
        CaseEntry entry = approved.entry();
        JsonObject right = pieces(entry.digest(), ROOM).json();
        UserId eve = UserId.parse("@eve:example.org");
        RoomId other = RoomId.parse("!other:example.org");
        log.await(List.of(Hash.leaf(entry.bytes())));
        long size = log.size();

        assertEquals("M_FORBIDDEN", refusal(() -> outcomes.log(approved.id(), eve, right)));
        assertEquals("M_INVALID_PARAM", refusal(() -> outcomes.log(draft.id(), ADA, right)));
        for (JsonObject wrong :
                List.of(
                        pieces(entry.digest(), other).json(),
                        pieces(draft.entry().digest(), ROOM).json(),
                        export(Hash.leaf(draft.entry().bytes()), ROOM),
                        right.with("more", true),
                        entry.json(),
                        JsonObject.EMPTY)) {
            assertEquals(
                    "M_INVALID_PARAM",
                    refusal(() -> outcomes.log(approved.id(), ADA, wrong)),
                    wrong.toString());
        }
        assertEquals(size, log.size());
    }

    private HeldCase approved() {
        HeldCase draft = cases.draft(wish(NOW.minus(Duration.ofDays(3)), NOW.plusSeconds(60)));
        request(draft, ADA, ADAS);
        approve(draft, BOB, BOBS);
        return cases.get(draft.id());
    }

    private static PiecesEntry pieces(Digest of, RoomId room) {
        return new PiecesEntry(of, room, 3, Digest.of("pieces"), NOW);
    }

    private static JsonObject export(Hash of, RoomId room) {
        Hash manifest = Hash.leaf(new byte[] {1});
        return Json.parseObject(new ExportLeaf(room, of, manifest, NOW.toEpochMilli()).bytes());
    }

    @Test
    void only_the_devices_of_the_while_are_in_scope_and_a_past_while_takes_none_out_of_use() {
        Instant from = TURN.minus(Duration.ofDays(40));
        HeldCase past = cases.draft(wish(from, TURN.minus(Duration.ofDays(30))));
        HeldCase over = cases.draft(wish(from, TURN.plusSeconds(1)));
        HeldCase next = cases.draft(wish(TURN.plus(Duration.ofDays(2)), NOW));
        cases.request(past.id(), ADA, signature(ADAS, past));
        cases.approve(past.id(), BOB, signature(BOBS, past));

        assertEquals("[FIRST]", past.entry().scope(ROOM).devices().toString());
        assertEquals("[FIRST, SECOND]", over.entry().scope(ROOM).devices().toString());
        assertEquals("[SECOND]", next.entry().scope(ROOM).devices().toString());
        assertEquals(List.of("fix [" + ROOM + "]"), asked);
    }

    @Test
    void nobody_signs_for_another_and_nobody_approves_their_own_case() {
        HeldCase draft = cases.draft(wish(TURN, NOW));
        CaseOfficer ada = officer(ADA, ADAS);

        assertEquals("M_FORBIDDEN", refusal(() -> request(draft, BOB, BOBS)));
        assertEquals("M_INVALID_PARAM", refusal(() -> request(draft, ADA, BOBS)));
        assertEquals("M_INVALID_PARAM", refusal(() -> approve(draft, BOB, BOBS)));
        request(draft, ADA, ADAS);
        assertEquals("M_FORBIDDEN", refusal(() -> approve(draft, ADA, ADAS)));
        assertEquals("M_INVALID_PARAM", refusal(() -> approve(draft, BOB, ADAS)));
        assertThrows(
                RuntimeException.class,
                () -> CaseEntry.Signers.unsigned(ada, ada),
                "no draft names one person twice");
        assertEquals(CaseState.REQUESTED, cases.get(draft.id()).state());
    }

    @Test
    void a_refusal_has_a_reason_stands_in_the_log_and_is_for_good() {
        HeldCase draft = cases.draft(wish(TURN, NOW));
        request(draft, ADA, ADAS);

        assertEquals("M_INVALID_PARAM", refusal(() -> cases.refuse(draft.id(), BOB, " ")));
        assertEquals("M_FORBIDDEN", refusal(() -> cases.refuse(draft.id(), ADA, "no")));
        HeldCase refused = cases.refuse(draft.id(), BOB, "too wide");

        assertEquals(Optional.of("too wide"), refused.refusal());
        assertEquals("M_INVALID_PARAM", refusal(() -> approve(draft, BOB, BOBS)));
        assertEquals("M_INVALID_PARAM", refusal(() -> cases.handOver(draft.id(), ADA, folder())));
        log.await(
                List.of(
                        Hash.leaf(
                                new CaseStepEntry(
                                                CaseStepEntry.digestOf(draft.entry()),
                                                CaseStepEntry.Step.REFUSED,
                                                BOB,
                                                NOW)
                                        .bytes())));
    }

    @Test
    void what_an_approval_has_begun_is_finished_after_a_crash() throws IOException {
        HeldCase draft = cases.draft(wish(TURN, NOW.plusSeconds(60)));
        request(draft, ADA, ADAS);
        archiveDies = true;
        assertEquals("M_INVALID_ROOM_STATE", refusal(() -> approve(draft, BOB, BOBS)));
        assertEquals(CaseState.APPROVED, cases.get(draft.id()).state());
        close();
        archiveDies = false;
        asked.clear();

        open();
        cases.resume();
        cases.resume();

        assertEquals(List.of("rotate " + ROOM + " from SECOND"), asked);
        assertEquals(1, cases.page(Long.MAX_VALUE, 10).size());
    }

    @Test
    void cases_come_in_pages_the_newest_first() {
        List<String> ids = new ArrayList<>();
        for (int day = 1; day <= 5; day++) {
            ids.addFirst(cases.draft(wish(TURN, NOW.minus(Duration.ofDays(day)))).id());
        }

        List<HeldCase> first = cases.page(Long.MAX_VALUE, 3);
        List<HeldCase> second = cases.page(first.getLast().number(), 3);

        List<String> read = new ArrayList<>();
        first.forEach(held -> read.add(held.id()));
        second.forEach(held -> read.add(held.id()));
        assertEquals(ids, read);
    }

    @Test
    void cases_whose_notice_is_due_come_in_pages_none_twice() {
        CaseStore store = new JdbcCaseStore(database);
        List<String> ids = new ArrayList<>();
        for (int day = 1; day <= 3; day++) {
            HeldCase draft = cases.draft(wish(TURN, NOW.minus(Duration.ofDays(day))));
            request(draft, ADA, ADAS);
            approve(draft, BOB, BOBS);
            ids.add(draft.id());
        }

        List<HeldCase> first = store.unnoticed(CaseStore.Due.FIRST, 2);
        HeldCase last = first.getLast();
        List<HeldCase> second =
                store.unnoticed(new CaseStore.Due(last.entry().notice().at(), last.number()), 2);

        List<String> read = new ArrayList<>();
        first.forEach(held -> read.add(held.id()));
        second.forEach(held -> read.add(held.id()));
        assertEquals(ids, read);
    }

    @Test
    void officers_see_their_own_cases_in_pages_and_nobody_else_does() {
        List<String> ids = new ArrayList<>();
        for (int day = 1; day <= 3; day++) {
            ids.addFirst(cases.draft(wish(TURN, NOW.minus(Duration.ofDays(day)))).id());
        }

        List<HeldCase> first = cases.page(BOB, Long.MAX_VALUE, 2);
        List<HeldCase> second = cases.page(BOB, first.getLast().number(), 2);

        List<String> read = new ArrayList<>();
        first.forEach(held -> read.add(held.id()));
        second.forEach(held -> read.add(held.id()));
        assertEquals(ids, read);
        assertEquals(3, cases.page(ADA, Long.MAX_VALUE, 10).size());
        UserId other = UserId.parse("@other:" + SERVER);
        assertEquals(List.of(), cases.page(other, Long.MAX_VALUE, 10));
    }

    @Test
    void officers_of_cases_that_an_earlier_version_wrote_see_them_too() throws IOException {
        String id = cases.draft(wish(TURN, NOW.minus(Duration.ofDays(1)))).id();
        journal.commit(
                Changes.of(
                        tx -> {
                            JdbcTx jdbc = JdbcTx.of(tx);
                            jdbc.run("DELETE FROM case_officers");
                            jdbc.run(
                                    "INSERT INTO backfills (name, after)"
                                            + " VALUES ('case_officers', '0')");
                            return true;
                        }));
        close();

        open();

        assertEquals(id, cases.page(BOB, Long.MAX_VALUE, 10).getFirst().id());
        assertEquals(id, cases.page(ADA, Long.MAX_VALUE, 10).getFirst().id());
    }

    @Test
    void where_no_device_is_left_that_is_said_before_anything_is_logged() {
        HeldCase draft = cases.draft(wish(TURN, NOW.plusSeconds(60)));
        HeldCase past = cases.draft(wish(TURN.minus(Duration.ofDays(9)), TURN.minusSeconds(9)));
        devicesUsedUp = true;

        assertEquals("M_INVALID_ROOM_STATE", refusal(() -> request(draft, ADA, ADAS)));
        assertEquals(CaseState.DRAFTED, cases.get(draft.id()).state());
        assertEquals(
                "M_INVALID_ROOM_STATE",
                refusal(() -> cases.draft(wish(TURN, NOW.plusSeconds(61)))));
        devicesUsedUp = false;
        request(draft, ADA, ADAS);
        devicesUsedUp = true;
        assertEquals("M_INVALID_ROOM_STATE", refusal(() -> approve(draft, BOB, BOBS)));

        assertEquals(CaseState.REQUESTED, cases.get(draft.id()).state());
        assertEquals(List.of(), asked, "no leaf of a room either");
        request(past, ADA, ADAS);
        approve(past, BOB, BOBS);
        assertEquals(CaseState.APPROVED, cases.get(past.id()).state(), "it takes none out of use");
    }

    private void request(HeldCase draft, UserId by, BouncyEd25519 key) {
        cases.request(draft.id(), by, signature(key, draft));
    }

    private void approve(HeldCase draft, UserId by, BouncyEd25519 key) {
        cases.approve(draft.id(), by, signature(key, draft));
    }

    private static String signature(BouncyEd25519 key, HeldCase draft) {
        return UnpaddedBase64.encode(key.sign(draft.entry().signedBytes()));
    }

    private static CaseWish wish(Instant from, Instant until) {
        return new CaseWish(
                new CaseGround(CaseGround.Kind.OVERSIGHT, "2026-1", "article 5", "no lesser means"),
                List.of(new CaseWish.Part(ROOM, from, until)),
                PublicKey.of(new byte[32]),
                new CaseEntry.Notice(Instant.EPOCH, ""),
                officer(ADA, ADAS),
                officer(BOB, BOBS));
    }

    private static CaseOfficer officer(UserId user, BouncyEd25519 key) {
        return new CaseOfficer(user, user.localpart(), PublicKey.of(key.publicKey()));
    }

    private static DossierFolder folder() {
        return new DossierFolder() {
            @Override
            public Optional<byte[]> read(String path, int bytesMax) {
                return Optional.empty();
            }

            @Override
            public void write(String path, byte[] bytes) {
                throw new AssertionError(path);
            }
        };
    }

    private static String refusal(Runnable act) {
        return assertThrows(MatrixException.class, act::run).error().errcode();
    }
}
