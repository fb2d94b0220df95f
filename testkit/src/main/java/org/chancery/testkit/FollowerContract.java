package org.chancery.testkit;

import static org.chancery.testkit.RoomHouse.ALICE;
import static org.chancery.testkit.RoomHouse.BOB;
import static org.chancery.testkit.RoomHouse.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.chancery.homeserver.directory.DirectoryStore;
import org.chancery.homeserver.directory.MemberCounts;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.Follower;
import org.chancery.homeserver.events.FollowerStore;
import org.chancery.homeserver.events.Followers;
import org.chancery.homeserver.events.Followers.Pace;
import org.chancery.homeserver.events.LogFeed;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.RoomScope;
import org.chancery.homeserver.events.StateChange;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.kernel.BatchStore;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.Signer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the runner and every store promise to the followers of the log. Each engine runs it whole.
public abstract class FollowerContract {
    private static final Pace QUICK =
            new Pace(Duration.ofMillis(1), 500, Duration.ofMillis(1), Duration.ofMillis(20));
    private static final Pace SLOW =
            new Pace(Duration.ofHours(1), 500, Duration.ofHours(1), Duration.ofHours(1));
    private static final Duration LONG = Duration.ofSeconds(20);

    private Opened opened;
    private RoomHouse house;
    private Followers followers;

    /// A store as a process opens it.
    public record Opened(
            BatchStore batches,
            EventStore events,
            StateStore states,
            DirectoryStore directory,
            FollowerStore followers,
            AutoCloseable closing) {}

    /// Opens the store of this test, empty the first time, as it was left the next.
    protected abstract Opened open();

    /// A key to sign with.
    protected abstract Signer signer();

    /// The store is made in [#enter], before each test.
    @SuppressWarnings("NullAway.Init")
    protected FollowerContract() {}

    @BeforeEach
    final void enter() {
        opened = open();
        house = new RoomHouse(opened.batches(), opened.events(), opened.states(), signer());
        followers = runner(QUICK);
    }

    @AfterEach
    final void leave() throws Exception {
        followers.close();
        house.close();
        opened.closing().close();
    }

    @Test
    void a_cursor_moves_only_from_where_it_stands_and_is_kept() throws Exception {
        boolean first = move(0, 5);
        boolean stale = move(0, 9);

        leave();
        enter();

        assertTrue(first);
        assertEquals(false, stale);
        assertEquals(5, opened.followers().cursor("reader"));
        assertEquals(0, opened.followers().cursor("another"));
    }

    @Test
    void a_new_follower_reads_old_events_in_order_and_in_bounded_batches() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        for (int i = 0; i < 600; i++) {
            house.say(ALICE, room, "line " + i);
        }
        Reader reader = new Reader("reader", opened.directory());

        follow(reader, RoomScope.ALL);
        followers.start();
        await(this::isIdle);

