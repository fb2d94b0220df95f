package org.chancery.adapters.sync;

import static org.chancery.adapters.sync.House.ALICE;
import static org.chancery.adapters.sync.House.BOB;
import static org.chancery.adapters.sync.House.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.SyncToken;
import org.chancery.homeserver.rooms.NewRoom.InitialState;
import org.chancery.homeserver.sync.JoinedRoom;
import org.chancery.homeserver.sync.ShownEvent;
import org.chancery.homeserver.sync.SyncAnswer;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rooms in which the user is: timeline, state and what hangs on them (client-server API,
/// "Syncing").
class JoinedRoomsTest {
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
    void a_first_sync_tells_the_room_with_its_state_and_latest_events() {
        RoomId room = house.room(ALICE, BOB);
        house.say(BOB, room, "hello");

        JoinedRoom told =
                house.client(ALICE).filter("{'room':{'timeline':{'limit':1}}}").room(room);

        assertEquals(List.of("hello"), Told.bodies(told.timeline()));
        assertTrue(told.limited());
        assertTrue(
                Told.names(told.state())
                        .containsAll(
                                List.of(
                                        "m.room.create",
                                        "m.room.power_levels",
                                        "m.room.join_rules",
                                        ALICE.toString(),
                                        BOB.toString())));
    }

    @Test
    void the_next_sync_tells_only_what_came_since() {
        RoomId room = house.room(ALICE, BOB);
        RoomId quiet = house.room(ALICE);
        Client alice = house.client(ALICE);
        alice.sync();
        house.say(BOB, room, "news");

        SyncAnswer answer = alice.sync();

        JoinedRoom told = Told.joined(answer, room).orElseThrow();
        assertEquals(List.of("news"), Told.bodies(told.timeline()));
        assertFalse(told.limited());
        assertTrue(told.state().isEmpty());
        assertTrue(Told.joined(answer, quiet).isEmpty());
        assertTrue(alice.sync().rooms().isEmpty());
    }

    @Test
    void a_retried_token_gives_the_same_and_what_is_newer() {
        RoomId room = house.room(ALICE, BOB);
        Client alice = house.client(ALICE);
        alice.sync();
        Optional<SyncToken> token = alice.since();
        house.say(BOB, room, "one");
        alice.sync();
        house.say(BOB, room, "two");

        alice.rewind(token);

        assertEquals(List.of("one", "two"), Told.bodies(alice.room(room).timeline()));
    }

    @Test
    void a_token_from_the_future_is_refused() {
        Client alice = house.client(ALICE);
        alice.sync();
        alice.rewind(Optional.of(SyncToken.of(1_000_000, 0)));

        var refusal = assertThrows(MatrixException.class, alice::sync);

        assertTrue(refusal.error() instanceof MatrixError.UnknownPos);
    }

    @Test
    void a_gap_is_limited_and_read_on_by_its_prev_batch() {
        RoomId room = house.room(ALICE, BOB);
        Client alice = house.client(ALICE).filter("{'room':{'timeline':{'limit':2}}}");
        alice.sync();
        for (int i = 1; i <= 5; i++) {
            house.say(BOB, room, "m" + i);
        }

        JoinedRoom told = alice.room(room);

        assertTrue(told.limited());
        assertEquals(List.of("m4", "m5"), Told.bodies(told.timeline()));
        var before =
                house.events.read(
                        told.room(),
                        new EventStore.Range(0, told.prevBatch().ordinal()),
                        EventStore.Direction.BACKWARDS,
                        1);
        assertEquals("m3", before.getFirst().content().string("body").orElseThrow());
    }

    @Test
    void state_changed_in_a_gap_is_told_as_of_the_start_of_the_timeline() {
        RoomId room = house.room(ALICE, BOB);
        Client alice = house.client(ALICE).filter("{'room':{'timeline':{'limit':1}}}");
        alice.sync();
        EventId topic = house.set(ALICE, room, "m.room.topic", JsonObject.of("topic", "old"));
        house.say(BOB, room, "a");
        house.set(ALICE, room, "m.room.topic", JsonObject.of("topic", "new"));

        JoinedRoom told = alice.room(room);

        assertEquals(List.of("m.room.topic"), Told.names(told.timeline()));
        assertEquals(List.of(topic.value()), Told.ids(told.state()));
    }

    @Test
    void state_after_is_told_as_of_the_end_of_the_timeline() {
        RoomId room = house.room(ALICE, BOB);
        Client alice = house.client(ALICE).stateAfter();
        alice.sync();
        EventId topic = house.set(ALICE, room, "m.room.topic", JsonObject.of("topic", "new"));
        house.say(BOB, room, "a");

        JoinedRoom told = alice.room(room);

        assertEquals(List.of(topic.value()), Told.ids(told.state()));
        assertEquals(List.of("m.room.topic", "m.room.message"), Told.names(told.timeline()));
    }

    @Test
    void state_that_the_timeline_filter_hides_is_told_in_the_state() {
        RoomId room = house.room(ALICE, BOB);
        Client alice =
                house.client(ALICE).filter("{'room':{'timeline':{'types':['m.room.message']}}}");
        alice.sync();
        EventId topic = house.set(ALICE, room, "m.room.topic", JsonObject.of("topic", "new"));
        house.say(BOB, room, "a");

        JoinedRoom told = alice.room(room);

        assertEquals(List.of("m.room.message"), Told.names(told.timeline()));
        assertEquals(List.of(topic.value()), Told.ids(told.state()));
    }

    @Test
    void a_first_sync_takes_back_what_its_timeline_shows() {
        RoomId room = house.room(ALICE);
        EventId old = house.set(ALICE, room, "m.room.topic", JsonObject.of("topic", "old"));
        house.set(ALICE, room, "m.room.topic", JsonObject.of("topic", "new"));

        JoinedRoom told =
                house.client(ALICE).filter("{'room':{'timeline':{'limit':1}}}").room(room);

        assertTrue(Told.ids(told.state()).contains(old.value()));
        assertEquals(1, Told.names(told.state()).stream().filter("m.room.topic"::equals).count());
    }

    @Test
    void full_state_is_told_although_nothing_changed() {
        RoomId room = house.room(ALICE, BOB);
        Client alice = house.client(ALICE);
        alice.sync();

        JoinedRoom told = Told.joined(alice.fullState(), room).orElseThrow();

        assertTrue(told.timeline().isEmpty());
        assertTrue(Told.names(told.state()).contains("m.room.create"));
        assertTrue(Told.names(told.state()).contains(BOB.toString()));
    }

    @Test
    void a_room_joined_since_is_told_in_full() {
        RoomId room = house.room(ALICE);
        house.say(ALICE, room, "before");
        Client bob = house.client(BOB);
        bob.sync();
        house.join(BOB, room);

        JoinedRoom told = bob.room(room);

        assertTrue(told.limited());
        assertTrue(Told.bodies(told.timeline()).contains("before"));
        assertEquals(8, told.timeline().size() + told.state().size());
    }

    @Test
    void who_left_and_came_back_is_told_the_room_in_full() {
        RoomId room = house.room(ALICE, BOB);
        Client bob = house.client(BOB).filter("{'room':{'timeline':{'limit':1}}}");
        bob.sync();
        house.leave(BOB, room);
        house.join(BOB, room);

        JoinedRoom told = bob.room(room);

        assertTrue(told.limited());
        assertTrue(Told.names(told.state()).contains("m.room.create"));
    }

    @Test
    void a_new_display_name_is_no_new_room() {
        RoomId room = house.room(ALICE, BOB);
        Client bob = house.client(BOB);
        bob.sync();
        house.set(
                BOB,
                room,
                StateKey.member(BOB),
                JsonObject.of("membership", "join").with("displayname", "Bobby"));

        JoinedRoom told = bob.room(room);

        assertFalse(told.limited());
        assertEquals(List.of(BOB.toString()), Told.names(told.timeline()));
        assertTrue(told.state().isEmpty());
    }

    @Test
    void rooms_that_the_filter_leaves_out_are_not_told() {
        RoomId wanted = house.room(ALICE);
        RoomId unwanted = house.room(ALICE);
        Client alice = house.client(ALICE).filter("{'room':{'not_rooms':['" + unwanted + "']}}");

        SyncAnswer answer = alice.sync();

        assertTrue(Told.joined(answer, wanted).isPresent());
        assertTrue(Told.joined(answer, unwanted).isEmpty());
    }

    @Test
    void a_filter_by_sender_reads_past_what_it_leaves_out() {
        RoomId room = house.room(ALICE, BOB);
        house.say(BOB, room, "wanted");
        for (int i = 0; i < 20; i++) {
            house.say(ALICE, room, "unwanted");
        }

        JoinedRoom told =
                house.client(ALICE)
                        .filter(
                                "{'room':{'timeline':{'limit':5,'types':['m.room.message'],"
                                        + "'not_senders':['@alice:example.org']}}}")
                        .room(room);

        assertEquals(List.of("wanted"), Told.bodies(told.timeline()));
        assertFalse(told.limited());
    }

    @Test
    void ignored_users_are_not_heard_but_their_state_events_are_told() {
        RoomId room = house.room(ALICE, BOB);
        house.accountData.set(
                ALICE,
                Optional.empty(),
                "m.ignored_user_list",
                JsonObject.of("ignored_users", JsonObject.of(BOB.toString(), JsonObject.EMPTY)));
        Client alice = house.client(ALICE);
        alice.sync();
        house.say(BOB, room, "spam");
        house.set(
                BOB,
                room,
                StateKey.member(BOB),
                JsonObject.of("membership", "join").with("displayname", "B"));

        JoinedRoom told = alice.room(room);

        assertEquals(List.of(BOB.toString()), Told.names(told.timeline()));
    }

    @Test
    void history_from_before_the_join_is_hidden_where_the_room_says_so() {
        RoomId room =
                house.room(
                        ALICE,
                        List.of(
                                new InitialState(
                                        StateKey.HISTORY_VISIBILITY,
                                        JsonObject.of("history_visibility", "joined"))));
        house.say(ALICE, room, "secret");
        house.join(BOB, room);
        house.say(ALICE, room, "welcome");

        JoinedRoom told = house.client(BOB).filter("{'room':{'timeline':{'limit':50}}}").room(room);

        assertEquals(List.of("welcome"), Told.bodies(told.timeline()));
    }

    @Test
    void events_tell_what_they_replaced_and_by_what_they_were_redacted() {
        RoomId room = house.room(ALICE, BOB);
        EventId old = house.set(ALICE, room, "m.room.topic", JsonObject.of("topic", "old"));
        Client alice = house.client(ALICE);
        alice.sync();
        house.set(ALICE, room, "m.room.topic", JsonObject.of("topic", "new"));
        EventId bad = house.say(BOB, room, "bad");
        EventId redaction = house.redact(ALICE, room, bad);

        List<ShownEvent> told = alice.room(room).timeline();

        assertEquals(old, told.get(0).replaced().orElseThrow().id());
        assertEquals(redaction, told.get(1).redaction().orElseThrow().id());
        assertTrue(told.get(1).event().content().isEmpty());
        assertTrue(told.get(2).replaced().isEmpty());
    }

    @Test
    void only_the_sending_device_is_told_its_transaction() {
        RoomId room = house.room(ALICE, BOB);
        Client alice = house.client(ALICE);
        Client bob = house.client(BOB);
        alice.sync();
        bob.sync();
        house.say(ALICE, room, "mine");

        ShownEvent toAlice = alice.room(room).timeline().getFirst();
        ShownEvent toBob = bob.room(room).timeline().getFirst();

        assertTrue(toAlice.transactionId().isPresent());
        assertTrue(toBob.transactionId().isEmpty());
    }

    @Test
    void events_tell_the_membership_that_the_reader_had() {
        RoomId room = house.room(ALICE);
        house.say(ALICE, room, "before");
        house.join(BOB, room);
        house.say(ALICE, room, "after");

        List<ShownEvent> told = house.client(BOB).room(room).timeline();

        List<String> memberships =
                told.stream()
                        .filter(
                                shown ->
                                        !shown.event().isState()
                                                || shown.event()
                                                        .stateKey()
                                                        .filter(BOB.toString()::equals)
                                                        .isPresent())
                        .map(shown -> shown.membership().orElseThrow())
                        .toList();
        assertEquals(List.of("leave", "join", "join"), memberships);
    }

    @Test
    void lazily_loaded_members_are_the_senders_and_oneself_and_are_told_once() {
        RoomId room = house.room(ALICE, BOB, CAROL);
        house.set(ALICE, room, "m.room.name", JsonObject.of("name", "Ours"));
        house.say(BOB, room, "one");
        Client alice =
                house.client(ALICE)
                        .filter(
                                "{'room':{'state':{'lazy_load_members':true},"
                                        + "'timeline':{'limit':1}}}");

        JoinedRoom first = alice.room(room);
        house.say(CAROL, room, "two");
        JoinedRoom second = alice.room(room);
        house.say(CAROL, room, "three");
        JoinedRoom third = alice.room(room);

        assertTrue(
                Told.names(first.state()).containsAll(List.of(ALICE.toString(), BOB.toString())));
        assertEquals(List.of(CAROL.toString()), Told.names(second.state()));
        assertTrue(third.state().isEmpty());
    }

    @Test
    void a_lost_answer_loses_no_lazily_loaded_member() {
        RoomId room = house.room(ALICE, BOB, CAROL);
        Client alice =
                house.client(ALICE)
                        .filter(
                                "{'room':{'state':{'lazy_load_members':true},"
                                        + "'timeline':{'limit':1}}}");
        alice.sync();
        Optional<SyncToken> token = alice.since();
        house.say(CAROL, room, "two");
        alice.sync();

        alice.rewind(token);

        assertEquals(List.of(CAROL.toString()), Told.names(alice.room(room).state()));
    }

    @Test
    void redundant_members_are_told_again_on_request() {
        RoomId room = house.room(ALICE, BOB);
        Client alice =
                house.client(ALICE)
                        .filter(
                                "{'room':{'state':{'lazy_load_members':true,"
                                        + "'include_redundant_members':true}}}");
        alice.sync();
        house.say(BOB, room, "one");
        alice.sync();
        house.say(BOB, room, "two");

        assertEquals(List.of(BOB.toString()), Told.names(alice.room(room).state()));
    }

    @Test
    void a_summary_counts_members_and_names_heroes_of_a_room_without_a_name() {
        RoomId room = house.room(ALICE, BOB, CAROL);
        Client alice = house.client(ALICE).filter("{'room':{'state':{'lazy_load_members':true}}}");

        JoinedRoom first = alice.room(room);
        house.leave(CAROL, room);
        JoinedRoom second = alice.room(room);
        house.set(ALICE, room, "m.room.name", JsonObject.of("name", "Ours"));
        JoinedRoom third = alice.room(room);

        assertEquals(List.of(BOB, CAROL), first.summary().orElseThrow().heroes().orElseThrow());
        assertEquals(3, first.summary().orElseThrow().joined());
        assertEquals(2, second.summary().orElseThrow().joined());
        assertTrue(third.summary().orElseThrow().heroes().isEmpty());
    }

    @Test
    void account_data_of_a_room_shows_the_room() {
        RoomId room = house.room(ALICE);
        Client alice = house.client(ALICE);
        alice.sync();
        house.accountData.set(
                ALICE, Optional.of(room), "m.tag", JsonObject.of("tags", JsonObject.EMPTY));
        house.accountData.set(
                ALICE, Optional.empty(), "m.direct", JsonObject.of("x", JsonArray.EMPTY));

        SyncAnswer answer = alice.sync();

        assertEquals(
                "m.tag", Told.joined(answer, room).orElseThrow().accountData().getFirst().type());
        assertEquals("m.direct", answer.accountData().getFirst().type());
        assertTrue(alice.sync().rooms().isEmpty());
    }
}
