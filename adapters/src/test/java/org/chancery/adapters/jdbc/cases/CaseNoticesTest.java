package org.chancery.adapters.jdbc.cases;

import static org.chancery.testkit.RoomHouse.ALICE;
import static org.chancery.testkit.RoomHouse.BOB;
import static org.chancery.testkit.RoomHouse.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.events.JdbcEventStore;
import org.chancery.adapters.jdbc.events.JdbcStateStore;
import org.chancery.adapters.jdbc.events.RoomNumbers;
import org.chancery.adapters.jdbc.log.JdbcLeafStore;
import org.chancery.adapters.tiles.DiskTiles;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseGround;
import org.chancery.archive.entry.CaseOfficer;
import org.chancery.archive.entry.CaseScope;
import org.chancery.archive.stock.PublicKey;
import org.chancery.archive.stock.StockId;
import org.chancery.governance.cases.CaseNotices;
import org.chancery.governance.cases.CaseState;
import org.chancery.governance.cases.CaseStore;
import org.chancery.governance.cases.HeldCase;
import org.chancery.governance.log.LogKey;
import org.chancery.governance.log.ServerLog;
import org.chancery.governance.log.Witnesses;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.testkit.ManualClock;
import org.chancery.testkit.RoomHouse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rooms are told of cases, whatever happens to other rooms and to the store meanwhile.
final class CaseNoticesTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final BouncyEd25519 KEY = BouncyEd25519.generate("1", RANDOM);
    private static final LogKey LOG_KEY = new LogKey(RoomHouse.SERVER, KEY);
    private static final RoomId NOWHERE = RoomId.parse("!nowhere:house.example");

    @TempDir private Path folder = Path.of("");

    private final AtomicInteger faults = new AtomicInteger();
    private final AtomicReference<String> faulty = new AtomicReference<>("");
    private Database database;
    private DiskTiles tiles;
    private RoomHouse house;
    private ServerLog log;
    private CaseStore store;
    private CaseNotices notices;
    private RoomRef room;

    /// All is made in [#open], before each test.
    @SuppressWarnings("NullAway.Init")
    CaseNoticesTest() {}

    @BeforeEach
    void open() throws IOException {
        database = Database.sqlite(folder.resolve("test.db"));
        tiles = new DiskTiles(folder.resolve("log"));
        RoomNumbers numbers = new RoomNumbers(database);
        house =
                new RoomHouse(
                        database,
                        new JdbcEventStore(database, numbers),
                        new JdbcStateStore(database, numbers),
                        KEY);
        log =
                new ServerLog(
                        new JdbcLeafStore(database),
                        () -> tiles,
                        LOG_KEY,
                        BouncyEd25519.verifier()::verify,
                        Witnesses.none(
                                LOG_KEY.verifierKey(),
                                BouncyEd25519.verifier()::verify,
                                Thread.ofVirtual().factory()),
                        house.journal(),
                        Thread.ofPlatform().factory());
        store = dying(new JdbcCaseStore(database));
        notices =
                new CaseNotices(
                        store,
                        house.journal(),
                        log,
                        new CaseNotices.Room(house.writer(), house.stores().states(), ALICE),
                        new ManualClock(NOW),
                        Thread.ofPlatform().factory());
        room = house.openRoom(RoomVersion.V12);
    }

    @AfterEach
    void close() throws IOException {
        notices.close();
        log.close();
        house.close();
        tiles.close();
        database.close();
    }

    @Test
    void a_fault_of_the_store_ends_the_notices_for_no_longer_than_it_lasts() {
        for (String call : List.of("unnoticed", "untold", "told", "noticed")) {
            String id = approved(room.id(), 1 + faults.get());
            faulty.set(call);
            int before = faults.get();
            notices.ask();
            await(() -> faults.get() > before);
            faulty.set("");

            notices.ask();

            await(() -> isNoticed(id));
        }
    }

    @Test
    void many_rooms_that_cannot_be_told_hold_up_no_other() {
        for (int number = 1; number <= 130; number++) {
            approved(NOWHERE, number);
        }
        String last = approved(room.id(), 200);

        notices.ask();

        await(() -> isNoticed(last));
        assertEquals(130, store.unnoticed(CaseStore.Due.FIRST, 1_000).size());
    }

    @Test
    void a_room_that_cannot_be_told_holds_up_no_other_of_its_case() {
        HeldCase held = insert(List.of(NOWHERE, room.id()), 1);

        notices.ask();

        await(() -> store.untold(held.id()).equals(List.of(NOWHERE)));
        house.journal().barrier(); // Readers see what is published, the store what is written.
        StateKey key = new StateKey(CaseNotices.STATE, held.id());
        assertEquals(ALICE, house.reader().state(ALICE, room.id(), key).sender());
    }

    private boolean isNoticed(String id) {
        return store.find(id).orElseThrow().noticedAt().isPresent();
    }

    private String approved(RoomId about, int number) {
        return insert(List.of(about), number).id();
    }

    private HeldCase insert(List<RoomId> about, int number) {
        CaseEntry entry = entry(about, number);
        HeldCase held =
                new HeldCase(
                        HeldCase.id(entry),
                        0,
                        entry,
                        CaseState.APPROVED,
                        NOW,
                        Optional.empty(),
                        true,
                        Optional.empty());
        return house.journal().commit(Changes.of(tx -> store.insert(tx, held)));
    }

    private static CaseEntry entry(List<RoomId> about, int number) {
        Instant at = NOW.minusSeconds(1_000 - number);
        return new CaseEntry(
                new CaseGround(CaseGround.Kind.OVERSIGHT, "2026-" + number, "article 5", "none"),
                about.stream()
                        .map(
                                one ->
                                        new CaseScope(
                                                one,
                                                StockId.of(new byte[StockId.BYTES]),
                                                1,
                                                List.of(new DeviceId("FIRST")),
                                                NOW.minusSeconds(9_000),
                                                NOW.minusSeconds(8_000)))
                        .toList(),
                PublicKey.of(new byte[32]),
                new CaseEntry.Notice(at, ""),
                at,
                CaseEntry.Signers.unsigned(officer(BOB), officer(CAROL)));
    }

    private static CaseOfficer officer(UserId user) {
        BouncyEd25519 key = BouncyEd25519.generate("k", RANDOM);
        return new CaseOfficer(user, user.localpart(), PublicKey.of(key.publicKey()));
    }

    /// The store, but a call of the name in [#faulty] fails, for the thread of the notices only.
    private CaseStore dying(CaseStore whole) {
        Thread us = Thread.currentThread();
        return (CaseStore)
                Proxy.newProxyInstance(
                        CaseStore.class.getClassLoader(),
                        new Class<?>[] {CaseStore.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals(faulty.get())
                                    && !Thread.currentThread().equals(us)) {
                                faults.incrementAndGet();
                                throw new UncheckedIOException(new IOException("a fault"));
                            }
                            try {
                                return method.invoke(whole, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private static void await(BooleanSupplier condition) {
        assertTimeoutPreemptively(
                LONG,
                () -> {
                    while (!condition.getAsBoolean()) {
                        Thread.onSpinWait();
                    }
                });
    }
}
