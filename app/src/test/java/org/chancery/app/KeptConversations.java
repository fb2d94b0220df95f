package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.encoded;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.UnpaddedBase64;

/// What Alice and Bob say and show each other beside plain lines: made once in a folder that is
/// kept, and looked for by every later version.
record KeptConversations(FrontDoor server, FrontDoor.User alice, FrontDoor.User bob) {
    private static final String V1 = "/_matrix/client/v1";
    private static final String WORD = "heliotrope";
    private static final String RULE = CLIENT + "/pushrules/global/content/kept";
    private static final String BACKED_UP = CLIENT + "/room_keys/keys/!kept:localhost/session";
    private static final int WIDTH = 400;

    /// Makes it.
    JsonObject made() throws IOException, InterruptedException {
        String room = alice.room("{\"name\":\"Talk\",\"invite\":[\"" + bob.id + "\"]}");
        bob.post(rooms(room) + "/join", "{}").ok();
        String said = alice.say(room, WORD + " with a slip");
        String edit =
                send(
                        alice,
                        room,
                        "m.room.message",
                        "\"body\":\"* kept\",\"m.new_content\":{\"body\":\"kept\"},"
                                + related("m.replace", said, ""));
        String root = bob.say(room, "a question");
        String reply =
                send(
                        alice,
                        room,
                        "m.room.message",
                        "\"body\":\"a\"," + related("m.thread", root, ""));
        String reaction =
                send(bob, room, "m.reaction", related("m.annotation", said, ",\"key\":\"+\""));
        keys();
        JsonObject push =
                JsonObject.of("kind", "http")
                        .with("app_id", "org.example.app")
                        .with("pushkey", "key")
                        .with("app_display_name", "App")
                        .with("device_display_name", "Phone")
                        .with("lang", "en")
                        .with("data", JsonObject.of("url", "https://push.invalid" + NOTIFY));
        bob.post(CLIENT + "/pushers/set", push.toString()).ok();
        bob.put(RULE, "{\"pattern\":\"" + WORD + "\",\"actions\":[\"notify\"]}").ok();
        return JsonObject.of("talk", room)
                .with("said", said)
                .with("edit", edit)
                .with("root", root)
                .with("reply", reply)
                .with("reaction", reaction)
                .with("space", space(room))
                .with("replaced", replaced())
                .with("picture", picture());
    }

    private static final String NOTIFY = "/_matrix/push/v1/notify";

    private static String related(String type, String parent, String more) {
        return "\"m.relates_to\":{\"rel_type\":\"%s\",\"event_id\":\"%s\"%s}"
                .formatted(type, parent, more);
    }

    private static String send(FrontDoor.User by, String room, String type, String members)
            throws IOException, InterruptedException {
        String path = rooms(room) + "/send/" + type + "/kept" + members.hashCode();
        return by.put(path, "{\"msgtype\":\"m.text\"," + members + "}").ok().text("event_id");
    }

    private void keys() throws IOException, InterruptedException {
        String device = alice.get(CLIENT + "/account/whoami").ok().text("device_id");
        JsonObject keys =
                JsonObject.of("user_id", alice.id)
                        .with("device_id", device)
                        .with("algorithms", Json.parse("[\"m.olm\"]".getBytes(UTF_8)))
                        .with("keys", JsonObject.of("ed25519:" + device, "A".repeat(43)))
                        .with("signatures", JsonObject.EMPTY);
        JsonObject body = JsonObject.EMPTY.with("device_keys", keys);
        alice.post(CLIENT + "/keys/upload", body.toString()).ok();
        alice.put(
                        BACKED_UP + "?version=1",
                        """
                        {"first_message_index":0,"forwarded_count":0,"is_verified":true,
                        "session_data":{"kept":true}}""")
                .ok();
    }

    private String space(String child) throws IOException, InterruptedException {
        String space = alice.room("{\"creation_content\":{\"type\":\"m.space\"}}");
        alice.put(
                        rooms(space) + "/state/m.space.child/" + encoded(child),
                        "{\"via\":[\"localhost\"]}")
                .ok();
        return space;
    }

