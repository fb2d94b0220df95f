package org.chancery.adapters.sync;

import static org.chancery.adapters.sync.House.ALICE;
import static org.chancery.adapters.sync.House.BOB;
import static org.chancery.adapters.sync.House.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.chancery.homeserver.ephemeral.Receipt;
import org.chancery.homeserver.sync.JoinedRoom;
import org.chancery.homeserver.sync.SyncAnswer;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a sync costs when little has happened, and that what is kept in memory for it is what the
/// store says.
class SyncMemoryTest {
    private House house;

    @BeforeEach
    void open(@TempDir Path folder) {
        house = new House(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void a_new_message_is_told_without_reading_the_store_however_many_rooms_one_is_in() {
        List<RoomId> few = rooms(5);
        Client alice = house.client(ALICE);
        alice.await(Duration.ZERO);
        long withFew = readsOfNextMessage(alice, few.getLast());

        List<RoomId> many = rooms(195);
        alice.await(Duration.ZERO);
        long withMany = readsOfNextMessage(alice, many.getLast());

        assertEquals(0, withFew);
        assertEquals(0, withMany);
    }

    @Test
    void an_unknown_token_costs_as_many_reads_in_many_rooms_as_in_few() {
        RoomId room = rooms(5).getLast();
        Client alice = house.client(ALICE);
        alice.await(Duration.ZERO);
        house.say(BOB, room, "once");
        long withFew = coldReads(alice);

        rooms(195);
        alice.await(Duration.ZERO);
        house.say(BOB, room, "again");
        long withMany = coldReads(alice);

        assertEquals(withFew, withMany);
    }

    @Test
    void nothing_new_is_found_out_without_reading() {
        rooms(3);
        Client alice = house.client(ALICE);
        alice.await(Duration.ZERO);
        alice.await(Duration.ZERO);
        long before = house.database.reads();

        SyncAnswer answer = alice.await(Duration.ofMillis(1));

        assertEquals(0, house.database.reads() - before);
        assertEquals(List.of(), answer.rooms().joined());
    }

    @Test
    void what_relates_to_an_event_is_told_without_reading() {
        RoomId room = rooms(1).getLast();
        Client alice = house.client(ALICE);
        alice.await(Duration.ZERO);
        EventId said = house.say(BOB, room, "one");
        alice.await(Duration.ZERO);
        house.send(BOB, room, "m.reaction", annotation(said));
        long before = house.database.reads();

        JoinedRoom told = Told.joined(alice.await(Duration.ZERO), room).orElseThrow();

        assertEquals(0, house.database.reads() - before);
        assertEquals(1, told.timeline().size());
    }

    @Test
    void a_receipt_and_the_counts_after_it_are_told_at_the_price_of_the_receipt() {
        RoomId room = rooms(1).getLast();
        Client alice = house.client(ALICE);
        alice.await(Duration.ZERO);
        house.say(BOB, room, "one");
        alice.await(Duration.ZERO);
        EventId last = house.say(BOB, room, "two");
        alice.await(Duration.ZERO);

        house.receipts.read(ALICE, room, Receipt.READ, last, Optional.empty());
        long before = house.database.reads();
        JoinedRoom told = Told.joined(alice.await(Duration.ZERO), room).orElseThrow();
        long reads = house.database.reads() - before;

        assertEquals(0, told.unread().all().notifications());
        assertEquals(2, reads); // The room's new receipts, and the user's own.
    }

    @Test
    void who_comes_back_after_more_than_is_kept_is_told_from_the_store() {
        RoomId room = rooms(1).getLast();
        Client alice = house.client(ALICE).filter("{'room':{'timeline':{'limit':100}}}");
        alice.sync();

        for (int i = 0; i < 90; i++) {
            house.say(BOB, room, "message " + i);
        }

        List<String> bodies = Told.bodies(alice.room(room).timeline());
        assertEquals(90, bodies.size());
        assertEquals("message 0", bodies.getFirst());
    }

    @Test
    void random_doings_are_told_from_memory_as_from_the_store() {
        SplittableRandom random = new SplittableRandom(20);
        RoomId room = house.room(ALICE, BOB);
        RoomId other = house.room(BOB, ALICE);
        Client alice = house.client(ALICE).filter("{'room':{'timeline':{'limit':5}}}");
        Client carol = house.client(CAROL).stateAfter();
        Doings doings = new Doings(random, List.of(room, other));

        for (int i = 0; i < 160; i++) {
            doings.one();
            if (random.nextInt(3) == 0) {
                alice.sync();
            }
            if (random.nextInt(4) == 0) {
                carol.sync(); // The client compares both ways of answering.
            }
        }

        assertEquals(List.of(), alice.sync().rooms().left());
    }

    /// Alice's rooms with Bob, in each of which something has been said.
    private List<RoomId> rooms(int count) {
        List<RoomId> rooms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RoomId room = house.room(ALICE, BOB);
            house.say(BOB, room, "hello");
            rooms.add(room);
        }
        return rooms;
    }

    private static JsonObject annotation(EventId target) {
        return JsonObject.of(
                "m.relates_to",
                JsonObject.of("rel_type", "m.annotation")
                        .with("event_id", target.value())
                        .with("key", "+"));
    }

    private long readsOfNextMessage(Client client, RoomId room) {
        house.say(BOB, room, "first");
        client.await(Duration.ZERO);
        house.say(BOB, room, "second");
        long before = house.database.reads();
        SyncAnswer answer = client.await(Duration.ofSeconds(5));
        long reads = house.database.reads() - before;
        assertEquals(
                List.of("second"), Told.bodies(Told.joined(answer, room).orElseThrow().timeline()));
        return reads;
    }

    /// The reads of a service that has never seen the client.
    private long coldReads(Client client) {
        long before = house.database.reads();
        client.coldSync();
        return house.database.reads() - before;
    }

    /// What people do.
    private final class Doings {
        private final SplittableRandom random;
        private final List<RoomId> rooms;
        private final List<EventId> said = new ArrayList<>();
        private RoomId lastRoom;
        private boolean carolIsIn;

        Doings(SplittableRandom random, List<RoomId> rooms) {
            this.random = random;
            this.rooms = rooms;
            this.lastRoom = rooms.getFirst();
        }

        void one() {
            RoomId room = rooms.get(random.nextInt(rooms.size()));
            UserId user = random.nextBoolean() ? ALICE : BOB;
            switch (random.nextInt(8)) {
                case 0 -> carolMoves();
                case 1 -> topic(room);
                case 2 -> redactLast();
                case 3 -> readLast(user);
                default -> {
                    said.add(house.say(user, room, "word " + random.nextInt(100)));
                    lastRoom = room;
                }
            }
        }

        private void carolMoves() {
            if (carolIsIn) {
                house.leave(CAROL, rooms.getFirst());
            } else {
                house.join(CAROL, rooms.getFirst());
            }
            carolIsIn = !carolIsIn;
        }

        private void topic(RoomId room) {
            UserId creator = room.equals(rooms.getFirst()) ? ALICE : BOB;
            house.set(
                    creator,
                    room,
                    "m.room.topic",
                    JsonObject.of("topic", "topic " + random.nextInt(1_000)));
        }

        private void redactLast() {
            if (!said.isEmpty()) {
                UserId creator = lastRoom.equals(rooms.getFirst()) ? ALICE : BOB;
                house.redact(creator, lastRoom, said.removeLast());
                said.clear(); // What was said before may be of another room.
            }
        }

        private void readLast(UserId user) {
            if (!said.isEmpty()) {
                house.receipts.read(user, lastRoom, Receipt.READ, said.getLast(), Optional.empty());
            }
        }
    }
}
