package org.chancery.adapters.sync;

import static org.chancery.adapters.sync.House.ALICE;
import static org.chancery.adapters.sync.House.BOB;
import static org.chancery.adapters.sync.House.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.sync.JoinedRoom;
import org.chancery.homeserver.sync.StrippedRoom;
import org.chancery.homeserver.sync.SyncAnswer;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rooms to which the user is invited, at which he knocks, and those he has left.
class OtherRoomsTest {
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
    void an_invitation_shows_what_names_the_room_and_who_invites() {
        RoomId room = house.room(ALICE);
        house.set(ALICE, room, "m.room.name", JsonObject.of("name", "Ours"));
        Client bob = house.client(BOB);
        bob.sync();
        house.memberships.invite(ALICE, BOB, room, JsonObject.EMPTY);

        StrippedRoom told = Told.invited(bob.sync(), room).orElseThrow();

        List<String> types =
                told.events().stream().map(event -> event.string("type").orElseThrow()).toList();
        assertTrue(
                types.containsAll(
                        List.of(
                                "m.room.create",
                                "m.room.join_rules",
                                "m.room.name",
                                "m.room.member")));
        assertTrue(
                told.events().stream()
                        .anyMatch(
                                event ->
                                        event.string("state_key")
                                                        .filter(BOB.toString()::equals)
                                                        .isPresent()
                                                && event.object("content")
                                                        .orElseThrow()
                                                        .string("membership")
                                                        .filter("invite"::equals)
                                                        .isPresent()));
        assertEquals(4, told.events().getFirst().size());
        assertTrue(bob.sync().rooms().isEmpty());
    }

    @Test
    void an_invitation_is_in_the_first_sync_too() {
        RoomId room = house.room(ALICE);
        house.memberships.invite(ALICE, BOB, room, JsonObject.EMPTY);

        SyncAnswer answer = house.client(BOB).sync();

        assertTrue(Told.invited(answer, room).isPresent());
        assertTrue(answer.rooms().joined().isEmpty());
    }

    @Test
    void ignored_users_cannot_invite() {
        RoomId room = house.room(ALICE);
        house.accountData.set(
                BOB,
                Optional.empty(),
                "m.ignored_user_list",
                JsonObject.of("ignored_users", JsonObject.of(ALICE.toString(), JsonObject.EMPTY)));
        house.memberships.invite(ALICE, BOB, room, JsonObject.EMPTY);

        assertTrue(house.client(BOB).sync().rooms().invited().isEmpty());
    }

    @Test
    void a_knock_shows_the_room_as_knocked() {
        RoomId room = house.room(ALICE);
        house.set(ALICE, room, StateKey.JOIN_RULES, JsonObject.of("join_rule", "knock"));
        Client bob = house.client(BOB);
        bob.sync();
        house.memberships.knock(BOB, room, JsonObject.EMPTY);

        SyncAnswer answer = bob.sync();

        assertEquals(room, answer.rooms().knocked().getFirst().room().id());
    }

    @Test
    void a_room_left_is_told_once_up_to_the_leave() {
        RoomId room = house.room(ALICE, BOB);
        Client bob = house.client(BOB);
        bob.sync();
        house.say(ALICE, room, "last words");
        house.leave(BOB, room);
        house.say(ALICE, room, "he is gone");

        SyncAnswer answer = bob.sync();

        JoinedRoom told = Told.left(answer, room).orElseThrow();
        assertEquals(List.of("last words"), Told.bodies(told.timeline()));
        assertEquals(BOB.toString(), Told.names(told.timeline()).getLast());
        assertTrue(answer.rooms().joined().isEmpty());
        assertTrue(bob.sync().rooms().isEmpty());
    }

    @Test
    void who_is_put_out_is_told_so_even_at_a_first_sync() {
        RoomId room = house.room(ALICE, BOB, CAROL);
        house.memberships.kick(ALICE, BOB, room, JsonObject.EMPTY);
        house.memberships.ban(ALICE, CAROL, room, JsonObject.EMPTY);

        SyncAnswer toBob = house.client(BOB).sync();
        SyncAnswer toCarol = house.client(CAROL).sync();

        assertTrue(Told.left(toBob, room).isPresent());
        assertTrue(Told.left(toCarol, room).isPresent());
    }

    @Test
    void rooms_left_before_are_told_at_a_first_sync_only_if_asked_for() {
        RoomId room = house.room(ALICE, BOB);
        house.say(ALICE, room, "old");
        house.leave(BOB, room);
        house.set(ALICE, room, "m.room.topic", JsonObject.of("topic", "later"));

        SyncAnswer plain = house.client(BOB).sync();
        SyncAnswer asked = house.client(BOB).filter("{'room':{'include_leave':true}}").sync();

        assertTrue(plain.rooms().left().isEmpty());
        JoinedRoom told = Told.left(asked, room).orElseThrow();
        assertTrue(Told.bodies(told.timeline()).contains("old"));
        assertFalse(Told.names(told.timeline()).contains("m.room.topic"));
        assertFalse(Told.names(told.state()).contains("m.room.topic"));
    }

    @Test
    void forgotten_rooms_are_gone() {
        RoomId room = house.room(ALICE, BOB);
        house.leave(BOB, room);
        house.memberships.forget(BOB, room);

        SyncAnswer answer = house.client(BOB).filter("{'room':{'include_leave':true}}").sync();

        assertTrue(answer.rooms().isEmpty());
    }

    @Test
    void a_declined_invitation_is_told_as_left_without_what_happened_inside() {
        RoomId room = house.room(ALICE);
        house.memberships.invite(ALICE, BOB, room, JsonObject.EMPTY);
        Client bob = house.client(BOB);
        bob.sync();
        house.say(ALICE, room, "inside");
        house.set(ALICE, room, "m.room.topic", JsonObject.of("topic", "inside"));
        house.leave(BOB, room);

        JoinedRoom told = Told.left(bob.sync(), room).orElseThrow();

        assertEquals(List.of(BOB.toString()), Told.names(told.timeline()));
        assertTrue(told.state().isEmpty());
    }

    @Test
    void who_is_invited_again_after_leaving_is_told_of_the_invitation_alone() {
        RoomId room = house.room(ALICE, BOB);
        Client bob = house.client(BOB);
        bob.sync();
        house.leave(BOB, room);
        house.memberships.invite(ALICE, BOB, room, JsonObject.EMPTY);

        SyncAnswer answer = bob.sync();

        assertTrue(Told.invited(answer, room).isPresent());
        assertTrue(Told.left(answer, room).isEmpty());
    }

    @Test
    void what_happens_between_a_leave_and_a_ban_stays_inside() {
        RoomId room = house.room(ALICE, BOB);
        Client bob = house.client(BOB);
        bob.sync();
        house.leave(BOB, room);
        house.set(ALICE, room, "m.room.topic", JsonObject.of("topic", "inside"));
        house.memberships.ban(ALICE, BOB, room, JsonObject.EMPTY);

        JoinedRoom told = Told.left(bob.sync(), room).orElseThrow();

        assertEquals(List.of(BOB.toString(), BOB.toString()), Told.names(told.timeline()));
        assertTrue(told.state().isEmpty());
    }
}
