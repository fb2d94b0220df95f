package org.chancery.app.conversations;

import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.encoded;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chancery.app.FrontDoor;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Edits, threads, references and annotations, through the Client-Server API ("Forming
/// relationships between events").
final class RelationsTest {
    private static final String EDIT = "m.replace";
    private static final String THREAD = "m.thread";
    private static final String NEW =
            ",\"m.new_content\":{\"msgtype\":\"m.text\",\"body\":\"new\"}";

    @TempDir private Path folder = Path.of("");
    private FrontDoor server;
    private FrontDoor.User alice;
    private FrontDoor.User bob;
    private String room;
    private int transactions;

    /// Made in [#start], before each test.
    @SuppressWarnings("NullAway.Init")
    RelationsTest() {}

    @BeforeEach
    void start() throws Exception {
        server = new FrontDoor(folder);
        alice = server.user("alice");
        bob = server.user("bob");
        room = alice.room("{\"preset\":\"public_chat\"}");
        bob.post(rooms(room) + "/join", "{}").ok();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_latest_edit_stands_beside_the_event_wherever_it_is_read() throws Exception {
        String said = alice.say(room, "old");
        relate(alice, EDIT, said, NEW);
        String edit = relate(alice, EDIT, said, NEW);

        assertEquals(edit, edit(event(bob, said)));
        assertEquals(edit, edit(find(bob.get(rooms(room) + "/messages?dir=b"), "chunk", said)));
        JsonObject context =
                bob.get(rooms(room) + "/context/" + encoded(said)).json().object("event").get();
        assertEquals(edit, edit(context));
        assertEquals("old", context.object("content").get().string("body").orElseThrow());
        JsonObject whole = relations(event(bob, said)).object(EDIT).orElseThrow();
        assertEquals(alice.id, whole.string("sender").orElseThrow());
        assertTrue(whole.object("content").get().has("m.new_content"));
    }

    @Test
    void sync_tells_of_edits_only_behind_a_gap() throws Exception {
        String since = bob.get(CLIENT + "/sync").text("next_batch");
        String said = alice.say(room, "old");
        String edit = relate(alice, EDIT, said, NEW);

        JsonObject withoutGap = find(timeline(bob, since, 2), said);
        bob.say(room, "between");
        JsonObject behindGap = find(timeline(bob, "", 3), said);

        assertFalse(hasRelations(withoutGap), "the client was told of the edit itself");
        assertEquals(edit, edit(behindGap));
    }

    @Test
    void an_edit_that_breaks_a_rule_counts_for_nothing() throws Exception {
        String said = alice.say(room, "old");
        relate(bob, EDIT, said, NEW); // Another's.
        relate(alice, EDIT, said, ""); // Without new content.
        send(alice, "m.sticker", related(EDIT, said) + NEW); // Of another type.
        assertFalse(hasRelations(event(bob, said)));

        String edit = relate(alice, EDIT, said, NEW);
        relate(alice, EDIT, edit, NEW); // Of an edit.

        assertEquals(edit, edit(event(bob, said)));
        assertFalse(hasRelations(event(bob, edit)));
    }

    @Test
    void a_redacted_edit_gives_way_to_the_one_before_and_a_redacted_event_has_none()
            throws Exception {
        String said = alice.say(room, "old");
        String first = relate(alice, EDIT, said, NEW);
        String second = relate(alice, EDIT, said, NEW);

        redact(alice, second);
        assertEquals(first, edit(event(bob, said)));

        redact(alice, said);
        assertFalse(hasRelations(event(bob, said)));
    }

    @Test
    void a_thread_is_told_by_its_latest_event_count_and_who_took_part() throws Exception {
        String root = alice.say(room, "root");
        relate(alice, THREAD, root, "");
        String last = relate(alice, THREAD, root, "");
        String edit = relate(alice, EDIT, last, NEW);

        JsonObject forBob = relations(event(bob, root)).object(THREAD).orElseThrow();
        JsonObject latest = forBob.object("latest_event").orElseThrow();
        assertEquals(2, forBob.integer("count").orElseThrow());
        assertFalse(forBob.isTrue("current_user_participated"));
        assertEquals(last, latest.string("event_id").orElseThrow());
        assertEquals(room, latest.string("room_id").orElseThrow());
        assertEquals(edit, edit(latest));
        assertTrue(
                relations(event(alice, root))
                        .object(THREAD)
                        .orElseThrow()
                        .isTrue("current_user_participated"));
        relate(bob, THREAD, root, "");
        assertTrue(
                relations(event(bob, root))
                        .object(THREAD)
                        .orElseThrow()
                        .isTrue("current_user_participated"));
    }

    @Test
    void references_are_listed_by_id() throws Exception {
        String asked = alice.say(room, "a vote");
        String one = relate(alice, "m.reference", asked, "");
        String two = relate(bob, "m.reference", asked, "");

        List<JsonObject> chunk =
                relations(event(bob, asked))
                        .object("m.reference")
                        .flatMap(it -> it.array("chunk"))
                        .orElseThrow()
                        .objects();

        assertEquals(
                List.of(JsonObject.of("event_id", one), JsonObject.of("event_id", two)), chunk);
    }

    @Test
    void nobody_annotates_twice_with_the_same_unless_the_first_is_redacted() throws Exception {
        String said = alice.say(room, "hello");
        String reaction = send(bob, "m.reaction", annotation(said, "+"));

        FrontDoor.Answer again = trySend(bob, "m.reaction", annotation(said, "+"));
        again.refused(400, "M_DUPLICATE_ANNOTATION");
        send(bob, "m.reaction", annotation(said, "-"));
        send(alice, "m.reaction", annotation(said, "+"));
        redact(bob, reaction);
        send(bob, "m.reaction", annotation(said, "+"));
        assertFalse(hasRelations(event(bob, said)), "annotations are not aggregated");
    }

    @Test
    void a_repeated_transaction_of_an_annotation_is_no_second_one() throws Exception {
        String said = alice.say(room, "hello");
        String path = rooms(room) + "/send/m.reaction/same";
        String first = bob.put(path, "{" + annotation(said, "+") + "}").ok().text("event_id");

        String second = bob.put(path, "{" + annotation(said, "+") + "}").ok().text("event_id");

        assertEquals(first, second);
    }

    @Test
    void no_thread_begins_at_an_event_of_a_relation() throws Exception {
        String root = alice.say(room, "root");
        String reply = relate(alice, THREAD, root, "");

        trySend(bob, "m.room.message", message(related(THREAD, reply))).refused(400, "M_UNKNOWN");
    }

    @Test
    void what_ignored_people_relate_is_left_out() throws Exception {
        String root = alice.say(room, "root");
        String mine = relate(alice, THREAD, root, "");
        relate(bob, THREAD, root, "");
        String other = bob.say(room, "a root of his");
        relate(alice, THREAD, other, "");
        ignore(alice, bob);

        JsonObject thread = relations(event(alice, root)).object(THREAD).orElseThrow();
        JsonObject threads = alice.get(v1() + "/threads").ok().json();

        assertEquals(1, thread.integer("count").orElseThrow());
        assertEquals(mine, thread.object("latest_event").get().string("event_id").orElseThrow());
        assertEquals(List.of(mine), ids(children(alice, root, "")));
        assertEquals(
                JsonObject.EMPTY,
                find(threads.array("chunk").get(), other).object("content").get());
    }

    @Test
    void children_are_paged_in_both_directions() throws Exception {
        String root = alice.say(room, "root");
        List<String> replies = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            replies.add(relate(alice, THREAD, root, ""));
        }

        JsonObject first = children(bob, root, "?limit=2");
        JsonObject second =
                children(bob, root, "?limit=3&from=" + first.string("next_batch").orElseThrow());
        JsonObject forth = children(bob, root, "/m.thread?dir=f&limit=2");
        JsonObject rest =
                children(
                        bob,
                        root,
                        "/m.thread?dir=f&from=" + forth.string("next_batch").orElseThrow());

        assertEquals(replies.subList(3, 5).reversed(), ids(first));
        assertEquals(replies.subList(0, 3).reversed(), ids(second));
        assertFalse(first.has("prev_batch"));
        assertTrue(second.has("prev_batch"));
        assertFalse(second.has("next_batch"));
        assertEquals(replies.subList(0, 2), ids(forth));
        assertEquals(replies.subList(2, 5), ids(rest));
        assertEquals(List.of(), ids(children(bob, root, "/m.thread/m.sticker")));
        assertEquals(List.of(), ids(children(bob, root, "/m.replace")));
    }

    @Test
    void children_of_children_are_told_when_asked_for() throws Exception {
        String root = alice.say(room, "root");
        String reply = relate(alice, THREAD, root, "");
        String edit = relate(alice, EDIT, reply, NEW);

        JsonObject deep = children(bob, root, "?recurse=true");

        assertEquals(List.of(edit, reply), ids(deep));
        assertEquals(3, deep.integer("recursion_depth").orElseThrow());
        assertEquals(List.of(reply), ids(children(bob, root, "")));
        assertEquals(edit, edit(find(deep.array("chunk").get(), reply)));
    }

    @Test
    void threads_are_listed_by_their_latest_events() throws Exception {
        String first = alice.say(room, "first");
        String second = alice.say(room, "second");
        relate(alice, THREAD, first, "");
        relate(alice, THREAD, second, "");
        relate(bob, THREAD, first, "");

        JsonObject all = bob.get(v1() + "/threads").ok().json();
        JsonObject page = bob.get(v1() + "/threads?limit=1").ok().json();
        JsonObject next =
                bob.get(v1() + "/threads?limit=1&from=" + page.string("next_batch").orElseThrow())
                        .ok()
                        .json();
        JsonObject his = bob.get(v1() + "/threads?include=participated").ok().json();

        assertEquals(List.of(first, second), ids(all));
        assertEquals(List.of(first), ids(page));
        assertEquals(List.of(second), ids(next));
        assertFalse(next.has("next_batch"));
        assertEquals(List.of(first), ids(his));
        assertTrue(relations(find(all.array("chunk").get(), second)).has(THREAD));
    }

    @Test
    void a_stranger_learns_of_nothing() throws Exception {
        FrontDoor.User carol = server.user("carol");
        String secret = alice.room("{}");
        String said = alice.say(secret, "hush");
        String path = "/_matrix/client/v1/rooms/" + encoded(secret);

        carol.get(path + "/relations/" + encoded(said)).refused(404, "M_NOT_FOUND");
        carol.get(path + "/threads").refused(403, "M_FORBIDDEN");
        bob.get(v1() + "/threads?include=some").refused(400, "M_INVALID_PARAM");
        bob.get(v1() + "/relations/" + encoded(said)).refused(404, "M_NOT_FOUND");
    }

    private String v1() {
        return "/_matrix/client/v1/rooms/" + encoded(room);
    }

    private JsonObject children(FrontDoor.User user, String parent, String rest) throws Exception {
        return user.get(v1() + "/relations/" + encoded(parent) + rest).ok().json();
    }

    private static String related(String type, String parent) {
        return "\"m.relates_to\":{\"rel_type\":\"%s\",\"event_id\":\"%s\"}".formatted(type, parent);
    }

    private static String annotation(String parent, String key) {
        return "\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"%s\",\"key\":\"%s\"}"
                .formatted(parent, key);
    }

    private static String message(String more) {
        return "\"msgtype\":\"m.text\",\"body\":\"b\"," + more;
    }

    private String relate(FrontDoor.User user, String type, String parent, String more)
            throws Exception {
        return send(user, "m.room.message", message(related(type, parent) + more));
    }

    private String send(FrontDoor.User user, String type, String members) throws Exception {
        return trySend(user, type, members).ok().text("event_id");
    }

    private FrontDoor.Answer trySend(FrontDoor.User user, String type, String members)
            throws Exception {
        String path = rooms(room) + "/send/" + type + "/r" + transactions++;
        return user.put(path, "{" + members + "}");
    }

    private void redact(FrontDoor.User user, String event) throws Exception {
        user.put(rooms(room) + "/redact/" + encoded(event) + "/r" + transactions++, "{}").ok();
    }

    private static void ignore(FrontDoor.User user, FrontDoor.User other) throws Exception {
        String path = CLIENT + "/user/" + encoded(user.id) + "/account_data/m.ignored_user_list";
        user.put(path, "{\"ignored_users\":{\"%s\":{}}}".formatted(other.id)).ok();
    }

    private JsonObject event(FrontDoor.User user, String id) throws Exception {
        return user.get(rooms(room) + "/event/" + encoded(id)).ok().json();
    }

    /// The timeline of the room in a sync of at most so many events.
    private JsonArray timeline(FrontDoor.User user, String since, int limit) throws Exception {
        String filter = encoded("{\"room\":{\"timeline\":{\"limit\":%d}}}".formatted(limit));
        String from = since.isEmpty() ? "" : "&since=" + since;
        JsonObject answer = user.get(CLIENT + "/sync?filter=" + filter + from).ok().json();
        return answer.object("rooms")
                .flatMap(it -> it.object("join"))
                .flatMap(it -> it.object(room))
                .flatMap(it -> it.object("timeline"))
                .flatMap(it -> it.array("events"))
                .orElseThrow();
    }

    private static JsonObject find(FrontDoor.Answer answer, String list, String id) {
        return find(answer.ok().json().array(list).orElseThrow(), id);
    }

    private static JsonObject find(JsonArray events, String id) {
        return events.objects().stream()
                .filter(event -> event.string("event_id").filter(id::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> ids(JsonObject page) {
        return page.array("chunk").orElseThrow().objects().stream()
                .map(event -> event.string("event_id").orElseThrow())
                .toList();
    }

    private static boolean hasRelations(JsonObject event) {
        return event.object("unsigned").filter(it -> it.has("m.relations")).isPresent();
    }

    private static JsonObject relations(JsonObject event) {
        return event.object("unsigned").flatMap(it -> it.object("m.relations")).orElseThrow();
    }

    private static String edit(JsonObject event) {
        return relations(event).object(EDIT).flatMap(it -> it.string("event_id")).orElseThrow();
    }
}
