package org.chancery.adapters.sync;

import static org.chancery.adapters.sync.House.ALICE;
import static org.chancery.adapters.sync.House.BOB;
import static org.chancery.adapters.sync.House.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.ephemeral.Receipt;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Receipts, read markers, typing and presence as others see them.
class EphemeralTest {
    private static final Optional<String> WHOLE_ROOM = Optional.empty();
    private House house;
    private RoomId room;
    private Client alice;
    private Client bob;

    @BeforeEach
    void open(@TempDir Path folder) {
        house = new House(folder);
        room = house.room(ALICE, BOB);
        alice = house.client(ALICE);
        bob = house.client(BOB);
        alice.sync();
        bob.sync();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static MatrixError refusal(Runnable act) {
        return assertThrows(MatrixException.class, act::run).error();
    }

    @Test
    void a_receipt_is_told_to_everybody_in_the_room_once() {
        EventId event = house.say(BOB, room, "hello");
        bob.sync();
        house.receipts.read(ALICE, room, Receipt.READ, event, WHOLE_ROOM);

        Receipt told = bob.room(room).receipts().getFirst();

        assertEquals(ALICE, told.user());
        assertEquals(event, told.event());
        assertTrue(bob.sync().rooms().isEmpty());
    }

    @Test
    void a_private_receipt_is_told_to_its_user_alone() {
        EventId event = house.say(BOB, room, "hello");
        alice.sync();
        bob.sync();
        house.receipts.read(ALICE, room, Receipt.READ_PRIVATE, event, WHOLE_ROOM);

        assertTrue(bob.sync().rooms().isEmpty());
        assertEquals(1, alice.room(room).receipts().size());
        assertTrue(house.client(BOB).room(room).receipts().isEmpty());
    }

    @Test
    void a_first_sync_tells_the_last_receipt_of_everybody() {
        EventId first = house.say(BOB, room, "one");
        EventId second = house.say(BOB, room, "two");
        house.receipts.read(ALICE, room, Receipt.READ, first, WHOLE_ROOM);
        house.receipts.read(ALICE, room, Receipt.READ, second, WHOLE_ROOM);

        List<Receipt> told = house.client(BOB).room(room).receipts();

        assertEquals(List.of(second), told.stream().map(Receipt::event).toList());
    }

    @Test
    void a_receipt_does_not_go_back() {
        EventId first = house.say(BOB, room, "one");
        EventId second = house.say(BOB, room, "two");
        house.receipts.read(ALICE, room, Receipt.READ, second, WHOLE_ROOM);
        bob.sync();
        house.receipts.read(ALICE, room, Receipt.READ, first, WHOLE_ROOM);

        assertTrue(bob.sync().rooms().isEmpty());
    }

    @Test
    void a_receipt_in_a_thread_stands_beside_the_one_for_the_room() {
        EventId root = house.say(BOB, room, "root");
        bob.sync();
        house.receipts.read(ALICE, room, Receipt.READ, root, WHOLE_ROOM);
        house.receipts.read(ALICE, room, Receipt.READ, root, Optional.of(Receipt.MAIN));

        assertEquals(2, bob.room(room).receipts().size());
    }

    @Test
    void a_receipt_in_a_thread_that_the_event_is_not_in_is_refused() {
        EventId one = house.say(BOB, room, "one");
        EventId two = house.say(BOB, room, "two");

        MatrixError refusal =
                refusal(
                        () ->
                                house.receipts.read(
                                        ALICE, room, Receipt.READ, one, Optional.of(two.value())));

        assertTrue(refusal instanceof MatrixError.InvalidParam);
    }

    @Test
    void who_is_not_in_the_room_gives_no_receipt_and_does_not_type() {
        EventId event = house.say(BOB, room, "one");

        MatrixError receipt =
                refusal(() -> house.receipts.read(CAROL, room, Receipt.READ, event, WHOLE_ROOM));
        MatrixError typing = refusal(() -> house.typing.start(CAROL, room, Duration.ofSeconds(5)));

        assertTrue(receipt instanceof MatrixError.Forbidden);
        assertTrue(typing instanceof MatrixError.Forbidden);
    }

    @Test
    void typing_is_told_and_ends_when_nothing_more_is_heard() {
        house.typing.start(ALICE, room, Duration.ofMinutes(10));
        var during = bob.room(room).typing();
        house.passes(Duration.ofSeconds(29));
        house.typing.expire();
        var unchanged = bob.sync().rooms();
        house.passes(Duration.ofSeconds(2));
        house.typing.expire();
        var after = bob.room(room).typing();

        assertEquals(Optional.of(List.of(ALICE)), during);
        assertTrue(unchanged.isEmpty());
        assertEquals(Optional.of(List.of()), after);
    }

    @Test
    void who_stops_typing_is_told_no_more() {
        house.typing.start(ALICE, room, Duration.ofSeconds(5));
        bob.sync();
        house.typing.stop(ALICE, room);

        assertEquals(Optional.of(List.of()), bob.room(room).typing());
    }

    @Test
    void a_filter_leaves_typing_out() {
        Client filtered =
                house.client(BOB).filter("{'room':{'ephemeral':{'not_types':['m.typing']}}}");
        filtered.sync();
        house.typing.start(ALICE, room, Duration.ofSeconds(5));

        assertTrue(filtered.sync().rooms().isEmpty());
    }

    @Test
    void the_read_marker_is_account_data_of_the_room_and_moves_forward_only() {
        EventId first = house.say(BOB, room, "one");
        EventId second = house.say(BOB, room, "two");
        alice.sync();
        house.readMarkers.set(ALICE, room, second);
        house.readMarkers.set(ALICE, room, first);

        var told = alice.room(room).accountData();

        assertEquals(JsonObject.of("event_id", second.value()), told.getFirst().content());
    }

    @Test
    void presence_is_told_to_those_in_a_shared_room() {
        Client carol = house.client(CAROL);
        carol.sync();
        bob.sync();
        house.presence.set(ALICE, "unavailable", Optional.of("tea"));

        var toBob = bob.sync().presence().getFirst();

        assertEquals(ALICE, toBob.user());
        assertEquals("tea", toBob.status().orElseThrow().message().orElseThrow());
        assertTrue(carol.sync().presence().isEmpty());
    }
}
