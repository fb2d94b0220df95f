package org.chancery.adapters.sync;

import static org.chancery.adapters.sync.House.ALICE;
import static org.chancery.adapters.sync.House.BOB;
import static org.chancery.adapters.sync.House.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.e2ee.ToDeviceMessage;
import org.chancery.homeserver.events.SyncToken;
import org.chancery.homeserver.sync.SyncAnswer;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What devices need for end-to-end encryption: to-device messages, device lists and key counts
/// (client-server API, "Extensions to /sync").
class DeviceNewsTest {
    private House house;

    @BeforeEach
    void open(@TempDir Path folder) {
        house = new House(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static Set<UserId> changed(SyncAnswer answer) {
        return answer.deviceLists().changed();
    }

    private static Set<UserId> left(SyncAnswer answer) {
        return answer.deviceLists().left();
    }

    @Test
    void new_keys_of_somebody_in_a_shared_room_are_told() {
        house.room(ALICE, BOB);
        Client alice = house.client(ALICE);
        alice.sync();
        house.newKeys(BOB);

        assertEquals(Set.of(BOB), changed(alice.sync()));
        assertTrue(changed(alice.sync()).isEmpty());
    }

    @Test
    void new_keys_of_a_stranger_are_not_told() {
        house.room(ALICE);
        Client alice = house.client(ALICE);
        alice.sync();
        house.newKeys(BOB);

        assertTrue(changed(alice.sync()).isEmpty());
    }

    @Test
    void ones_own_new_keys_are_told_even_without_any_room() {
        Client alice = house.client(ALICE);
        alice.sync();
        house.newKeys(ALICE);

        assertEquals(Set.of(ALICE), changed(alice.sync()));
    }

    @Test
    void a_first_sync_tells_no_device_lists() {
        house.room(ALICE, BOB);
        house.newKeys(BOB);

        assertTrue(changed(house.client(ALICE).sync()).isEmpty());
    }

    @Test
    void who_joins_is_told_of_everybody_in_the_room() {
        RoomId room = house.room(ALICE, BOB);
        Client carol = house.client(CAROL);
        carol.sync();
        house.join(CAROL, room);

        assertEquals(Set.of(ALICE, BOB), changed(carol.sync()));
    }

    @Test
    void everybody_in_the_room_is_told_of_who_joins() {
        RoomId room = house.room(ALICE, BOB);
        Client alice = house.client(ALICE);
        alice.sync();
        house.join(CAROL, room);

        assertEquals(Set.of(CAROL), changed(alice.sync()));
    }

    @Test
    void who_joins_a_room_that_the_filter_leaves_out_is_told_all_the_same() {
        RoomId room = house.room(ALICE, BOB);
        Client alice = house.client(ALICE).filter("{'room':{'rooms':[]}}");
        alice.sync();
        house.join(CAROL, room);

        assertEquals(Set.of(CAROL), changed(alice.sync()));
    }

    @Test
    void a_new_display_name_is_no_news_of_devices() {
        RoomId room = house.room(ALICE, BOB);
        Client alice = house.client(ALICE);
        Client bob = house.client(BOB);
        alice.sync();
        bob.sync();
        house.set(
                BOB,
                room,
                StateKey.member(BOB),
                JsonObject.of("membership", "join").with("displayname", "Bobby"));

        assertTrue(changed(alice.sync()).isEmpty());
        assertTrue(changed(bob.sync()).isEmpty());
    }

    @Test
    void who_leaves_the_last_shared_room_is_told_as_left() {
        RoomId room = house.room(ALICE, BOB, CAROL);
        house.room(ALICE, CAROL);
        Client alice = house.client(ALICE);
        alice.sync();
        house.leave(BOB, room);
        house.leave(CAROL, room);

        SyncAnswer answer = alice.sync();

        assertEquals(Set.of(BOB), left(answer));
        assertTrue(changed(answer).isEmpty());
    }

    @Test
    void who_leaves_a_room_forgets_those_whom_he_shares_no_other_with() {
        RoomId room = house.room(ALICE, BOB, CAROL);
        house.room(ALICE, CAROL);
        Client alice = house.client(ALICE);
        alice.sync();
        house.leave(ALICE, room);

        assertEquals(Set.of(BOB), left(alice.sync()));
    }

    @Test
    void keys_changed_while_out_of_the_room_are_told_on_coming_back() {
        RoomId room = house.room(ALICE, BOB);
        Client alice = house.client(ALICE);
        alice.sync();
        house.leave(ALICE, room);
        house.newKeys(BOB);
        house.join(ALICE, room);

        SyncAnswer answer = alice.sync();

        assertEquals(Set.of(BOB), changed(answer));
        assertTrue(left(answer).isEmpty());
    }

    @Test
    void keys_that_somebody_else_changed_while_out_of_the_room_are_told_when_he_is_back() {
        RoomId room = house.room(ALICE, BOB);
        Client alice = house.client(ALICE);
        alice.sync();
        house.leave(BOB, room);
        house.newKeys(BOB);
        house.join(BOB, room);

        assertEquals(Set.of(BOB), changed(alice.sync()));
    }

    @Test
    void who_left_while_one_was_away_from_the_room_is_told_as_left() {
        RoomId room = house.room(ALICE, BOB, CAROL);
        Client alice = house.client(ALICE);
        alice.sync();
        house.leave(ALICE, room);
        house.leave(BOB, room);
        house.join(ALICE, room);

        assertEquals(Set.of(BOB), left(alice.sync()));
    }

    @Test
    void a_new_room_with_somebody_known_already_leaves_nobody() {
        RoomId room = house.room(ALICE, BOB);
        house.room(ALICE, BOB);
        Client alice = house.client(ALICE);
        alice.sync();
        house.leave(BOB, room);

        assertTrue(left(alice.sync()).isEmpty());
    }

    @Test
    void an_invited_user_who_joins_is_told_to_the_inviter() {
        RoomId room = house.room(ALICE);
        house.memberships.invite(ALICE, BOB, room, JsonObject.EMPTY);
        Client alice = house.client(ALICE);
        alice.sync();
        house.newKeys(BOB);
        assertTrue(changed(alice.sync()).isEmpty());
        house.join(BOB, room);

        assertEquals(Set.of(BOB), changed(alice.sync()));
    }

    @Test
    void a_letter_is_told_until_the_device_comes_back_with_its_token() {
        Client alice = house.client(ALICE);
        alice.sync();
        Optional<SyncToken> token = alice.since();
        house.letter(BOB, ALICE, "m.room_key_request");

        List<ToDeviceMessage> first = alice.sync().toDevice();
        alice.rewind(token);
        List<ToDeviceMessage> again = alice.sync().toDevice();
        List<ToDeviceMessage> next = alice.sync().toDevice();

        assertEquals("m.room_key_request", first.getFirst().type());
        assertEquals(first, again);
        assertTrue(next.isEmpty());
    }

    @Test
    void many_letters_come_in_portions_and_none_is_lost() {
        Client alice = house.client(ALICE);
        for (int i = 0; i < 250; i++) {
            house.letter(BOB, ALICE, "letter" + i);
        }

        List<ToDeviceMessage> first = alice.sync().toDevice();
        List<ToDeviceMessage> second = alice.sync().toDevice();
        List<ToDeviceMessage> third = alice.sync().toDevice();

        assertEquals(100, first.size());
        assertEquals("letter100", second.getFirst().type());
        assertEquals(50, third.size());
        assertEquals("letter249", third.getLast().type());
        assertTrue(alice.sync().toDevice().isEmpty());
    }

    @Test
    void key_counts_are_in_every_answer() {
        Client alice = house.client(ALICE);
        alice.sync();

        SyncAnswer idle = alice.sync();

        assertTrue(idle.keys().oneTimeCounts().has("signed_curve25519"));
        assertTrue(idle.keys().unusedFallbackTypes().isEmpty());
    }
}
