package org.chancery.app;

import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.encoded;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pushers of kind `http`, from the sending of a message to what their gateway is told.
@Timeout(120)
class PusherTest {
    private static final String NOTIFY = "/_matrix/push/v1/notify";

    @TempDir Path folder;
    private FakeGateway gateway;
    private FrontDoor server;
    private FrontDoor.User alice;
    private FrontDoor.User bob;

    @BeforeEach
    void open() throws Exception {
        gateway = new FakeGateway();
        server = new FrontDoor(folder, "--inside-hosts", "127.0.0.1");
        alice = server.user("alice");
        bob = server.user("bob");
    }

    @AfterEach
    void close() {
        server.close();
        gateway.close();
    }

    private static String pusher(String url, String more) {
        return """
                {"kind":"http","app_id":"org.example.app","pushkey":"key","app_display_name":"App",
                "device_display_name":"Phone","lang":"en",
                "data":{"url":"%s","brand":"x"%s},"append":false}
                """
                .formatted(url, more);
    }

    private void set(FrontDoor.User user, String more) throws Exception {
        user.post(CLIENT + "/pushers/set", pusher(gateway.url() + NOTIFY, more)).ok();
    }

    private static List<JsonObject> pushers(FrontDoor.User user) throws Exception {
        return user.get(CLIENT + "/pushers").ok().json().array("pushers").orElseThrow().objects();
    }

    /// A room of two, of which Bob has heard nothing yet.
    private String talk() throws Exception {
        String room = alice.room("{\"preset\":\"public_chat\",\"name\":\"Balcony\"}");
        bob.post(rooms(room) + "/join", "{}").ok();
        return room;
    }

    @Test
    void a_message_is_told_with_all_that_the_specification_asks_for() throws Exception {
        String room = talk();
        set(bob, "");

        String event = alice.say(room, "hello bob");

        FakeGateway.Told told = gateway.next();
        JsonObject notification = told.notification();
        JsonObject device = notification.array("devices").orElseThrow().objects().getFirst();
        assertEquals(NOTIFY, told.path());
        assertEquals(event, notification.string("event_id").orElseThrow());
        assertEquals(room, notification.string("room_id").orElseThrow());
        assertEquals("m.room.message", notification.string("type").orElseThrow());
        assertEquals(alice.id, notification.string("sender").orElseThrow());
        assertEquals("Balcony", notification.string("room_name").orElseThrow());
        assertEquals(
                "hello bob",
                notification.object("content").orElseThrow().string("body").orElseThrow());
        assertEquals(1, notification.object("counts").orElseThrow().integer("unread").orElse(0));
        assertEquals("org.example.app", device.string("app_id").orElseThrow());
        assertEquals("key", device.string("pushkey").orElseThrow());
        assertEquals("{\"brand\":\"x\"}", device.object("data").orElseThrow().toString());
        assertTrue(device.object("tweaks").isPresent());
    }

    @Test
    void a_gateway_that_wants_the_id_only_is_told_no_more() throws Exception {
        String room = talk();
        set(bob, ",\"format\":\"event_id_only\"");

        alice.say(room, "a secret");

        JsonObject notification = gateway.next().notification();
        assertEquals(
                List.of("counts", "devices", "event_id", "prio", "room_id"), notification.names());
    }

    @Test
    void an_invite_is_told_to_who_is_not_in_the_room() throws Exception {
        set(bob, "");

        String room = alice.room("{\"invite\":[\"" + bob.id + "\"]}");

        JsonObject notification = gateway.next().notification();
        assertEquals(room, notification.string("room_id").orElseThrow());
        assertTrue(notification.isTrue("user_is_target"));
        assertEquals("high", notification.string("prio").orElseThrow());
    }

    @Test
    void what_nobody_wants_to_hear_is_not_told_and_what_was_before_neither() throws Exception {
        String room = talk();
        alice.say(room, "before the pusher");
        String rule = CLIENT + "/pushrules/global/override/quiet";
        bob.put(
                        rule,
                        """
                        {"actions":[],"conditions":[{"kind":"event_match",
                        "key":"content.body","pattern":"quiet*"}]}
                        """)
                .ok();
        set(bob, "");

        alice.say(room, "quiet now");
        bob.say(room, "my own words");
        String last = alice.say(room, "louder");

        assertEquals(last, gateway.next().notification().string("event_id").orElseThrow());
    }

