package org.chancery.protocol.visibility;

import static org.chancery.protocol.TestRoom.ALICE;
import static org.chancery.protocol.TestRoom.BOB;
import static org.chancery.protocol.TestRoom.CAROL;
import static org.chancery.protocol.TestRoom.json;
import static org.chancery.protocol.visibility.HistoryVisibility.INVITED;
import static org.chancery.protocol.visibility.HistoryVisibility.JOINED;
import static org.chancery.protocol.visibility.HistoryVisibility.SHARED;
import static org.chancery.protocol.visibility.HistoryVisibility.WORLD_READABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.chancery.protocol.TestRoom;
import org.chancery.protocol.event.Membership;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.visibility.Visibility.AskingServer;
import org.chancery.protocol.visibility.Visibility.Viewer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibilityTest {
    private static final ServerName B = ServerName.parse("b");

    private final TestRoom room = TestRoom.of(RoomVersion.V11);
    private final Pdu message = room.message(ALICE);

    @ParameterizedTest
    @CsvSource({
        "WORLD_READABLE, LEAVE,  false, true",
        "WORLD_READABLE, BAN,    false, true",
        "SHARED,         JOIN,   false, true",
        "SHARED,         JOIN,   true,  true",
        "SHARED,         INVITE, false, false",
        "SHARED,         LEAVE,  false, false",
        "SHARED,         LEAVE,  true,  true",
        "SHARED,         BAN,    true,  true",
        "SHARED,         KNOCK,  false, false",
        "INVITED,        JOIN,   false, true",
        "INVITED,        INVITE, false, true",
        "INVITED,        INVITE, true,  true",
        "INVITED,        LEAVE,  true,  false",
        "INVITED,        KNOCK,  true,  false",
        "INVITED,        BAN,    true,  false",
        "JOINED,         JOIN,   false, true",
        "JOINED,         INVITE, true,  false",
        "JOINED,         LEAVE,  true,  false",
        "JOINED,         KNOCK,  false, false",
    })
    void a_message_shows_by_the_setting_and_the_membership_when_it_was_sent(
            HistoryVisibility setting, Membership before, boolean joinedLater, boolean shown) {
        var viewer = new Viewer(BOB, before, joinedLater);
        var asking = new AskingServer(B, EnumSet.of(Membership.LEAVE, before), joinedLater);

        assertEquals(shown, Visibility.shows(message, setting, viewer));
        assertEquals(shown, Visibility.shows(message, setting, asking));
    }

    @ParameterizedTest
    @EnumSource(HistoryVisibility.class)
    void a_change_of_the_setting_shows_if_either_value_allows_it(HistoryVisibility other) {
        var opening = change("world_readable");
        var closing = change("joined");
        var stranger = new Viewer(BOB, Membership.LEAVE, false);
        var server = new AskingServer(B, Set.of(), false);

        assertTrue(Visibility.shows(opening, other, stranger));
        assertTrue(Visibility.shows(opening, other, server));
        assertTrue(Visibility.showsToWorld(opening, other));
        assertEquals(other == WORLD_READABLE, Visibility.shows(closing, other, stranger));
        assertEquals(other == WORLD_READABLE, Visibility.shows(closing, other, server));
        assertEquals(other == WORLD_READABLE, Visibility.showsToWorld(closing, other));
    }

    @Test
    void only_the_setting_itself_counts_as_a_change() {
        var stranger = new Viewer(BOB, Membership.LEAVE, false);
        var content = json("{'history_visibility':'world_readable'}");
        var keyed = room.next(ALICE, "m.room.history_visibility", "x").content(content).build();
        var other = room.next(ALICE, "m.room.topic", "").content(content).build();

        assertFalse(Visibility.shows(keyed, JOINED, stranger));
        assertFalse(Visibility.shows(other, JOINED, stranger));
    }

    @Test
    void users_see_their_own_join_and_leave() {
        var join = room.member(BOB, BOB, "join");
        var leave = room.member(BOB, BOB, "leave");

        assertTrue(Visibility.shows(join, JOINED, new Viewer(BOB, Membership.INVITE, false)));
        assertTrue(Visibility.shows(leave, JOINED, new Viewer(BOB, Membership.JOIN, false)));
        assertTrue(Visibility.shows(leave, INVITED, new Viewer(BOB, Membership.INVITE, false)));
        assertFalse(Visibility.shows(leave, JOINED, new Viewer(BOB, Membership.INVITE, false)));
    }

    @Test
    void users_see_their_own_invite_where_the_invited_see_the_room() {
        var invite = room.member(ALICE, BOB, "invite");
        var before = new Viewer(BOB, Membership.LEAVE, false);

        assertTrue(Visibility.shows(invite, INVITED, before));
        assertFalse(Visibility.shows(invite, JOINED, before));
        assertFalse(Visibility.shows(invite, SHARED, before));
    }

    @Test
    void the_membership_of_another_changes_nothing_for_the_viewer() {
        var join = room.member(CAROL, CAROL, "join");
        var stranger = new Viewer(BOB, Membership.LEAVE, false);

        assertFalse(Visibility.shows(join, JOINED, stranger));
    }

    @Test
    void a_server_gets_the_member_events_of_its_own_users() {
        var asking = new AskingServer(B, Set.of(Membership.LEAVE), false);
        var own = room.member(BOB, BOB, "join");
        var other = room.member(CAROL, CAROL, "join");
        var odd = room.next(ALICE, "m.room.member", "b").content("{'membership':'join'}").build();
        var none = room.next(ALICE, "m.room.member", null).content("{'membership':'join'}").build();

        assertTrue(Visibility.shows(own, JOINED, asking));
        assertFalse(Visibility.shows(other, JOINED, asking));
        assertFalse(Visibility.shows(odd, JOINED, asking));
        assertFalse(Visibility.shows(none, JOINED, asking));
    }

    @Test
    void a_server_without_users_in_the_room_gets_what_the_world_may_read() {
        var asking = new AskingServer(B, Set.of(), false);

        assertTrue(Visibility.shows(message, WORLD_READABLE, asking));
        assertFalse(Visibility.shows(message, SHARED, asking));
        assertFalse(Visibility.shows(message, INVITED, asking));
        assertFalse(Visibility.shows(message, JOINED, asking));
    }

    @ParameterizedTest
    @CsvSource({
        "world_readable, WORLD_READABLE",
        "shared, SHARED",
        "invited, INVITED",
        "joined, JOINED",
        "nonsense, SHARED",
    })
    void the_setting_is_read_from_the_event(String text, HistoryVisibility setting) {
        assertEquals(setting, HistoryVisibility.of(change(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'history_visibility':7}"})
    void a_setting_that_is_not_understood_means_shared(String content) {
        assertEquals(SHARED, HistoryVisibility.of(json(content)));
    }

    @Test
    void a_room_without_the_setting_is_shared() {
        assertEquals(SHARED, HistoryVisibility.of(room.state().get(StateKey.HISTORY_VISIBILITY)));
    }

    private Pdu change(String setting) {
        var content = "{'history_visibility':'" + setting + "'}";
        return room.stateEvent(ALICE, "m.room.history_visibility", "", content);
    }
}
