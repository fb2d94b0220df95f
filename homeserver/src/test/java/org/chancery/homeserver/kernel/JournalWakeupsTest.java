package org.chancery.homeserver.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The order in which a batch is told to the index, published and rung.
class JournalWakeupsTest {
    private static final UserId ALICE = UserId.parse("@alice:example.org");
    private static final RoomId ROOM = RoomId.parse("!room:example.org");

    private final Wakeups wakeups = new Wakeups();
    private final Journal journal = new Journal(new Counter(), wakeups, Thread::new);

    @BeforeEach
    void start() {
        journal.start();
    }

    @AfterEach
    void stop() {
        journal.close();
    }

    @Test
    void touches_are_noted_before_the_position_is_published() {
        AtomicLong durableWhenTouched = new AtomicLong(-1);

        journal.commit(
                new Touching() {
                    @Override
                    public List<Touch> touches(Long position) {
                        durableWhenTouched.set(journal.durable());
                        return super.touches(position);
                    }
                });

        assertEquals(0, durableWhenTouched.get());
        assertEquals(1, journal.durable());
    }

    @Test
    void a_bell_made_before_the_read_rings_for_what_comes_after_it() throws InterruptedException {
        try (Wakeups.Bell bell = wakeups.bell(ALICE)) {
            long since = journal.durable();

            journal.commit(new Touching());

            assertTrue(bell.await(Duration.ofSeconds(10)));
            var changes = wakeups.since(ALICE, since).orElseThrow();
            assertEquals(1, journal.durable());
            assertEquals(Set.of(ROOM), changes.rooms(Stream.TIMELINE));
        }
    }

    private static class Touching implements Change<Long> {
        @Override
        public int positions() {
            return 1;
        }

        @Override
        public Long apply(Tx tx, long first) {
            return first;
        }

        @Override
        public List<Touch> touches(Long position) {
            return List.of(new Touch(List.of(ALICE), Stream.TIMELINE, ROOM));
        }
    }

    /// A store that only counts.
    private static final class Counter implements BatchStore {
        private long last;

        @Override
        public long commit(int positions, Batch batch) {
            batch.write(new Tx() {}, last + 1);
            last += positions;
            return last;
        }

        @Override
        public long lastPosition() {
            return last;
        }
    }
}