    @Test
    void the_number_on_the_device_falls_when_something_is_read() throws Exception {
        String room = talk();
        set(bob, "");
        String event = alice.say(room, "one");
        gateway.next();

        bob.post(rooms(room) + "/receipt/m.read/" + encoded(event), "{}").ok();

        JsonObject notification = gateway.next().notification();
        assertEquals(List.of("counts", "devices"), notification.names());
        assertEquals(JsonObject.EMPTY, notification.object("counts").orElseThrow());
    }

    @Test
    void a_pusher_that_its_gateway_rejects_is_forgotten() throws Exception {
        String room = talk();
        set(bob, "");
        gateway.answers(200, "{\"rejected\":[\"another\",\"key\"]}");

        alice.say(room, "hello");
        gateway.next();

        awaitNone(bob);
    }

    @Test
    void a_key_belongs_to_one_user_unless_the_client_says_otherwise() throws Exception {
        set(alice, "");
        set(bob, "");
        assertEquals(0, pushers(alice).size());
        String both = pusher(gateway.url() + NOTIFY, "").replace("append\":false", "append\":true");

        alice.post(CLIENT + "/pushers/set", both).ok();

        assertEquals(1, pushers(alice).size());
        assertEquals(1, pushers(bob).size());
    }

    @Test
    void a_pusher_is_changed_in_place_deleted_by_null_and_goes_with_its_session() throws Exception {
        set(bob, "");
        String renamed = pusher(gateway.url() + NOTIFY, "").replace("Phone", "Tablet");
        bob.post(CLIENT + "/pushers/set", renamed).ok();
        assertEquals("Tablet", pushers(bob).getFirst().string("device_display_name").orElseThrow());

        String none = "{\"kind\":null,\"app_id\":\"org.example.app\",\"pushkey\":\"key\"}";
        bob.post(CLIENT + "/pushers/set", none).ok();
        bob.post(CLIENT + "/pushers/set", none).ok();
        assertEquals(List.of(), pushers(bob));

        set(bob, "");
        String login =
                """
                {"type":"m.login.password","identifier":{"type":"m.id.user","user":"bob"},
                "password":"correct horse"}
                """;
        String other = server.send("POST", CLIENT + "/login", login, "").ok().text("access_token");
        bob.post(CLIENT + "/logout", "").ok();
        assertEquals(List.of(), pushersOf(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://gateway.example.org/notify",
                "http://gateway.example.org/_matrix/push/v1/notify",
                "https://user@gateway.example.org/_matrix/push/v1/notify",
                "https://gateway.example.org/_matrix/push/v1/notify?x=1",
                "file:///_matrix/push/v1/notify",
                "no address",
            })
    void a_pusher_that_leads_elsewhere_is_refused(String url) throws Exception {
        bob.post(CLIENT + "/pushers/set", pusher(url, "")).refused(400, "M_INVALID_PARAM");
    }

    @Test
    void a_pusher_must_be_whole_and_of_a_kind_that_there_is() throws Exception {
        String whole = pusher(gateway.url() + NOTIFY, "");
        for (String name : List.of("lang", "app_display_name", "device_display_name", "data")) {
            String without = whole.replace("\"" + name + "\"", "\"x\"");
            bob.post(CLIENT + "/pushers/set", without).refused(400, "M_MISSING_PARAM");
        }
        bob.post(CLIENT + "/pushers/set", whole.replace("\"http\"", "\"email\""))
                .refused(400, "M_INVALID_PARAM");
        bob.post(CLIENT + "/pushers/set", whole.replace("\"key\"", "\"" + "k".repeat(513) + "\""))
                .refused(400, "M_INVALID_PARAM");
        bob.post(CLIENT + "/pushers/set", whole.replace("example", "e".repeat(65)))
                .refused(400, "M_INVALID_PARAM");
        assertFalse(pushers(bob).stream().anyMatch(it -> it.has("pushkey")));
    }

    private List<JsonObject> pushersOf(String token) throws Exception {
        return server.send("GET", CLIENT + "/pushers", "", token)
                .ok()
                .json()
                .array("pushers")
                .orElseThrow()
                .objects();
    }

    private static void awaitNone(FrontDoor.User user) throws Exception {
        while (!pushers(user).isEmpty()) {
            Thread.onSpinWait();
        }
    }
}
