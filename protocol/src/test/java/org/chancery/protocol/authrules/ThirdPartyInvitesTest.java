package org.chancery.protocol.authrules;

import static org.chancery.protocol.TestRoom.ALICE;
import static org.chancery.protocol.TestRoom.BOB;
import static org.chancery.protocol.TestRoom.CAROL;
import static org.chancery.protocol.TestRoom.json;
import static org.chancery.protocol.authrules.Verdicts.assertAllowed;
import static org.chancery.protocol.authrules.Verdicts.assertDenied;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.chancery.protocol.TestRoom;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.JsonSigning;
import org.chancery.protocol.signing.TestEd25519;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThirdPartyInvitesTest {
    private final TestEd25519 identityServer = TestEd25519.other(1);
    private final TestEd25519 stranger = TestEd25519.other(2);
    private final AuthRules rules = new AuthRules(identityServer);
    private final TestRoom room = TestRoom.of(RoomVersion.V12);

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void a_signed_invite_is_taken_up(RoomVersion version) {
        var old = invited(TestRoom.of(version), json("{'public_key':'" + key() + "'}"));

        assertAllowed(judge(old, signed()));
    }

    @Test
    void it_does_not_take_the_invite_level_once_more() {
        invited(room, json("{'public_key':'" + key() + "'}"));
        room.levels("{'invite':100}").membership(ALICE, "leave");

        assertAllowed(judge(room, signed()));
    }

    @Test
    void any_of_the_listed_keys_will_do() {
        var keys = json("{'public_keys':[7,{},{'public_key':'?'},{'public_key':'" + key() + "'}]}");
        var other = key(stranger);
        invited(room, keys.with("public_key", other));

        assertAllowed(judge(room, signed()));
    }

    @Test
    void a_banned_user_is_not_invited() {
        invited(room, json("{'public_key':'" + key() + "'}")).membership(BOB, "ban");

        assertDenied("5.4.1.1", judge(room, signed()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "7", "{'signed':7}"})
    void an_unsigned_invite_is_denied(String invite) {
        var event = room.member(ALICE, BOB, "invite", "{'third_party_invite':" + invite + "}");

        assertDenied("5.4.1.2", rules.judge(event, room.authState()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'mxid':'@bob:b'}", "{'token':'t'}", "{'mxid':7,'token':'t'}"})
    void the_signed_part_names_user_and_token(String signed) {
        invited(room, json("{'public_key':'" + key() + "'}"));

        assertDenied("5.4.1.3", judge(room, json(signed)));
    }

    @Test
    void the_signed_user_is_the_invited_one() {
        invited(room, json("{'public_key':'" + key() + "'}"));
        var signed = sign(identityServer, json("{'mxid':'@carol:c','token':'t'}"));

        assertDenied("5.4.1.4", judge(room, signed));
    }

    @Test
    void the_room_has_the_invite_of_that_token() {
        invited(room, json("{'public_key':'" + key() + "'}"));
        var signed = sign(identityServer, json("{'mxid':'@bob:b','token':'other'}"));

        assertDenied("5.4.1.5", judge(room, signed));
    }

    @Test
    void the_inviter_sent_the_third_party_invite() {
        room.joined(CAROL);
        room.add(
                room.stateEvent(
                        CAROL, "m.room.third_party_invite", "t", "{'public_key':'" + key() + "'}"));

        assertDenied("5.4.1.6", judge(room, signed()));
    }

    @Test
    void the_signature_is_by_a_key_of_the_invite() {
        invited(room, json("{'public_key':'" + key(stranger) + "'}"));

        assertDenied("5.4.1.8", judge(room, signed()));
    }

    @Test
    void the_signature_covers_what_is_signed() {
        invited(room, json("{'public_key':'" + key() + "'}"));

        assertDenied("5.4.1.8", judge(room, signed().with("more", "x")));
        assertAllowed(judge(room, signed().with("unsigned", "x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'public_key':7}", "{'public_key':'?'}", "{'public_keys':{}}"})
    void without_a_key_no_signature_holds(String content) {
        invited(room, json(content));

        assertDenied("5.4.1.8", judge(room, signed()));
    }

    @Test
    void without_a_signature_no_key_helps() {
        invited(room, json("{'public_key':'" + key() + "'}"));

        assertDenied("5.4.1.8", judge(room, json("{'mxid':'@bob:b','token':'t'}")));
    }

    @Test
    void a_mass_of_keys_costs_a_bounded_number_of_verifications() {
        var calls = new AtomicInteger();
        var counting =
                new AuthRules(
                        (_, _, _) -> {
                            calls.incrementAndGet();
                            return false;
                        });
        var keys = new JsonValue[200];
        Arrays.fill(keys, JsonObject.of("public_key", new JsonString(key())));
        invited(room, JsonObject.of("public_keys", JsonArray.of(keys)));

        var verdict = counting.judge(invite(room, signed()), room.authState());

        assertDenied("5.4.1.8", verdict);
        assertEquals(128, calls.get());
        assertTrue(rules.judge(invite(room, signed()), room.authState()).isAllowed());
    }

    private static TestRoom invited(TestRoom where, JsonObject content) {
        var event = where.next(ALICE, "m.room.third_party_invite", "t").content(content).build();
        return where.add(event);
    }

    private JsonObject signed() {
        return sign(identityServer, json("{'mxid':'@bob:b','token':'t'}"));
    }

    private static JsonObject sign(TestEd25519 key, JsonObject content) {
        return JsonSigning.sign(content, "id.example", key);
    }

    private String key() {
        return key(identityServer);
    }

    private static String key(TestEd25519 key) {
        return UnpaddedBase64.encode(key.publicKey());
    }

    private Verdict judge(TestRoom where, JsonObject signed) {
        return rules.judge(invite(where, signed), where.authState());
    }

    private static Pdu invite(TestRoom where, JsonObject signed) {
        var content = JsonObject.of("third_party_invite", JsonObject.of("signed", signed));
        return where.next(ALICE, "m.room.member", "@bob:b")
                .content(content.with("membership", "invite"))
                .build();
    }
}