        assertEquals(
                opened.events().log(0, Long.MAX_VALUE, 10_000).stream()
                        .map(StoredEvent::position)
                        .toList(),
                List.copyOf(reader.seen));
        assertTrue(reader.largest.get() <= 500, "batch of " + reader.largest);
    }

    @Test
    void news_wake_a_follower_that_sleeps() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        Reader reader = new Reader("reader", opened.directory());
        follow(reader, RoomScope.ALL);
        followers.start();
        await(this::isIdle);

        house.say(ALICE, room, "news");

        await(() -> reader.seen.contains(house.journal().durable()));
    }

    @Test
    void what_is_rolled_back_after_the_write_is_done_once_in_the_end() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        publish(room);
        AtomicInteger attempts = new AtomicInteger();
        Reader reader =
                new Reader("reader", opened.directory()) {
                    @Override
                    void afterWrite() {
                        int attempt = attempts.incrementAndGet();
                        if (attempt == 1) {
                            throw new IllegalStateException("a fault behind the write");
                        } else if (attempt == 2) {
                            throw new MatrixError.Unknown("a refusal there").asException();
                        }
                    }
                };

        follow(reader, RoomScope.ALL);
        followers.start();
        await(this::isIdle);

        assertTrue(attempts.get() > 2);
        assertEquals(opened.events().log(0, Long.MAX_VALUE, 1_000).size(), members(room));
    }

    @Test
    void after_opening_again_a_follower_goes_on_where_it_was() throws Exception {
        RoomRef room = house.openRoom(RoomVersion.V12);
        publish(room);
        follow(new Reader("reader", opened.directory()), RoomScope.ALL);
        followers.start();
        await(this::isIdle);
        long before = house.journal().durable();

        leave();
        enter();
        Reader again = new Reader("reader", opened.directory());
        follow(again, RoomScope.ALL);
        house.say(ALICE, room, "more");
        followers.start();
        await(this::isIdle);

        assertEquals(List.of(before + 1), List.copyOf(again.seen));
        assertEquals(before + 1, members(room));
    }

    @Test
    void a_follower_that_fails_is_tried_again_and_holds_up_nobody_else() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        long bad = house.journal().durable() + 3;
        for (int i = 0; i < 5; i++) {
            house.say(ALICE, room, "line " + i);
        }
        CountDownLatch mended = new CountDownLatch(1);
        Reader failing =
                new Reader("failing", opened.directory()) {
                    @Override
                    void check(StoredEvent event) {
                        if (event.position() == bad && mended.getCount() > 0) {
                            throw new IllegalStateException("a bad event");
                        }
                    }
                };
        Reader other = new Reader("other", opened.directory());

        follow(failing, RoomScope.ALL);
        follow(other, RoomScope.ALL);
        followers.start();
        await(() -> failing.seen.contains(bad - 1) && followers.progress().get(0).faults() > 10);
        await(() -> followers.progress().get(1).lag() == 0);

        Followers.Progress progress = followers.progress().getFirst();
        assertEquals(house.journal().durable() - bad + 1, progress.lag());
        assertTrue(progress.failingSince().isPresent());
        mended.countDown();
        await(this::isIdle);
        assertEquals(List.copyOf(other.seen), List.copyOf(failing.seen));
        assertEquals(0, followers.progress().getFirst().faults());
    }

    @Test
    void who_waits_for_the_present_sees_all_that_was_durable_when_he_asked() throws Exception {
        RoomRef room = house.openRoom(RoomVersion.V12);
        CountDownLatch held = new CountDownLatch(1);
        Reader slow =
                new Reader("slow", opened.directory()) {
                    @Override
                    void check(StoredEvent event) {
                        assertTrue(awaited(held));
                    }
                };
        follow(slow, RoomScope.ALL);
        followers.start();
        house.say(ALICE, room, "before he asks");
        long said = house.journal().durable();

        boolean early = followers.awaitPresent(List.of("slow"), Duration.ofMillis(1));
        boolean others = followers.awaitPresent(List.of("nobody"), Duration.ofMillis(1));
        held.countDown();
        boolean came = followers.awaitPresent(List.of("slow"), Duration.ofSeconds(20));

        assertEquals(List.of(false, true, true), List.of(early, others, came));
        assertTrue(slow.seen.contains(said));
    }

    @Test
    void who_is_waited_for_takes_no_rest() throws Exception {
        RoomRef room = house.openRoom(RoomVersion.V12);
        followers = runner(SLOW);
        follow(new Reader("resting", opened.directory()), RoomScope.ALL);
        followers.start();
        await(this::isIdle);
        house.say(ALICE, room, "news in its hour of rest");

        assertTrue(followers.awaitPresent(List.of("resting"), LONG));
        house.say(ALICE, room, "and more");
        assertTrue(followers.awaitPresent(List.of("resting"), LONG));
    }

    @Test
    void a_room_out_of_scope_is_never_handed_over() {
        RoomRef open = house.openRoom(RoomVersion.V12);
        RoomRef sealed = house.openRoom(RoomVersion.V11);
        house.say(ALICE, sealed, "for nobody else");
        house.say(ALICE, open, "for all");
        Reader reader = new Reader("reader", opened.directory());

        follow(reader, room -> !room.id().equals(sealed.id()));
        followers.start();
        await(this::isIdle);

        assertTrue(reader.rooms.contains(open.number()));
        assertEquals(false, reader.rooms.contains(sealed.number()));
    }

    @Test
    void a_follower_stops_at_once_while_it_rests_after_news_or_after_a_fault() {
        house.openRoom(RoomVersion.V12);
        followers = runner(SLOW);
        follow(new Reader("resting", opened.directory()), RoomScope.ALL);
        follow(
                new Reader("failing", opened.directory()) {
                    @Override
                    void check(StoredEvent event) {
                        throw new IllegalStateException("always");
                    }
                },
                RoomScope.ALL);
        followers.start();
        await(() -> followers.progress().get(0).lag() == 0);
        await(() -> followers.progress().get(1).faults() == 1);

        assertTimeoutPreemptively(Duration.ofSeconds(1), followers::close);
    }

    @Test
    void members_are_counted_as_they_come_and_go() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        publish(room);
        count();
        house.memberships().join(BOB, room.id(), JsonObject.EMPTY);
        house.memberships().join(BOB, room.id(), JsonObject.of("reason", "again"));
        house.memberships().join(CAROL, room.id(), JsonObject.EMPTY);
        await(() -> isIdle() && members(room) == 3);

        house.memberships().kick(ALICE, CAROL, room.id(), JsonObject.EMPTY);
        house.memberships().leave(BOB, room.id(), JsonObject.EMPTY);
        house.memberships().invite(ALICE, BOB, room.id(), JsonObject.EMPTY);
        await(this::isIdle);

        assertEquals(1, members(room));
    }

    @Test
    void a_membership_that_resolution_takes_away_is_not_counted() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        publish(room);
        house.memberships().join(BOB, room.id(), JsonObject.EMPTY);
        count();
        await(() -> isIdle() && members(room) == 2);

        StateKey bob = new StateKey(EventType.MEMBER, BOB.toString());
        OptionalLong replaced = OptionalLong.of(house.journal().durable());
        house.journal()
                .commit(
                        Changes.at(
                                (tx, position) -> {
                                    opened.states()
                                            .change(
                                                    tx,
                                                    new StateChange(
                                                            room.number(),
                                                            position,
                                                            bob,
                                                            OptionalLong.empty(),
                                                            replaced,
                                                            Optional.empty()));
                                    return true;
                                },
                                _ -> List.of()));
        await(this::isIdle);

        assertEquals(1, members(room));
    }

    /// Notes what it is handed, and counts each event as a member of its room.
    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Told to stop.
            return false;
        }
    }

    private static class Reader implements Follower<StoredEvent> {
        final List<Long> seen = new CopyOnWriteArrayList<>();
        final List<Long> rooms = new CopyOnWriteArrayList<>();
        final AtomicInteger largest = new AtomicInteger();
        private final String name;
        private final DirectoryStore store;

        Reader(String name, DirectoryStore store) {
            this.name = name;
            this.store = store;
        }

        @Override
        public String name() {
            return name;
        }

        void check(StoredEvent event) {}

        void afterWrite() {}

        @Override
        public Optional<Derived> follow(List<StoredEvent> batch) {
            batch.forEach(this::check);
            List<Long> positions = new ArrayList<>();
            for (StoredEvent event : batch) {
                positions.add(event.position());
                rooms.add(event.room().number());
            }
            seen.addAll(positions);
            largest.accumulateAndGet(batch.size(), Math::max);
            return Optional.of(
                    tx -> {
                        batch.forEach(event -> store.countMembers(tx, event.room(), 1));
                        afterWrite();
                    });
        }
    }

    private Followers runner(Pace pace) {
        return new Followers(
                opened.followers(),
                house.journal(),
                house.wakeups(),
                ManualClock.standing(),
                work -> Thread.ofPlatform().daemon().unstarted(work),
                pace);
    }

    private void follow(Reader reader, RoomScope scope) {
        followers.follow(LogFeed.of(opened.events()::log), scope, reader);
    }

    private void count() {
        followers.follow(
                LogFeed.of(opened.states()::log),
                RoomScope.ALL,
                new MemberCounts(opened.directory(), opened.states()));
        followers.start();
    }

    private boolean move(long from, long to) {
        return house.journal()
                .commit(Changes.of(tx -> opened.followers().move(tx, "reader", from, to)));
    }

    private void publish(RoomRef room) {
        house.journal()
                .commit(
                        Changes.of(
                                tx -> {
                                    opened.directory().publish(tx, room.id(), true);
                                    return true;
                                }));
    }

    private long members(RoomRef room) {
        return opened.directory().published().stream()
                .filter(it -> it.room().equals(room.id()))
                .mapToLong(DirectoryStore.Published::members)
                .sum();
    }

    /// Whether everybody has done everything.
    private boolean isIdle() {
        return followers.progress().stream().allMatch(it -> it.lag() == 0);
    }

    private static void await(BooleanSupplier wanted) {
        assertTimeoutPreemptively(
                LONG,
                () -> {
                    while (!wanted.getAsBoolean()) {
                        Thread.onSpinWait();
                    }
                });
    }
}
