package org.chancery.protocol.authrules;

import static org.chancery.protocol.TestRoom.ALICE;
import static org.chancery.protocol.TestRoom.BOB;
import static org.chancery.protocol.TestRoom.CAROL;
import static org.chancery.protocol.authrules.Verdicts.assertAllowed;
import static org.chancery.protocol.authrules.Verdicts.assertDenied;
import static org.chancery.protocol.roomversion.RoomVersion.V1;
import static org.chancery.protocol.roomversion.RoomVersion.V10;
import static org.chancery.protocol.roomversion.RoomVersion.V11;
import static org.chancery.protocol.roomversion.RoomVersion.V12;
import static org.chancery.protocol.roomversion.RoomVersion.V5;
import static org.chancery.protocol.roomversion.RoomVersion.V6;
import static org.chancery.protocol.roomversion.RoomVersion.V9;

import org.chancery.protocol.TestRoom;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PowerLevelRulesTest {
    private static final String LEVELS = "m.room.power_levels";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users_default",
                "events_default",
                "state_default",
                "ban",
                "redact",
                "kick",
                "invite"
            })
    void every_level_is_an_integer_since_version_10(String name) {
        assertDenied("10.1", set(V12, "{'" + name + "':'5'}"));
        assertDenied("10.1", set(V12, "{'" + name + "':null}"));
        assertDenied("9.1", set(V11, "{'" + name + "':'5','users':{'@alice:a':100}}"));
        assertDenied("9.1", set(V10, "{'" + name + "':'5','users':{'@alice:a':100}}"));
        assertAllowed(set(V12, "{'" + name + "':5}"));
        assertAllowed(set(V9, "{'" + name + "':'5','users':{'@alice:a':100}}"));
        assertDenied("9.1", set(V9, "{'" + name + "':'five','users':{'@alice:a':100}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "notifications"})
    void levels_by_name_are_objects_of_integers_since_version_10(String name) {
        assertDenied("10.2", set(V12, "{'" + name + "':{'a':'5'}}"));
        assertDenied("10.2", set(V12, "{'" + name + "':5}"));
        assertDenied("10.2", set(V12, "{'" + name + "':[]}"));
        assertDenied("9.2", set(V11, "{'" + name + "':{'a':1,'b':[]},'users':{'@alice:a':100}}"));
        assertAllowed(set(V12, "{'" + name + "':{'a':5}}"));
        assertAllowed(set(V6, "{'" + name + "':{'a':'5'},'users':{'@alice:a':100}}"));
        assertDenied("9.1", set(V6, "{'" + name + "':{'a':'x'},'users':{'@alice:a':100}}"));
    }

    @Test
    void notifications_are_not_looked_at_before_version_6() {
        assertAllowed(set(V5, "{'notifications':{'room':'x'},'users':{'@alice:a':100}}"));
        assertAllowed(set(V5, "{'notifications':7,'users':{'@alice:a':100}}"));
        assertDenied("10.1", set(V5, "{'events':{'a':'x'},'users':{'@alice:a':100}}"));
    }

    @ParameterizedTest
    @CsvSource({"V1, 10.1", "V5, 10.1", "V6, 9.1", "V9, 9.1", "V10, 9.3", "V11, 9.3", "V12, 10.3"})
    void users_are_user_ids_with_levels(RoomVersion version, String rule) {
        assertDenied(rule, set(version, "{'users':[]}"));
        assertDenied(rule, set(version, "{'users':{'bob':5}}"));
        assertDenied(rule, set(version, "{'users':{'@bob:b':'x'}}"));
        assertDenied(rule, set(version, "{'users':{'@bob:b':true}}"));
    }

    @Test
    void old_rooms_give_users_levels_as_text_or_fraction() {
        assertAllowed(set(V1, "{'users':{'@alice:a':'100','@bob:b':50.5}}"));
        assertDenied("9.3", set(V10, "{'users':{'@alice:a':'100'}}"));
    }

    @Test
    void creators_of_version_12_stand_in_no_levels() {
        var room = TestRoom.created(V12, "{'additional_creators':['@bob:b']}").joined(ALICE);

        assertDenied("10.4", set(room, ALICE, "{'users':{'@alice:a':100}}"));
        assertDenied("10.4", set(room, ALICE, "{'users':{'@carol:c':1,'@bob:b':100}}"));
        assertAllowed(set(room, ALICE, "{'users':{'@carol:c':100}}"));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void the_first_levels_are_free(RoomVersion version) {
        var room = TestRoom.created(version, "{}").joined(ALICE);

        assertAllowed(set(room, ALICE, "{'ban':100000,'users':{'@bob:b':100000}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users_default",
                "events_default",
                "state_default",
                "ban",
                "redact",
                "kick",
                "invite"
            })
    void a_level_changes_within_the_senders_own(String name) {
        // Bob has 60 and needs no more than 0 to change levels.
        var below = before("'" + name + "':60,");
        var above = before("'" + name + "':61,");

        assertAllowed(set(below, BOB, after("'" + name + "':59,")));
        assertAllowed(set(below, BOB, after("'" + name + "':60,")));
        assertAllowed(set(below, BOB, after("")));
        assertDenied("10.6.2", set(below, BOB, after("'" + name + "':61,")));
        assertDenied("10.6.1", set(above, BOB, after("'" + name + "':60,")));
        assertDenied("10.6.1", set(above, BOB, after("")));
        assertAllowed(set(above, BOB, after("'" + name + "':61,")));
        assertAllowed(set(before(""), BOB, after("'" + name + "':60,")));
        assertDenied("10.6.2", set(before(""), BOB, after("'" + name + "':61,")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.type", "another"})
    void the_level_of_a_type_changes_within_the_senders_own(String type) {
        var below = beforeEvents("'" + type + "':60,");
        var above = beforeEvents("'" + type + "':61,");

        assertAllowed(set(below, BOB, afterEvents("'" + type + "':59,")));
        assertAllowed(set(below, BOB, afterEvents("")));
        assertDenied("10.8.1", set(below, BOB, afterEvents("'" + type + "':61,")));
        assertDenied("10.7.1", set(above, BOB, afterEvents("'" + type + "':60,")));
        assertDenied("10.7.1", set(above, BOB, afterEvents("")));
        assertAllowed(set(above, BOB, afterEvents("'" + type + "':61,")));
        assertAllowed(set(beforeEvents(""), BOB, afterEvents("'" + type + "':60,")));
        assertDenied("10.8.1", set(beforeEvents(""), BOB, afterEvents("'" + type + "':61,")));
    }

    @Test
    void the_level_of_a_notification_changes_within_the_senders_own_since_version_6() {
        for (var version : new RoomVersion[] {V5, V6, V12}) {
            var room = room(version, "'notifications':{'room':61},");

            var verdict = set(room, BOB, content(version, "'notifications':{'room':60},"));
            var added = set(room, BOB, content(version, "'notifications':{'room':61,'b':61},"));

            if (version == V5) {
                assertAllowed(verdict);
                assertAllowed(added);
            } else {
                assertDenied(version == V6 ? "9.4.1" : "10.7.1", verdict);
                assertDenied(version == V6 ? "9.5.1" : "10.8.1", added);
            }
        }
    }

    @Test
    void the_same_level_in_other_words_is_no_change() {
        var room = room(V9, "'ban':'+61','events':{'a':61.2,'" + LEVELS + "':0},");

        assertAllowed(
                set(room, BOB, content(V9, "'ban':61,'events':{'a':'61','" + LEVELS + "':0},")));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_users_level_changes_if_it_is_below_the_senders(RoomVersion version) {
        var below = users(version, "'@carol:c':59");
        var equal = users(version, "'@carol:c':60");

        assertAllowed(set(below, BOB, usersContent(version, "'@carol:c':1")));
        assertAllowed(set(below, BOB, usersContent(version, "")));
        assertAllowed(set(below, BOB, usersContent(version, "'@carol:c':60")));
        assertAllowed(set(equal, BOB, usersContent(version, "'@carol:c':60")));
        assertDenied(number(version, 9), set(equal, BOB, usersContent(version, "'@carol:c':59")));
        assertDenied(number(version, 9), set(equal, BOB, usersContent(version, "")));
        assertDenied(number(version, 10), set(below, BOB, usersContent(version, "'@carol:c':61")));
        assertDenied(
                number(version, 10),
                set(users(version, ""), BOB, usersContent(version, "'@carol:c':61")));
        assertAllowed(set(users(version, ""), BOB, usersContent(version, "'@carol:c':60")));
    }

    @Test
    void users_lower_themselves_but_do_not_raise_themselves() {
        var room = users(V12, "");

        assertAllowed(set(room, BOB, "{'events':{'" + LEVELS + "':0},'users':{'@bob:b':59}}"));
        assertAllowed(set(room, BOB, "{'events':{'" + LEVELS + "':0},'users':{}}"));
        assertAllowed(set(room, BOB, "{'events':{'" + LEVELS + "':0}}"));
        assertDenied(
                "10.10.1", set(room, BOB, "{'events':{'" + LEVELS + "':0},'users':{'@bob:b':61}}"));
    }

    @Test
    void a_creator_of_version_12_changes_any_level() {
        var room = users(V12, "'@carol:c':9007199254740991");

        assertAllowed(set(room, ALICE, "{'users':{'@carol:c':1,'@bob:b':9007199254740991}}"));
    }

    @Test
    void changing_levels_takes_the_level_to_send_them() {
        var room = TestRoom.of(V12).joined(CAROL);

        assertDenied("8", set(room, CAROL, "{}"));
    }

    /// Alice sets levels in a fresh room.
    private static Verdict set(RoomVersion version, String content) {
        return set(TestRoom.created(version, "{}").joined(ALICE), ALICE, content);
    }

    private static Verdict set(TestRoom room, UserId sender, String content) {
        var event = room.stateEvent(sender, LEVELS, "", content);
        return new AuthRules((_, _, _) -> false).judge(event, room.authState());
    }

    private static TestRoom before(String more) {
        return room(V12, more + "'events':{'" + LEVELS + "':0},");
    }

    private static String after(String more) {
        return content(V12, more + "'events':{'" + LEVELS + "':0},");
    }

    private static TestRoom beforeEvents(String more) {
        return room(V12, "'events':{" + more + "'" + LEVELS + "':0},");
    }

    private static String afterEvents(String more) {
        return content(V12, "'events':{" + more + "'" + LEVELS + "':0},");
    }

    private static TestRoom room(RoomVersion version, String more) {
        return TestRoom.of(version).joined(BOB).levels(content(version, more));
    }

    private static TestRoom users(RoomVersion version, String more) {
        return TestRoom.of(version).joined(BOB).levels(usersContent(version, more));
    }

    private static String usersContent(RoomVersion version, String more) {
        return content(version, "", more);
    }

    private static String content(RoomVersion version, String more) {
        return content(version, more, "");
    }

    private static String content(RoomVersion version, String more, String users) {
        var alice = version == V12 ? "" : "'@alice:a':100,";
        var others = users.isEmpty() ? "" : "," + users;
        return "{" + more + "'users':{" + alice + "'@bob:b':60" + others + "}}";
    }

    private static String number(RoomVersion version, int rule) {
        return switch (version) {
            case V1, V2, V3, V4, V5 -> "10." + (rule - 3) + ".1";
            case V6, V7, V8, V9 -> "9." + (rule - 3) + ".1";
            case V10, V11 -> "9." + (rule - 1) + ".1";
            case V12 -> "10." + rule + ".1";
        };
    }
}
