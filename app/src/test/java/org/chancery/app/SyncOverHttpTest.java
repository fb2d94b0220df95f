package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `/sync` and what belongs to it as clients see it: real HTTP, the whole server.
@Timeout(60)
class SyncOverHttpTest {
    private static final String CLIENT = "/_matrix/client/v3";

    private final HttpClient http = HttpClient.newHttpClient();
    private Homeserver server;

    private record Person(String id, String token) {}

    private record Answer(int status, JsonObject body) {}

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        server =
                Homeserver.start(
                        Config.read(
                                List.of(
                                        "--server-name=example.org",
                                        "--port=0",
                                        "--unsafe-test-profile=true",
                                        "--data=" + folder.resolve("data")),
                                Map.of()));
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    private Answer call(String method, String path, Person by, String body)
            throws IOException, InterruptedException {
        return answer(http.send(request(method, path, by, body), BodyHandlers.ofByteArray()));
    }

    private HttpRequest request(String method, String path, Person by, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + by.token)
                .method(
                        method,
                        body.isEmpty()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), Json.parseObject(response.body()));
    }

    private Person register(String name) throws IOException, InterruptedException {
        Answer made =
                call(
                        "POST",
                        CLIENT + "/register",
                        new Person("", "none"),
                        "{'username':'"
                                + name
                                + "','password':'a long password',"
                                + "'auth':{'type':'m.login.dummy'}}");
        assertEquals(200, made.status, () -> made.body.toString());
        return new Person(
                made.body.string("user_id").orElseThrow(),
                made.body.string("access_token").orElseThrow());
    }

    private String room(Person by) throws IOException, InterruptedException {
        return call("POST", CLIENT + "/createRoom", by, "{'preset':'public_chat'}")
                .body
                .string("room_id")
                .orElseThrow();
    }

    private String say(Person by, String room, String txn)
            throws IOException, InterruptedException {
        return call(
                        "PUT",
                        rooms(room) + "/send/m.room.message/" + txn,
                        by,
                        "{'msgtype':'m.text','body':'" + txn + "'}")
                .body
                .string("event_id")
                .orElseThrow();
    }

    private static String rooms(String room) {
        return CLIENT + "/rooms/" + URLEncoder.encode(room, UTF_8);
    }

    private JsonObject sync(Person by, Optional<String> since, String more)
            throws IOException, InterruptedException {
        Answer answer = call("GET", path(since, more), by, "");
        assertEquals(200, answer.status, () -> answer.body.toString());
        return answer.body;
    }

    private static String path(Optional<String> since, String more) {
        return CLIENT + "/sync?timeout=0" + since.map(it -> "&since=" + it).orElse("") + more;
    }

    private static Optional<String> next(JsonObject sync) {
        return sync.string("next_batch");
    }

    private static JsonObject at(JsonObject from, String... names) {
        JsonObject here = from;
        for (String name : names) {
            here = here.object(name).orElseThrow(() -> new AssertionError("no " + name));
        }
        return here;
    }

    private static List<JsonObject> events(JsonObject from, String... names) {
        return at(from, names).array("events").orElse(JsonArray.EMPTY).objects();
    }

    @Test
    void a_message_is_told_with_its_id_age_and_transaction() throws Exception {
        Person alice = register("alice");
        String room = room(alice);
        JsonObject first = sync(alice, Optional.empty(), "");
        String id = say(alice, room, "t1");

        JsonObject next = sync(alice, next(first), "");

        JsonObject event = events(next, "rooms", "join", room, "timeline").getFirst();
        assertEquals(id, event.string("event_id").orElseThrow());
        assertEquals("t1", at(event, "content").string("body").orElseThrow());
        assertEquals("t1", at(event, "unsigned").string("transaction_id").orElseThrow());
        assertEquals("join", at(event, "unsigned").string("membership").orElseThrow());
        assertTrue(at(event, "unsigned").integer("age").isPresent());
        assertFalse(event.has("room_id"));
        assertTrue(next.has("device_one_time_keys_count"));
        assertTrue(next.has("device_unused_fallback_key_types"));
    }

    @Test
    void state_comes_by_the_name_that_was_asked_for() throws Exception {
        Person alice = register("alice");
        String room = room(alice);

        JsonObject before = at(sync(alice, Optional.empty(), ""), "rooms", "join", room);
        JsonObject after =
                at(sync(alice, Optional.empty(), "&use_state_after=true"), "rooms", "join", room);
        JsonObject unstable =
                at(
                        sync(alice, Optional.empty(), "&org.matrix.msc4222.use_state_after=true"),
                        "rooms",
                        "join",
                        room);

        assertTrue(before.has("state") && !before.has("state_after"));
        assertTrue(after.has("state_after") && !after.has("state"));
        assertTrue(unstable.has("org.matrix.msc4222.state_after") && !unstable.has("state"));
    }

    @Test
    void a_redaction_names_its_target_in_both_places_and_strips_it() throws Exception {
        Person alice = register("alice");
        String room = room(alice);
        JsonObject first = sync(alice, Optional.empty(), "");
        String id = say(alice, room, "t1");
        call("PUT", rooms(room) + "/redact/" + URLEncoder.encode(id, UTF_8) + "/r1", alice, "{}");

        List<JsonObject> told =
                events(sync(alice, next(first), ""), "rooms", "join", room, "timeline");

        assertTrue(at(told.getFirst(), "content").isEmpty());
        assertEquals(
                "m.room.redaction",
                at(told.getFirst(), "unsigned", "redacted_because").string("type").orElseThrow());
        assertEquals(id, told.getLast().string("redacts").orElseThrow());
        assertEquals(id, at(told.getLast(), "content").string("redacts").orElseThrow());
    }

    @Test
    void fields_that_the_filter_does_not_name_are_left_out() throws Exception {
        Person alice = register("alice");
        String room = room(alice);
        say(alice, room, "t1");
        String filter =
                "{\"event_fields\":[\"content.body\"]," + "\"room\":{\"timeline\":{\"limit\":1}}}";

        JsonObject told =
                events(
                                sync(
                                        alice,
                                        Optional.empty(),
                                        "&filter=" + URLEncoder.encode(filter, UTF_8)),
                                "rooms",
                                "join",
                                room,
                                "timeline")
                        .getFirst();

        assertEquals("t1", at(told, "content").string("body").orElseThrow());
        assertFalse(at(told, "content").has("msgtype"));
    }

    @Test
    void a_stored_filter_is_used_by_its_id() throws Exception {
        Person alice = register("alice");
        room(alice);
        String id =
                call(
                                "POST",
                                CLIENT + "/user/" + alice.id + "/filter",
                                alice,
                                "{'room':{'rooms':[]}}")
                        .body
                        .string("filter_id")
                        .orElseThrow();

        JsonObject told = sync(alice, Optional.empty(), "&filter=" + id);

        assertFalse(told.has("rooms"));
    }

    @Test
    void receipts_typing_and_counts_are_told() throws Exception {
        Person alice = register("alice");
        Person bob = register("bob");
        String room = room(alice);
        call("POST", rooms(room) + "/join", bob, "{}");
        JsonObject first = sync(bob, Optional.empty(), "");
        String id = say(alice, room, "t1");
        JsonObject unread = sync(bob, next(first), "");
        call("PUT", rooms(room) + "/typing/" + alice.id, alice, "{'typing':true,'timeout':9000}");
        call(
                "POST",
                rooms(room) + "/receipt/m.read/" + URLEncoder.encode(id, UTF_8),
                bob,
                "{'thread_id':'main'}");

        JsonObject told = at(sync(bob, next(unread), ""), "rooms", "join", room);

        List<JsonObject> ephemeral = events(told, "ephemeral");
        assertEquals(
                1,
                at(unread, "rooms", "join", room, "unread_notifications")
                        .integer("notification_count")
                        .orElseThrow());
        assertEquals(
                0, at(told, "unread_notifications").integer("notification_count").orElseThrow());
        assertEquals(
                "main",
                at(ephemeral.getFirst(), "content", id, "m.read", bob.id)
                        .string("thread_id")
                        .orElseThrow());
        assertEquals(
                List.of(alice.id),
                at(ephemeral.getLast(), "content").array("user_ids").orElseThrow().strings());
    }

    @Test
    void push_rules_are_read_and_changed_one_by_one() throws Exception {
        Person alice = register("alice");
        String rule = CLIENT + "/pushrules/global/content/cake";
        JsonObject first = sync(alice, Optional.empty(), "");

        Answer put = call("PUT", rule, alice, "{'pattern':'cake','actions':['notify']}");
        Answer disabled = call("PUT", rule + "/enabled", alice, "{'enabled':false}");
        Answer enabled = call("GET", rule + "/enabled", alice, "");
        Answer all = call("GET", CLIENT + "/pushrules/", alice, "");
        Answer deleted = call("DELETE", rule, alice, "");
        Answer gone = call("GET", rule, alice, "");

        assertEquals(200, put.status);
        assertEquals(200, disabled.status);
        assertFalse(enabled.body.isTrue("enabled"));
        assertTrue(at(all.body, "global").has("override"));
        assertEquals(200, deleted.status);
        assertEquals(404, gone.status);
        assertEquals(
                "m.push_rules",
                events(sync(alice, next(first), ""), "account_data")
                        .getFirst()
                        .string("type")
                        .orElseThrow());
    }

    @Test
    void notifications_list_what_one_was_notified_of() throws Exception {
        Person alice = register("alice");
        Person bob = register("bob");
        String room = room(alice);
        call("POST", rooms(room) + "/join", bob, "{}");
        say(alice, room, "t1");
        say(alice, room, "t2");

        JsonObject page = call("GET", CLIENT + "/notifications?limit=1", bob, "").body;
        String next = page.string("next_token").orElseThrow();
        JsonObject rest = call("GET", CLIENT + "/notifications?limit=5&from=" + next, bob, "").body;

        JsonObject latest = page.array("notifications").orElseThrow().objects().getFirst();
        assertEquals("t2", at(latest, "event", "content").string("body").orElseThrow());
        assertFalse(latest.isTrue("read"));
        assertEquals(1, rest.array("notifications").orElseThrow().size());
    }

    @Test
    void a_malformed_token_is_refused() throws Exception {
        Person alice = register("alice");

        Answer answer = call("GET", path(Optional.of("nonsense"), ""), alice, "");

        assertEquals(400, answer.status);
        assertEquals("M_INVALID_PARAM", answer.body.string("errcode").orElseThrow());
    }
}
