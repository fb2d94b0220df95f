package org.chancery.adapters.jdbc.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.log.JdbcLeafStore;
import org.chancery.adapters.tiles.DiskTiles;
import org.chancery.archive.entry.BindingEntry;
import org.chancery.archive.entry.IdentityEntry;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.entry.RehearsalEntry;
import org.chancery.archive.entry.ShareCheckEntry;
import org.chancery.archive.entry.StockEntry;
import org.chancery.archive.entry.TenthEntry;
import org.chancery.archive.order.Choice;
import org.chancery.archive.order.Order;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Quarter;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.StockId;
import org.chancery.custody.ceremony.CeremonyPlan;
import org.chancery.custody.ceremony.IdentityMaker;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.governance.log.LogKey;
import org.chancery.governance.log.ServerLog;
import org.chancery.governance.log.Witnesses;
import org.chancery.governance.stock.StockReports;
import org.chancery.governance.stock.StockState;
import org.chancery.governance.stock.StockStore;
import org.chancery.governance.stock.Stocks;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.testkit.ManualClock;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.tile.TileStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The stock over an engine: six identities, of which one is for rehearsals and one is opened.
abstract class StockContract {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ServerName SERVER = new ServerName("example.org");
    private static final LogKey LOG_KEY = new LogKey(SERVER, BouncyEd25519.generate("1", RANDOM));
    private static final int K = 2;
    private static final List<HolderKeys> HOLDERS = holders();
    private static final List<ArchiveIdentity> IDENTITIES = identities();
    private static final StockEntry ENTRY = entry(IDENTITIES);

    private Database database;
    private Journal journal;
    private Stocks stocks;
    private ServerLog log;
    private @Nullable DiskTiles tiles;

    @TempDir private Path logFolder = Path.of("");

    /// The same database each time.
    abstract Database database();

