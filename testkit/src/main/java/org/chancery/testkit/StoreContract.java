package org.chancery.testkit;

import static org.chancery.testkit.RoomHouse.ALICE;
import static org.chancery.testkit.RoomHouse.BOB;
import static org.chancery.testkit.RoomHouse.CAROL;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.EventStore.Direction;
import org.chancery.homeserver.events.EventStore.Range;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateRow;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.events.Transaction;
import org.chancery.homeserver.kernel.BatchStore;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.ReferenceHash;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.Signer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store of events and state promises. Each engine runs it whole.
public abstract class StoreContract {
    private Opened opened;
    private RoomHouse house;

    /// A store as a process opens it.
    public record Opened(
            BatchStore batches, EventStore events, StateStore states, AutoCloseable closing) {}

    /// Opens the store of this test, empty the first time, as it was left the next.
    protected abstract Opened open();

    /// A key to sign with.
    protected abstract Signer signer();

    /// The store is made in [#enter], before each test.
    @SuppressWarnings("NullAway.Init")
    protected StoreContract() {}

    @BeforeEach
    final void enter() {
        opened = open();
        house = new RoomHouse(opened.batches(), opened.events(), opened.states(), signer());
    }

    @AfterEach
    final void leave() throws Exception {
        house.close();
        opened.closing().close();
    }

    @Test
    void two_rooms_that_one_person_makes_in_the_same_moment_are_two() {
        RoomRef first = house.openRoom(RoomVersion.V12);
        EventId said = house.say(ALICE, first, "in the first");

        RoomRef second = house.openRoom(RoomVersion.V12);

        assertNotEquals(first.id(), second.id());
        assertEquals(first, house.stores().events().event(said).orElseThrow().room());
    }

    @Test
    void positions_are_taken_in_order_and_a_rolled_back_batch_gives_them_back() {
        long before = opened.batches().lastPosition();

        assertThrows(
                IllegalStateException.class,
                () ->
                        opened.batches()
                                .commit(
                                        5,
                                        (_, _) -> {
                                            throw new IllegalStateException("rolled back");
                                        }));
        long last = opened.batches().commit(3, (_, first) -> assertEquals(before + 1, first));

        assertEquals(before + 3, last);
        assertEquals(last, opened.batches().lastPosition());
    }

    @Test
    void what_was_acknowledged_is_there_after_opening_again() throws Exception {
        RoomRef room = house.openRoom(RoomVersion.V12);
        EventId said = house.say(ALICE, room, "kept");
        long position = house.journal().durable();

        leave();
        enter();

        assertEquals(position, opened.batches().lastPosition());
        assertEquals(said, opened.events().event(said).orElseThrow().id());
        house.say(ALICE, room, "and the room goes on");
        assertEquals(position + 1, house.journal().durable());
    }

    @Test
    void signed_events_come_back_byte_for_byte_in_every_room_version() {
        for (RoomVersion version : RoomVersion.values()) {
            RoomRef room = house.openRoom(version);
            house.memberships().join(BOB, room.id(), JsonObject.of("reason", "to see"));
            EventId said = house.say(BOB, room, "a → b");

            for (StoredEvent event : all(room)) {
                Pdu pdu = opened.events().pdus(List.of(event.position())).getFirst();
                Pdu parsed = Pdu.parse(pdu.json(), version);
                assertEquals(event.id(), parsed.eventId(), version.id());
                assertEquals(room.id(), parsed.roomId(), version.id());
            }
            assertEquals(said, all(room).getLast().id());
        }
    }

