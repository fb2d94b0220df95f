package org.chancery.protocol.authrules;

import static org.chancery.protocol.TestRoom.ALICE;
import static org.chancery.protocol.TestRoom.BOB;
import static org.chancery.protocol.TestRoom.CAROL;
import static org.chancery.protocol.authrules.Verdicts.assertAllowed;
import static org.chancery.protocol.authrules.Verdicts.assertDenied;
import static org.chancery.protocol.roomversion.RoomVersion.V10;
import static org.chancery.protocol.roomversion.RoomVersion.V11;
import static org.chancery.protocol.roomversion.RoomVersion.V12;
import static org.chancery.protocol.roomversion.RoomVersion.V5;
import static org.chancery.protocol.roomversion.RoomVersion.V6;
import static org.chancery.protocol.roomversion.RoomVersion.V7;
import static org.chancery.protocol.roomversion.RoomVersion.V8;
import static org.chancery.protocol.roomversion.RoomVersion.V9;

import org.chancery.protocol.TestRoom;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberRulesTest {
    private static final String LET_IN_BY_ALICE = "{'join_authorised_via_users_server':'@alice:a'}";

    @Test
    void a_member_event_has_a_state_key_and_a_membership() {
        var room = TestRoom.of(V12);
        var noKey = room.next(BOB, "m.room.member", null).content("{'membership':'join'}").build();
        var noMembership = room.next(BOB, "m.room.member", "@bob:b").content("{}").build();
        var odd = room.next(BOB, "m.room.member", "@bob:b").content("{'membership':1}").build();
        var noUser = room.next(BOB, "m.room.member", "bob").content("{'membership':'ban'}").build();

        assertDenied("5.1", judge(room, noKey));
        assertDenied("5.1", judge(room, noMembership));
        assertDenied("5.1", judge(room, odd));
        assertDenied("5.1", judge(room, noUser));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void an_unknown_membership_is_denied(RoomVersion version) {
        var room = TestRoom.of(version).joined(BOB);
        var number =
                switch (version) {
                    case V1, V2, V3, V4, V5 -> "5.6";
                    case V6 -> "4.6";
                    case V7 -> "4.7";
                    case V8, V9, V10, V11 -> "4.8";
                    case V12 -> "5.8";
                };

        assertDenied(number, judge(room, room.member(BOB, BOB, "away")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void the_creator_joins_right_after_the_create_event(RoomVersion version) {
        var room = TestRoom.created(version, "{}");

        assertAllowed(judge(room, room.member(ALICE, ALICE, "join")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void nobody_else_joins_right_after_the_create_event(RoomVersion version) {
        var room = TestRoom.created(version, "{}");

        assertDenied(invitedOnly(version), judge(room, room.member(BOB, BOB, "join")));
    }

    @Test
    void up_to_version_10_the_creator_is_whom_the_create_event_names() {
        var room = TestRoom.created(V10, "{'creator':'@bob:b'}");

        assertAllowed(judge(room, room.member(BOB, BOB, "join")));
        assertDenied("4.3.7", judge(room, room.member(ALICE, ALICE, "join")));
    }

    @Test
    void an_additional_creator_is_not_joined_by_the_create_event() {
        var room = TestRoom.created(V12, "{'additional_creators':['@bob:b']}");

        assertDenied("5.3.7", judge(room, room.member(BOB, BOB, "join")));
    }

    @Test
    void the_creators_first_join_has_the_create_event_as_only_previous_event() {
        var room = TestRoom.created(V11, "{}");
        var create = room.at(StateKey.CREATE).eventId();
        var two =
                room.next(ALICE, "m.room.member", "@alice:a")
                        .content("{'membership':'join'}")
                        .prev(create, room.id("other"))
                        .build();
        var other =
                room.next(ALICE, "m.room.member", "@alice:a")
                        .content("{'membership':'join'}")
                        .prev(room.id("other"))
                        .build();

        assertDenied("4.3.7", judge(room, two));
        assertDenied("4.3.7", judge(room, other));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void only_the_user_itself_joins(RoomVersion version) {
        var room = TestRoom.of(version).joinRule("public");

        assertDenied(join(version, 2), judge(room, room.member(ALICE, BOB, "join")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_banned_user_cannot_join(RoomVersion version) {
        var room = TestRoom.of(version).joinRule("public").membership(BOB, "ban");

        assertDenied(join(version, 3), judge(room, room.member(BOB, BOB, "join")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void an_invited_or_joined_user_joins_a_room_of_invited_users(RoomVersion version) {
        var invited = TestRoom.of(version).membership(BOB, "invite");
        var joined = TestRoom.of(version).joined(BOB);

        assertAllowed(judge(invited, invited.member(BOB, BOB, "join")));
        assertAllowed(judge(joined, joined.member(BOB, BOB, "join")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_stranger_cannot_join_a_room_of_invited_users(RoomVersion version) {
        var room = TestRoom.of(version);

        assertDenied(invitedOnly(version), judge(room, room.member(BOB, BOB, "join")));
    }

    @Test
    void a_room_without_join_rules_is_one_of_invited_users() {
        var room = TestRoom.created(V11, "{}").joined(ALICE);

        assertDenied("4.3.7", judge(room, room.member(BOB, BOB, "join")));
        assertAllowed(judge(room.membership(BOB, "invite"), room.member(BOB, BOB, "join")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_join_rule_that_is_no_text_lets_not_even_the_invited_in(RoomVersion version) {
        for (var rule : new String[] {"null", "7", "['invite']", "''"}) {
            var room = TestRoom.of(version).membership(BOB, "invite");
            var content = "{'join_rule':" + rule + "}";
            room.add(room.stateEvent(ALICE, "m.room.join_rules", "", content));

            assertDenied(invitedOnly(version), judge(room, room.member(BOB, BOB, "join")));
        }
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void join_rules_that_lost_their_rule_are_those_of_invited_users(RoomVersion version) {
        var room = TestRoom.of(version).membership(BOB, "invite");
        room.add(room.stateEvent(ALICE, "m.room.join_rules", "", "{}"));

        assertAllowed(judge(room, room.member(BOB, BOB, "join")));
        assertDenied(invitedOnly(version), judge(room, room.member(CAROL, CAROL, "join")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void anyone_joins_a_public_room(RoomVersion version) {
        var room = TestRoom.of(version).joinRule("public");

        assertAllowed(judge(room, room.member(BOB, BOB, "join")));
        assertAllowed(judge(room.membership(BOB, "leave"), room.member(BOB, BOB, "join")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_rule_that_the_version_does_not_know_lets_not_even_the_invited_in(RoomVersion version) {
        for (var rule : new String[] {"private", "knock", "restricted", "knock_restricted"}) {
            boolean known =
                    switch (rule) {
                        case "knock" -> version.compareTo(V7) >= 0;
                        case "restricted" -> version.compareTo(V8) >= 0;
                        case "knock_restricted" -> version.compareTo(V10) >= 0;
                        default -> false;
                    };
            var room = TestRoom.of(version).joinRule(rule).membership(BOB, "invite");

            var verdict = judge(room, room.member(BOB, BOB, "join"));

            if (known) {
                assertAllowed(verdict);
            } else {
                assertDenied(invitedOnly(version), verdict);
            }
        }
    }

    @Test
    void a_stranger_cannot_join_a_room_where_one_knocks() {
        var room = TestRoom.of(V7).joinRule("knock");

        assertDenied("4.2.6", judge(room, room.member(BOB, BOB, "join")));
        assertDenied("4.2.6", judge(room.membership(BOB, "knock"), room.member(BOB, BOB, "join")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"restricted", "knock_restricted"})
    void a_joined_user_who_may_invite_lets_others_into_a_restricted_room(String rule) {
        var room = TestRoom.of(V12).joinRule(rule);

        assertAllowed(judge(room, room.member(BOB, BOB, "join", LET_IN_BY_ALICE)));
        assertDenied("5.3.5.2", judge(room, room.member(BOB, BOB, "join")));
    }

    @Test
    void the_joined_and_the_invited_need_nobody_to_let_them_in() {
        var joined = TestRoom.of(V8).joinRule("restricted").joined(BOB);
        var invited = TestRoom.of(V8).joinRule("restricted").membership(BOB, "invite");

        assertAllowed(judge(joined, joined.member(BOB, BOB, "join")));
        assertAllowed(judge(invited, invited.member(BOB, BOB, "join")));
    }

    @Test
    void who_lets_others_in_has_the_invite_level() {
        var room = TestRoom.of(V9).joinRule("restricted").joined(CAROL);
        var more = "{'join_authorised_via_users_server':'@carol:c'}";
        room.levels("{'invite':20,'users':{'@alice:a':100,'@carol:c':19}}");
        assertDenied("4.3.5.2", judge(room, room.member(BOB, BOB, "join", more)));

        room.levels("{'invite':20,'users':{'@alice:a':100,'@carol:c':20}}");

        assertAllowed(judge(room, room.member(BOB, BOB, "join", more)));
    }

    @Test
    void who_lets_others_in_is_joined() {
        var room = TestRoom.of(V9).joinRule("restricted").membership(CAROL, "invite");
        var more = "{'join_authorised_via_users_server':'@carol:c'}";

        assertDenied("4.3.5.2", judge(room, room.member(BOB, BOB, "join", more)));
    }

    @Test
    void who_lets_others_in_is_a_user() {
        var room = TestRoom.of(V9).joinRule("restricted").joined(BOB);
        var more = "{'join_authorised_via_users_server':'carol'}";
        var number = "{'join_authorised_via_users_server':7}";

        assertDenied("4.2.1", judge(room, room.member(BOB, BOB, "join", more)));
        assertDenied("4.2.1", judge(room, room.member(BOB, BOB, "join", number)));
    }

    @Test
    void the_key_of_restricted_joins_means_nothing_before_version_8() {
        var room = TestRoom.of(V7).joinRule("public");
        var more = "{'join_authorised_via_users_server':'carol'}";

        assertAllowed(judge(room, room.member(BOB, BOB, "join", more)));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_joined_user_with_the_invite_level_invites(RoomVersion version) {
        var room = TestRoom.of(version).joined(CAROL);
        room.levels(users(version, "'@carol:c':30", "'invite':30,"));
        assertAllowed(judge(room, room.member(CAROL, BOB, "invite")));

        room.levels(users(version, "'@carol:c':29", "'invite':30,"));

        assertDenied(invite(version, 5), judge(room, room.member(CAROL, BOB, "invite")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void who_is_not_joined_cannot_invite(RoomVersion version) {
        var room = TestRoom.of(version).membership(CAROL, "invite");

        assertDenied(invite(version, 2), judge(room, room.member(CAROL, BOB, "invite")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"join", "ban"})
    void the_joined_and_the_banned_cannot_be_invited(String membership) {
        var room = TestRoom.of(V12).membership(BOB, membership);

        assertDenied("5.4.3", judge(room, room.member(ALICE, BOB, "invite")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"leave", "invite", "knock"})
    void all_others_can_be_invited(String membership) {
        var room = TestRoom.of(V12).membership(BOB, membership);

        assertAllowed(judge(room, room.member(ALICE, BOB, "invite")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_user_leaves_the_room_or_turns_an_invite_down(RoomVersion version) {
        var joined = TestRoom.of(version).joined(BOB);
        var invited = TestRoom.of(version).membership(BOB, "invite");

        assertAllowed(judge(joined, joined.member(BOB, BOB, "leave")));
        assertAllowed(judge(invited, invited.member(BOB, BOB, "leave")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void who_is_outside_cannot_leave_and_a_ban_cannot_be_left(RoomVersion version) {
        var outside = TestRoom.of(version);
        var banned = TestRoom.of(version).membership(BOB, "ban");

        assertDenied(leave(version, 1), judge(outside, outside.member(BOB, BOB, "leave")));
        assertDenied(leave(version, 1), judge(banned, banned.member(BOB, BOB, "leave")));
    }

    @Test
    void a_knock_is_taken_back_since_version_7() {
        var seven = TestRoom.of(V7).membership(BOB, "knock");
        var six = TestRoom.of(V6).membership(BOB, "knock");

        assertAllowed(judge(seven, seven.member(BOB, BOB, "leave")));
        assertDenied("4.4.1", judge(six, six.member(BOB, BOB, "leave")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void who_is_not_joined_cannot_kick(RoomVersion version) {
        var room = TestRoom.of(version).joined(BOB);
        room.levels(users(version, "'@carol:c':90", ""));

        assertDenied(leave(version, 2), judge(room, room.member(CAROL, BOB, "leave")));
    }

    @Test
    void a_kick_takes_the_kick_level() {
        var room = TestRoom.of(V12).joined(BOB).joined(CAROL);
        room.levels("{'users':{'@carol:c':40},'kick':40}");
        assertAllowed(judge(room, room.member(CAROL, BOB, "leave")));

        room.levels("{'users':{'@carol:c':39},'kick':40}");

        assertDenied("5.5.5", judge(room, room.member(CAROL, BOB, "leave")));
    }

    @Test
    void a_kick_reaches_lower_levels_only() {
        var room = TestRoom.of(V12).joined(BOB).joined(CAROL);
        room.levels("{'users':{'@carol:c':60,'@bob:b':59}}");
        assertAllowed(judge(room, room.member(CAROL, BOB, "leave")));

        room.levels("{'users':{'@carol:c':60,'@bob:b':60}}");

        assertDenied("5.5.5", judge(room, room.member(CAROL, BOB, "leave")));
    }

    @Test
    void nobody_kicks_a_creator_of_version_12() {
        var room = TestRoom.of(V12).joined(BOB);
        room.levels("{'users':{'@bob:b':9007199254740991}}");

        assertDenied("5.5.5", judge(room, room.member(BOB, ALICE, "leave")));
        assertDenied("5.6.3", judge(room, room.member(BOB, ALICE, "ban")));
    }

    @Test
    void lifting_a_ban_takes_the_ban_level_and_the_kick_level() {
        var room = TestRoom.of(V12).membership(BOB, "ban").joined(CAROL);
        room.levels("{'users':{'@carol:c':60},'ban':61,'kick':50}");
        assertDenied("5.5.3", judge(room, room.member(CAROL, BOB, "leave")));
        room.levels("{'users':{'@carol:c':60},'ban':50,'kick':61}");
        assertDenied("5.5.5", judge(room, room.member(CAROL, BOB, "leave")));

        room.levels("{'users':{'@carol:c':60},'ban':60,'kick':60}");

        assertAllowed(judge(room, room.member(CAROL, BOB, "leave")));
    }

    @Test
    void a_kick_does_not_take_the_ban_level() {
        var room = TestRoom.of(V12).joined(BOB).joined(CAROL);
        room.levels("{'users':{'@carol:c':60},'ban':90}");

        assertAllowed(judge(room, room.member(CAROL, BOB, "leave")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void who_is_not_joined_cannot_ban(RoomVersion version) {
        var room = TestRoom.of(version);
        room.levels(users(version, "'@carol:c':90", ""));

        assertDenied(ban(version, 1), judge(room, room.member(CAROL, BOB, "ban")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_ban_takes_the_ban_level_and_reaches_lower_levels_only(RoomVersion version) {
        var room = TestRoom.of(version).joined(CAROL);
        room.levels(users(version, "'@carol:c':40,'@bob:b':39", "'ban':40,"));
        assertAllowed(judge(room, room.member(CAROL, BOB, "ban")));
        room.levels(users(version, "'@carol:c':40,'@bob:b':39", "'ban':41,"));
        assertDenied(ban(version, 3), judge(room, room.member(CAROL, BOB, "ban")));

        room.levels(users(version, "'@carol:c':40,'@bob:b':40", "'ban':40,"));

        assertDenied(ban(version, 3), judge(room, room.member(CAROL, BOB, "ban")));
    }

    @Test
    void one_knocks_where_the_join_rule_allows_it() {
        for (var version : new RoomVersion[] {V7, V8, V9, V10, V11, V12}) {
            var room = TestRoom.of(version).joinRule("knock");

            assertAllowed(judge(room, room.member(BOB, BOB, "knock")));
        }
    }

    @Test
    void restricted_rooms_can_be_knocked_at_since_version_10() {
        var nine = TestRoom.of(V9).joinRule("knock_restricted");
        var ten = TestRoom.of(V10).joinRule("knock_restricted");

        assertDenied("4.7.1", judge(nine, nine.member(BOB, BOB, "knock")));
        assertAllowed(judge(ten, ten.member(BOB, BOB, "knock")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "invite", "restricted", "private"})
    void other_rooms_cannot_be_knocked_at(String rule) {
        var room = TestRoom.of(V12).joinRule(rule);

        assertDenied("5.7.1", judge(room, room.member(BOB, BOB, "knock")));
    }

    @Test
    void nobody_knocks_for_another() {
        var room = TestRoom.of(V12).joinRule("knock");

        assertDenied("5.7.2", judge(room, room.member(ALICE, BOB, "knock")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ban", "invite", "join"})
    void the_banned_the_invited_and_the_joined_do_not_knock(String membership) {
        var room = TestRoom.of(V12).joinRule("knock").membership(BOB, membership);

        assertDenied("5.7.4", judge(room, room.member(BOB, BOB, "knock")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"leave", "knock"})
    void one_may_knock_again(String membership) {
        var room = TestRoom.of(V12).joinRule("knock").membership(BOB, membership);

        assertAllowed(judge(room, room.member(BOB, BOB, "knock")));
    }

    @Test
    void there_is_no_knocking_before_version_7() {
        var room = TestRoom.of(V6).joinRule("knock");
        var old = TestRoom.of(V5).joinRule("knock");

        assertDenied("4.6", judge(room, room.member(BOB, BOB, "knock")));
        assertDenied("5.6", judge(old, old.member(BOB, BOB, "knock")));
    }

    private static Verdict judge(TestRoom room, Pdu event) {
        return new AuthRules((_, _, _) -> false).judge(event, room.authState());
    }

    /// Power levels with Alice at 100 where she must be named.
    private static String users(RoomVersion version, String users, String more) {
        var alice = version == V12 ? "" : "'@alice:a':100,";
        return "{" + more + "'users':{" + alice + users + "}}";
    }

    private static String invitedOnly(RoomVersion version) {
        return join(version, version.compareTo(V8) >= 0 ? 7 : 6);
    }

    private static String join(RoomVersion version, int rule) {
        return section(version, 2) + rule;
    }

    private static String invite(RoomVersion version, int rule) {
        return section(version, 3) + rule;
    }

    private static String leave(RoomVersion version, int rule) {
        return section(version, 4) + rule;
    }

    private static String ban(RoomVersion version, int rule) {
        return section(version, 5) + rule;
    }

    /// The number of a section of the rule on members in version 1, as that version counts.
    private static String section(RoomVersion version, int first) {
        boolean five = version.compareTo(V5) <= 0 || version == V12;
        int shifted = version.compareTo(V8) >= 0 ? first + 1 : first;
        return (five ? "5." : "4.") + shifted + ".";
    }
}