    private String replaced() throws IOException, InterruptedException {
        String old = alice.room("{\"room_version\":\"10\",\"name\":\"Old\"}");
        alice.post(rooms(old) + "/upgrade", "{\"new_version\":\"12\"}").ok();
        return old;
    }

    /// A picture and its thumbnail as they were served.
    private JsonObject picture() throws IOException, InterruptedException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(WIDTH, WIDTH, BufferedImage.TYPE_INT_RGB), "png", bytes);
        String path = "/_matrix/media/v3/upload";
        String place =
                server.send(
                                "POST",
                                path,
                                bytes.toByteArray(),
                                alice.token,
                                "Content-Type",
                                "image/png")
                        .ok()
                        .text("content_uri")
                        .substring("mxc://".length());
        return JsonObject.of("place", place)
                .with("whole", UnpaddedBase64.encode(bytes.toByteArray()))
                .with("small", UnpaddedBase64.encode(thumbnail(place)));
    }

    private byte[] thumbnail(String place) throws IOException, InterruptedException {
        String path = V1 + "/media/thumbnail/" + place + "?width=32&height=32&method=crop";
        return alice.get(path).ok().response().body();
    }

    /// Looks for what people said of what.
    void areRelated(JsonObject facts) throws IOException, InterruptedException {
        String room = text(facts, "talk");
        String of = V1 + "/rooms/" + encoded(room) + "/relations/";
        String said = text(facts, "said");

        JsonObject read = bob.get(rooms(room) + "/event/" + encoded(said)).ok().json();
        assertTrue(read.toString().contains(text(facts, "edit")), "edited: " + read);
        String root = text(facts, "root");
        assertEquals(
                List.of(text(facts, "reply")),
                ids(bob.get(of + encoded(root) + "/m.thread").ok().json(), "chunk"));
        assertEquals(
                List.of(root),
                ids(bob.get(V1 + "/rooms/" + encoded(room) + "/threads").ok().json(), "chunk"));
        assertEquals(
                List.of(text(facts, "reaction")),
                ids(alice.get(of + encoded(said) + "/m.annotation").ok().json(), "chunk"));
        String search =
                "{\"search_categories\":{\"room_events\":{\"search_term\":\"" + WORD + "\"}}}";
        String found = bob.post(CLIENT + "/search", search).ok().toString();
        assertTrue(found.contains(said), found);
    }

    /// Looks for spaces, rooms that were replaced, files, and what devices have told.
    void areThere(JsonObject facts) throws IOException, InterruptedException {
        String space = V1 + "/rooms/" + encoded(text(facts, "space")) + "/hierarchy";
        String replaced = text(facts, "replaced");
        JsonObject picture = facts.object("picture").orElseThrow();
        String place = text(picture, "place");

        assertTrue(alice.get(space).ok().toString().contains(text(facts, "talk")));
        String fresh =
                alice.get(rooms(replaced) + "/state/m.room.tombstone")
                        .ok()
                        .text("replacement_room");
        assertTrue(
                alice.get(rooms(fresh) + "/state/m.room.create")
                        .ok()
                        .toString()
                        .contains(replaced));
        assertArrayEquals(
                bytes(picture, "whole"),
                alice.get(V1 + "/media/download/" + place).ok().response().body());
        assertArrayEquals(bytes(picture, "small"), thumbnail(place));
        assertTrue(bob.get(CLIENT + "/pushers").ok().toString().contains("push.invalid"));
        assertEquals(WORD, bob.get(RULE).ok().text("pattern"));
        assertTrue(alice.get(BACKED_UP + "?version=1").ok().toString().contains("\"kept\":true"));
        String query = "{\"device_keys\":{\"" + alice.id + "\":[]}}";
        String keys = bob.post(CLIENT + "/keys/query", query).ok().toString();
        assertTrue(keys.contains("A".repeat(43)), keys);
    }

    private static byte[] bytes(JsonObject facts, String name) {
        return UnpaddedBase64.decode(text(facts, name)).orElseThrow();
    }

    private static List<String> ids(JsonObject page, String name) {
        return page.array(name).orElseThrow().objects().stream()
                .map(event -> text(event, "event_id"))
                .toList();
    }

    private static String text(JsonObject facts, String name) {
        return facts.string(name).orElseThrow(() -> new AssertionError(name + " in " + facts));
    }
}