    @Test
    void state_is_known_now_and_at_every_position_of_the_past() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        StateKey topic = new StateKey("m.room.topic", "");
        Map<Long, String> topics = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            setTopic(room, topic, "topic " + i);
            topics.put(house.journal().durable(), "topic " + i);
            house.say(ALICE, room, "about " + i);
        }

        topics.forEach(
                (position, text) -> {
                    StateRow row = opened.states().at(room, topic, position + 1).orElseThrow();
                    assertEquals(text, content(row).string("topic").orElseThrow());
                    assertEquals(keys(room, position), keysOf(snapshot(position)));
                });
        StateRow now = opened.states().current(room, topic).orElseThrow();
        assertEquals("topic 99", content(now).string("topic").orElseThrow());
        assertEquals(100, opened.states().history(room, topic).size());
    }

    @Test
    void a_state_change_lays_a_bounded_chain_of_differences() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        StateKey topic = new StateKey("m.room.topic", "");

        int longest = 0;
        for (int i = 0; i < 120; i++) {
            setTopic(room, topic, "topic " + i);
            longest = Math.max(longest, opened.states().latestSnapshot(room).chainLength());
        }

        assertTrue(longest > 8, "differences are used");
        assertTrue(longest <= 64, "a full copy ends the chain, longest was " + longest);
    }

    @Test
    void memberships_are_found_by_room_by_user_and_by_position() {
        RoomRef room = house.openRoom(RoomVersion.V11);
        house.memberships().join(BOB, room.id(), JsonObject.EMPTY);
        long joined = house.journal().durable();
        house.memberships().leave(BOB, room.id(), JsonObject.EMPTY);
        house.memberships().invite(ALICE, CAROL, room.id(), JsonObject.EMPTY);

        assertEquals("join", membership(BOB, joined));
        assertEquals("leave", membership(BOB, house.journal().durable()));
        assertEquals(Set.of(ALICE), users(opened.states().members(room, Optional.of("join"))));
        assertEquals(
                Set.of(ALICE, BOB, CAROL), users(opened.states().members(room, Optional.empty())));
        assertEquals(List.of(ALICE), opened.states().peers(ALICE));
        assertEquals(
                List.of("join", "leave"),
                opened.states().membershipChanges(BOB, 0, Long.MAX_VALUE).stream()
                        .map(RoomMembership::membership)
                        .toList());
    }

    @Test
    void the_auth_chain_index_agrees_with_walking_the_events() {
        RoomRef room = house.openRoom(RoomVersion.V11);
        house.memberships().join(BOB, room.id(), JsonObject.EMPTY);
        house.memberships().join(CAROL, room.id(), JsonObject.EMPTY);
        setTopic(room, new StateKey("m.room.topic", ""), "one");
        house.memberships().kick(ALICE, CAROL, room.id(), JsonObject.EMPTY);
        house.memberships().join(CAROL, room.id(), JsonObject.EMPTY);

        Map<Long, Set<Long>> chains = new HashMap<>();
        for (StoredEvent event : all(room)) {
            chains.put(event.position(), walked(event.position()));
        }

        chains.forEach(
                (from, chain) -> {
                    for (long to : chains.keySet()) {
                        assertEquals(
                                chain.contains(to),
                                opened.states().authChainContains(from, to),
                                from + " to " + to);
                    }
                });
    }

    @Test
    void a_transaction_finds_its_event_again_and_no_other_does() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        Transaction first = new Transaction(ALICE, new DeviceId("PHONE"), "send", "1");
        EventDraft draft =
                EventDraft.message(ALICE, "m.room.message", JsonObject.of("body", "once"));

        EventId sent = house.writer().send(room.id(), draft, Optional.of(first));
        EventId again = house.writer().send(room.id(), draft, Optional.of(first));

        assertEquals(sent, again);
        assertEquals(Optional.of(sent), opened.events().byTransaction(first));
        for (Transaction other :
                List.of(
                        new Transaction(ALICE, new DeviceId("TABLET"), "send", "1"),
                        new Transaction(ALICE, new DeviceId("PHONE"), "send", "2"),
                        new Transaction(ALICE, new DeviceId("PHONE"), "redact", "1"),
                        new Transaction(BOB, new DeviceId("PHONE"), "send", "1"))) {
            assertEquals(Optional.empty(), opened.events().byTransaction(other));
        }
    }

    @Test
    void a_transaction_finds_its_event_after_a_restart() throws Exception {
        RoomRef room = house.openRoom(RoomVersion.V12);
        Transaction transaction = new Transaction(ALICE, new DeviceId("PHONE"), "send", "1");
        EventDraft draft =
                EventDraft.message(ALICE, "m.room.message", JsonObject.of("body", "once"));
        EventId sent = house.writer().send(room.id(), draft, Optional.of(transaction));

        leave();
        enter();

        assertEquals(Optional.of(sent), opened.events().byTransaction(transaction));
    }

    @Test
    void a_room_is_read_in_both_directions_and_within_its_bounds() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        long start = house.journal().durable();
        List<EventId> said = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            said.add(house.say(ALICE, room, "line " + i));
        }
        long end = house.journal().durable();

        Range range = Range.ofPositions(start, end);
        assertEquals(said, ids(opened.events().read(room, range, Direction.FORWARDS, 100)));
        assertEquals(
                said.reversed(), ids(opened.events().read(room, range, Direction.BACKWARDS, 100)));
        assertEquals(
                said.subList(0, 3), ids(opened.events().read(room, range, Direction.FORWARDS, 3)));
        Range middle = Range.ofPositions(start + 2, end - 2);
        assertEquals(
                said.subList(2, 8),
                ids(opened.events().read(room, middle, Direction.FORWARDS, 100)));
    }

    @Test
    void a_redaction_takes_the_content_and_leaves_what_proves_the_event() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        EventId said = house.say(ALICE, room, "a slip");
        StoredEvent before = opened.events().event(said).orElseThrow();
        Pdu signed = opened.events().pdus(List.of(before.position())).getFirst();

        house.writer()
                .send(
                        room.id(),
                        EventDraft.redaction(ALICE, said, JsonObject.EMPTY),
                        Optional.empty());

        StoredEvent after = opened.events().event(said).orElseThrow();
        assertEquals(JsonObject.EMPTY, after.content());
        assertTrue(after.redactedBy().isPresent());
        Pdu kept = opened.events().pdus(List.of(after.position())).getFirst();
        assertArrayEquals(signed.redacted().json().bytes(), kept.json().bytes());
        assertEquals(said, ReferenceHash.eventId(kept.json(), RoomVersion.V12));
    }

    @Test
    void a_change_with_a_bug_fails_alone() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        var faulty =
                house.journal()
                        .submit(
                                Changes.of(
                                        tx -> {
                                            opened.events().insertRoom(tx, room);
                                            return true;
                                        }));

        assertThrows(RuntimeException.class, faulty::await);
        EventId said = house.say(ALICE, room, "unharmed");
        assertEquals(said, all(room).getLast().id());
        assertTrue(house.journal().running());
    }

    @Test
    void a_forgotten_room_is_remembered_by_a_new_invitation() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        house.memberships().join(BOB, room.id(), JsonObject.EMPTY);
        house.memberships().leave(BOB, room.id(), JsonObject.EMPTY);

        house.memberships().forget(BOB, room.id());
        assertEquals(List.of(room.number()), opened.states().forgotten(BOB));

        house.memberships().invite(ALICE, BOB, room.id(), JsonObject.EMPTY);
        assertFalse(opened.states().forgotten(BOB).contains(room.number()));
    }

    private void setTopic(RoomRef room, StateKey topic, String text) {
        house.writer()
                .send(
                        room.id(),
                        EventDraft.state(ALICE, topic, JsonObject.of("topic", text)),
                        Optional.empty());
    }

    private JsonObject content(StateRow row) {
        return opened.events().events(List.of(row.event().position())).getFirst().content();
    }

    private List<StateRow> snapshot(long position) {
        return opened.states().snapshot(position);
    }

    private Set<EventId> keys(RoomRef room, long position) {
        return keysOf(opened.states().at(room, position));
    }

    private static Set<EventId> keysOf(List<StateRow> rows) {
        Set<EventId> ids = new HashSet<>();
        rows.forEach(row -> ids.add(row.event().id()));
        return ids;
    }

    private String membership(UserId user, long position) {
        return opened.states().rooms(user, position).getFirst().membership();
    }

    private static Set<UserId> users(List<RoomMembership> memberships) {
        Set<UserId> users = new HashSet<>();
        memberships.forEach(membership -> users.add(membership.user()));
        return users;
    }

    private List<StoredEvent> all(RoomRef room) {
        return opened.events().read(room, new Range(0, Long.MAX_VALUE), Direction.FORWARDS, 1_000);
    }

    private static List<EventId> ids(List<StoredEvent> events) {
        return events.stream().map(StoredEvent::id).toList();
    }

    private Set<Long> walked(long position) {
        Set<Long> chain = new HashSet<>();
        List<Long> open = new ArrayList<>(List.of(position));
        while (!open.isEmpty()) {
            Pdu pdu = opened.events().pdus(List.of(open.removeLast())).getFirst();
            for (EventId auth : pdu.authEvents()) {
                long at = opened.events().event(auth).orElseThrow().position();
                if (chain.add(at)) {
                    open.add(at);
                }
            }
        }
        return chain;
    }
}