    private static List<HolderKeys> holders() {
        List<HolderKeys> holders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            holders.add(HolderKeys.drawn("Custodian " + i, i < 2 ? "City" : "Court", RANDOM));
        }
        return holders;
    }

    private static List<Custodian> custodians() {
        return HOLDERS.stream().map(HolderKeys::card).toList();
    }

    private static List<ArchiveIdentity> identities() {
        StockId stock = StockId.of(new byte[StockId.BYTES]);
        Quarter first = new Quarter(2026, 4);
        IdentityMaker maker =
                new IdentityMaker(
                        new CeremonyPlan(stock, SERVER, first, 1, 1, 5, 1, K, custodians()),
                        RANDOM);
        List<ArchiveIdentity> made = new ArrayList<>();
        for (int number = 1; number <= 6; number++) {
            made.add(maker.make(number).identity());
        }
        return made;
    }

    private static StockEntry entry(List<ArchiveIdentity> identities) {
        List<Digest> entries =
                identities.stream().map(one -> IdentityEntry.of(one).digest()).toList();
        List<Custodian> custodians = custodians();
        return new StockEntry(
                IDENTITIES.getFirst().stock(),
                SERVER,
                Instant.EPOCH,
                identities.size(),
                StockEntry.digestOf(entries),
                new Sharing(1, K, custodians, Digest.of("test")),
                List.of(custodians.getFirst().id(), custodians.getLast().id()));
    }

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
        stocks =
                new Stocks(
                        new JdbcStockStore(database),
                        journal,
                        log::note,
                        BouncyEd25519.verifier(),
                        SERVER,
                        ManualClock.standing());
    }

    private TileStore tiles() {
        try {
            tiles = new DiskTiles(logFolder.resolve("log"));
            return tiles;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
    void a_stock_is_whole_with_its_last_identity_in_whatever_order_and_however_often() {
        stocks.begin(ENTRY);
        stocks.begin(ENTRY);
        for (int i : List.of(4, 1, 5, 0, 3, 0)) {
            assertEquals(StockState.ARRIVING, stocks.add(IDENTITIES.get(i)));
        }

        assertEquals(StockState.WHOLE, stocks.add(IDENTITIES.get(2)));

        assertEquals(StockState.WHOLE, stocks.add(IDENTITIES.get(2)));
        assertEquals(0, stocks.levels().getFirst().left());
        assertEquals(Optional.empty(), bind(room(1)));
    }

    @Test
    void what_is_not_of_the_ceremony_is_refused() {
        ArchiveIdentity first = IDENTITIES.getFirst();
        List<ArchiveDevice> exchanged = new ArrayList<>(first.devices());
        exchanged.set(0, IDENTITIES.get(1).devices().getFirst());
        ArchiveIdentity forged =
                new ArchiveIdentity(
                        first.stock(),
                        1,
                        first.use(),
                        first.user(),
                        first.crossSigning(),
                        exchanged);

        assertEquals("M_NOT_FOUND", refusal(() -> stocks.add(first)));
        stocks.begin(ENTRY);
        assertEquals("M_INVALID_PARAM", refusal(() -> stocks.add(forged)));
        StockEntry other = entry(IDENTITIES.subList(0, 5));
        assertEquals("M_INVALID_PARAM", refusal(() -> stocks.begin(other)));
    }

    @Test
    void a_stock_whose_identities_are_not_those_of_its_entry_is_unsound() {
        List<ArchiveIdentity> turned = new ArrayList<>(IDENTITIES);
        turned.set(0, IDENTITIES.get(1));
        stocks.begin(entry(turned));
        IDENTITIES.subList(0, 5).forEach(stocks::add);

        assertEquals(StockState.UNSOUND, stocks.add(IDENTITIES.getLast()));
        assertEquals(Optional.empty(), bind(room(1)));
    }

    @Test
    void a_report_on_other_identities_than_were_chosen_is_refused() {
        arrive();
        Order order = order();
        int chosen = Choice.of(order, 6).getFirst();
        TenthEntry other = report(order, chosen % 6 + 1, List.of());
        Order unsigned =
                new Order(
                        order.purpose(),
                        order.stock(),
                        1,
                        order.desk(),
                        0,
                        order.reason(),
                        order.madeAt(),
                        order.proof(),
                        List.of());
        int free = Choice.of(unsigned, 6).getFirst();

        assertEquals("M_INVALID_PARAM", refusal(() -> stocks.tenth(order, other)));
        assertEquals(
                "M_INVALID_PARAM",
                refusal(() -> stocks.tenth(unsigned, report(unsigned, free, List.of()))));
        assertEquals(StockState.WHOLE, stocks.levels().getFirst().state());
    }

    @Test
    void of_a_stock_with_a_fault_nobody_gets() {
        arrive();
        Order order = order();
        int chosen = Choice.of(order, 6).getFirst();

        StockState state = stocks.tenth(order, report(order, chosen, List.of("a fault")));

        assertEquals(StockState.UNSOUND, state);
        assertEquals(Optional.empty(), bind(room(1)));
    }

    @Test
    void each_room_gets_an_identity_of_its_own_once_until_none_is_left() {
        Set<Integer> opened = Set.copyOf(sound());
        Set<UserId> given = new HashSet<>();
        long left = stocks.levels().getFirst().left();

        for (int i = 0; i < left; i++) {
            StockStore.Bound bound = bind(room(i)).orElseThrow();
            assertTrue(given.add(bound.identity().user()));
            assertFalse(opened.contains(bound.identity().number()));
            assertEquals(ArchiveIdentity.Use.ROOM, bound.identity().use());
            assertEquals(Optional.of(bound), stocks.bound(room(i)));
        }

        assertTrue(left >= 4, "five for rooms, of which one may have been opened");
        assertEquals(Optional.empty(), bind(room(99)));
        assertEquals(0, stocks.levels().getFirst().left());
        assertEquals(left, stocks.levels().getFirst().counts().bound());
    }

    @Test
    void each_step_of_a_stock_is_a_leaf_of_the_log_once() {
        sound();
        StockStore.Bound bound = bind(room(1)).orElseThrow();
        ArchiveIdentity identity = bound.identity();
        stocks.begin(ENTRY);
        IDENTITIES.forEach(stocks::add);
        List<LogEntry> wanted = new ArrayList<>(List.of(ENTRY));
        IDENTITIES.forEach(one -> wanted.add(IdentityEntry.of(one)));
        wanted.add(
                new BindingEntry(
                        identity.stock(), identity.number(), identity.user(), room(1), bound.at()));

        log.await(wanted.stream().map(one -> Hash.leaf(one.bytes())).toList());

        assertEquals(wanted.size() + 1, log.size(), "these, and the tenth");
    }

    @Test
    void reports_of_custodians_are_checked_logged_and_counted() {
        arrive();
        StockReports reports =
                new StockReports(
                        new JdbcStockStore(database),
                        journal,
                        log,
                        BouncyEd25519.verifier(),
                        ManualClock.standing());
        Instant now = ManualClock.standing().instant().truncatedTo(ChronoUnit.MILLIS);
        HolderKeys stranger = HolderKeys.drawn("Stranger", "City", RANDOM);
        RehearsalEntry rehearsal =
                new RehearsalEntry(ENTRY.stock(), 6, now, order().digest(), List.of(), 3, 3);

        for (HolderKeys holder : HOLDERS.subList(0, 3)) {
            reports.take(count(holder, now), Optional.empty());
            reports.take(count(holder, now), Optional.empty());
        }

        StockReports.Keeping keeping = reports.keeping(ENTRY);
        assertEquals(3, keeping.good());
        assertFalse(keeping.isLow(), "two open, and one may be lost");
        log.await(List.of(Hash.leaf(count(HOLDERS.getFirst(), now).bytes())));
        assertEquals(
                "M_INVALID_PARAM",
                refusal(() -> reports.take(count(stranger, now), Optional.empty())));
        assertEquals("M_INVALID_PARAM", refusal(() -> reports.take(ENTRY, Optional.empty())));
        assertEquals(
                "M_INVALID_PARAM",
                refusal(() -> reports.take(rehearsal, Optional.of(order()))),
                "on an order for a tenth");
    }

    private static ShareCheckEntry count(HolderKeys holder, Instant at) {
        return new ShareCheckEntry(ENTRY.stock(), 1, holder.card().id(), at, 12, List.of(), "AA")
                .signed(holder.signing());
    }

    @Test
    void a_binding_is_there_after_a_restart() throws IOException {
        sound();
        StockStore.Bound bound = bind(room(1)).orElseThrow();
        close();

        open();

        assertEquals(Optional.of(bound), stocks.bound(room(1)));
        assertThrows(IllegalStateException.class, () -> bind(room(1)));
        assertEquals(Optional.of(bound), stocks.bound(room(1)));
        assertEquals(StockState.SOUND, stocks.levels().getFirst().state());
    }

    /// Gives the room an identity as the making of a room does.
    private Optional<StockStore.Bound> bind(RoomId room) {
        stocks.next(_ -> true)
                .ifPresent(
                        free ->
                                journal.commit(
                                        Changes.of(
                                                tx -> {
                                                    stocks.bind(tx, free, room);
                                                    return true;
                                                })));
        return stocks.bound(room);
    }

    private void arrive() {
        stocks.begin(ENTRY);
        IDENTITIES.forEach(stocks::add);
    }

    private List<Integer> sound() {
        arrive();
        Order order = order();
        int chosen = Choice.of(order, 6).getFirst();
        assertEquals(StockState.SOUND, stocks.tenth(order, report(order, chosen, List.of())));
        return List.of(chosen);
    }

    private static TenthEntry report(Order order, int opened, List<String> faults) {
        return new TenthEntry(
                ENTRY.stock(), Instant.EPOCH, order.digest(), List.of(opened), faults);
    }

    private static Order order() {
        HolderKeys first = HOLDERS.getFirst();
        HolderKeys last = HOLDERS.getLast();
        return new Order(
                        Order.Purpose.TENTH,
                        ENTRY.stock(),
                        1,
                        first.card().sealing(),
                        0,
                        "a test",
                        Instant.EPOCH,
                        "no proof",
                        List.of())
                .signed(first.card().id(), first.signing())
                .signed(last.card().id(), last.signing());
    }

    private static String refusal(Runnable act) {
        return assertThrows(MatrixException.class, act::run).error().errcode();
    }

    private static RoomId room(int number) {
        return RoomId.parse("!room" + number + ":example.org");
    }
}
