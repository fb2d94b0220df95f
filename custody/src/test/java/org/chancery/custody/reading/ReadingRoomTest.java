package org.chancery.custody.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.custody.ceremony.TestStock;
import org.chancery.custody.olm.OlmAccount;
import org.chancery.custody.olm.RehearsalSender;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadingRoomTest {
    private static final TestStock STOCK = new TestStock();
    private static final RoomId ROOM = RoomId.parse("!room:example.org");
    private static final RoomId OTHER_ROOM = RoomId.parse("!other:example.org");
    private static final UserId ALICE = UserId.parse("@alice:example.org");
    private static final UserId BOB = UserId.parse("@bob:example.org");

    private final ArchiveIdentity archive = STOCK.first.identity();
    private final ArchiveDevice device = archive.devices().getFirst();
    private final OlmAccount account = STOCK.open(STOCK.first, device, 0, 1, 2);
    private final ReadingRoom room = new ReadingRoom(archive.user(), device, account);
    private final List<InboxMessage> inbox = new ArrayList<>();

    @AfterEach
    void close() {
        room.close();
        account.close();
    }

    @Test
    void three_people_with_rotating_keys_are_read_whole() {
        SplittableRandom random = new SplittableRandom(7);
        List<JsonObject> events = new ArrayList<>();
        List<RehearsalSender> people = new ArrayList<>();
        List<RehearsalSender.Line> lines = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            people.add(new RehearsalSender(UserId.parse("@" + name + ":example.org"), ROOM));
            lines.add(people.getLast().to(archive.user(), device));
        }
        for (int i = 0; i < 300; i++) {
            int who = random.nextInt(3);
            if (i < 3 || i % 20 == 0) {
                who = i % 3;
                people.get(who).rotate();
                inbox.add(new InboxMessage(people.get(who).user(), lines.get(who).roomKey()));
            }
            events.add(i < 3 ? people.get(i).message("m" + i) : people.get(who).message("m" + i));
        }

        List<Optional<String>> outcome = room.receive(inbox);

        assertTrue(outcome.stream().allMatch(Optional::isEmpty));
        for (int i = 0; i < events.size(); i++) {
            assertEquals("m" + i, body(events.get(i)));
        }
    }

    @Test
    void without_the_room_key_an_event_stays_closed_and_the_cause_is_told() {
        var alice = new RehearsalSender(ALICE, ROOM);

        Reading reading = room.read(ROOM, alice.message("unheard"));

        assertEquals(Reading.Cause.NO_KEY, assertInstanceOf(Reading.Unread.class, reading).cause());
    }

    @Test
    void what_came_before_the_shared_index_is_lost_and_told_so() {
        var alice = new RehearsalSender(ALICE, ROOM);
        JsonObject early = alice.message("early");
        receive(alice, alice.to(archive.user(), device).roomKey());

        assertEquals(
                Reading.Cause.EARLIER_THAN_KEY,
                assertInstanceOf(Reading.Unread.class, room.read(ROOM, early)).cause());
        assertEquals("late", body(alice.message("late")));
    }

    @Test
    void an_event_moved_to_another_room_or_changed_is_not_read() {
        var alice = new RehearsalSender(ALICE, ROOM);
        receive(alice, alice.to(archive.user(), device).roomKey());
        JsonObject event = alice.message("here");
        String text = event.string("ciphertext").orElseThrow();
        String changed =
                text.substring(0, 40) + (text.charAt(40) == 'A' ? 'B' : 'A') + text.substring(41);

        assertInstanceOf(Reading.Unread.class, room.read(OTHER_ROOM, event));
        assertEquals(
                Reading.Cause.UNDECRYPTABLE,
                assertInstanceOf(
                                Reading.Unread.class,
                                room.read(ROOM, event.with("ciphertext", changed)))
                        .cause());
    }

    @Test
    void another_device_of_the_same_identity_reads_nothing() {
        ArchiveDevice other = archive.devices().get(1);
        var alice = new RehearsalSender(ALICE, ROOM);
        JsonObject key = alice.to(archive.user(), device).roomKey();

        try (OlmAccount opened = STOCK.open(STOCK.first, other, 2, 3, 4);
                ReadingRoom second = new ReadingRoom(archive.user(), other, opened)) {
            List<Optional<String>> outcome = second.receive(List.of(new InboxMessage(ALICE, key)));

            assertTrue(outcome.getFirst().orElseThrow().contains("not for this device"));
            assertEquals(0, second.sessions());
        }
    }

    @Test
    void a_sender_other_than_the_server_names_is_refused() {
        var alice = new RehearsalSender(ALICE, ROOM);
        JsonObject key = alice.to(archive.user(), device).roomKey();

        List<Optional<String>> outcome = room.receive(List.of(new InboxMessage(BOB, key)));

        assertTrue(outcome.getFirst().orElseThrow().contains("another than the server says"));
        assertEquals(0, room.sessions());
    }

    @Test
    void a_message_that_comes_more_than_forty_late_is_read_from_a_fresh_session() {
        var alice = new RehearsalSender(ALICE, ROOM);
        var line = alice.to(archive.user(), device);
        JsonObject late = line.roomKey();
        List<InboxMessage> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            alice.rotate();
            many.add(new InboxMessage(ALICE, line.roomKey()));
        }
        many.add(new InboxMessage(ALICE, late));

        List<Optional<String>> outcome = room.receive(many);

        assertTrue(outcome.stream().allMatch(Optional::isEmpty));
        assertEquals(101, room.sessions());
    }

    @Test
    void a_gap_is_bridged_up_to_two_thousand_messages_and_told_beyond() {
        var alice = new RehearsalSender(ALICE, ROOM);
        var line = alice.to(archive.user(), device);
        JsonObject last = JsonObject.EMPTY;
        for (int i = 0; i < 1_990; i++) {
            last = line.encrypt("m.dummy", JsonObject.EMPTY);
        }
        JsonObject beyond = last;
        for (int i = 0; i < 4_100; i++) {
            beyond = line.encrypt("m.dummy", JsonObject.EMPTY);
        }

        List<Optional<String>> outcome =
                room.receive(
                        List.of(new InboxMessage(ALICE, last), new InboxMessage(ALICE, beyond)));

        assertEquals(Optional.empty(), outcome.getFirst());
        assertTrue(outcome.get(1).isPresent());
    }

    @Test
    void of_two_keys_of_a_session_the_one_that_reaches_further_back_is_kept() {
        var alice = new RehearsalSender(ALICE, ROOM);
        var line = alice.to(archive.user(), device);
        JsonObject first = line.roomKey();
        JsonObject early = alice.message("early");
        JsonObject second = line.roomKey();

        room.receive(List.of(new InboxMessage(ALICE, second), new InboxMessage(ALICE, first)));

        assertEquals("early", body(early));
        assertEquals(1, room.sessions());
    }

    private void receive(RehearsalSender sender, JsonObject message) {
        room.receive(List.of(new InboxMessage(sender.user(), message)))
                .forEach(outcome -> assertEquals(Optional.empty(), outcome));
    }

    private String body(JsonObject event) {
        var read = assertInstanceOf(Reading.Read.class, room.read(ROOM, event));
        return read.plain().object("content").flatMap(c -> c.string("body")).orElseThrow();
    }
}
