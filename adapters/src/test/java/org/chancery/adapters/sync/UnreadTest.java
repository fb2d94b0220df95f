package org.chancery.adapters.sync;

import static org.chancery.adapters.sync.House.ALICE;
import static org.chancery.adapters.sync.House.BOB;
import static org.chancery.adapters.sync.House.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.homeserver.accountdata.AccountDatum;
import org.chancery.homeserver.ephemeral.Receipt;
import org.chancery.homeserver.push.Unread;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.pushrules.RuleKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The numbers beside rooms (client-server API, "Receiving notifications").
class UnreadTest {
    private House house;
    private RoomId room;
    private Client alice;

    @BeforeEach
    void open(@TempDir Path folder) {
        house = new House(folder);
        room = house.room(ALICE, BOB, CAROL);
        alice = house.client(ALICE);
        alice.sync();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Unread unread() {
        return alice.room(room).unread();
    }

    private void read(EventId event, String type) {
        house.receipts.read(ALICE, room, type, event, Optional.empty());
    }

    private static JsonObject mention(String body) {
        return House.message(body)
                .with("m.mentions", JsonObject.of("user_ids", JsonArray.ofTexts(List.of(ALICE))));
    }

    private EventId inThread(EventId root, String body) {
        return house.send(
                BOB,
                room,
                "m.room.message",
                House.message(body)
                        .with(
                                "m.relates_to",
                                JsonObject.of("rel_type", "m.thread")
                                        .with("event_id", root.value())));
    }

    @Test
    void messages_of_others_count_and_mentions_stand_out() {
        house.say(BOB, room, "one");
        house.send(BOB, room, "m.room.message", mention("you"));

        assertEquals(new Unread.Count(2, 1), unread().all());
    }

    @Test
    void a_receipt_clears_what_it_is_for_and_nothing_behind_it() {
        EventId first = house.say(BOB, room, "one");
        house.say(BOB, room, "two");
        alice.sync();
        read(first, Receipt.READ);

        assertEquals(1, unread().all().notifications());
    }

    @Test
    void a_private_receipt_clears_as_well_and_the_farther_of_the_two_counts() {
        EventId first = house.say(BOB, room, "one");
        EventId second = house.say(BOB, room, "two");
        read(second, Receipt.READ_PRIVATE);
        read(first, Receipt.READ);

        assertEquals(0, unread().all().notifications());
    }

    @Test
    void what_the_user_sends_counts_as_read() {
        house.say(BOB, room, "one");
        house.say(ALICE, room, "answer");
        house.say(BOB, room, "two");

        assertEquals(1, unread().all().notifications());
    }

    @Test
    void redacted_events_count_no_more() {
        EventId bad = house.say(BOB, room, "bad");
        house.say(BOB, room, "good");
        assertEquals(2, unread().all().notifications());
        house.redact(BOB, room, bad);

        assertEquals(1, unread().all().notifications());
    }

    @Test
    void state_events_and_edits_do_not_count() {
        house.set(ALICE, room, "m.room.topic", JsonObject.of("topic", "t"));
        EventId event = house.say(BOB, room, "one");
        house.send(
                BOB,
                room,
                "m.room.message",
                House.message("edit")
                        .with(
                                "m.relates_to",
                                JsonObject.of("rel_type", "m.replace")
                                        .with("event_id", event.value())));

        assertEquals(1, unread().all().notifications());
    }

    @Test
    void events_from_before_the_join_do_not_count() {
        RoomId other = house.room(BOB);
        house.say(BOB, other, "before");
        house.join(ALICE, other);
        house.say(BOB, other, "after");

        assertEquals(1, alice.room(other).unread().all().notifications());
    }

    @Test
    void threads_count_for_themselves_and_have_receipts_of_their_own() {
        EventId root = house.say(BOB, room, "root");
        EventId inside = inThread(root, "inside");
        inThread(root, "inside too");
        Unread before = unread();
        house.receipts.read(ALICE, room, Receipt.READ, inside, Optional.of(root.value()));
        Unread after = unread();
        house.receipts.read(ALICE, room, Receipt.READ, root, Optional.of(Receipt.MAIN));
        Unread last = unread();

        assertEquals(1, before.main().notifications());
        assertEquals(Map.of(root.value(), new Unread.Count(2, 0)), before.threads());
        assertEquals(Map.of(root.value(), new Unread.Count(1, 0)), after.threads());
        assertEquals(1, after.main().notifications());
        assertEquals(0, last.main().notifications());
        assertEquals(1, last.all().notifications());
    }

    @Test
    void an_unthreaded_receipt_clears_threads_too() {
        EventId root = house.say(BOB, room, "root");
        EventId inside = inThread(root, "inside");
        read(inside, Receipt.READ);

        assertEquals(Unread.Count.NONE, unread().all());
    }

    @Test
    void a_rule_that_mutes_the_room_silences_it() {
        house.pushRules.change(
                ALICE,
                rules ->
                        rules.put(
                                RuleKind.ROOM,
                                room.value(),
                                JsonObject.of("actions", JsonArray.EMPTY),
                                null,
                                null));
        house.say(BOB, room, "one");

        assertEquals(0, unread().all().notifications());
    }

    @Test
    void the_display_name_in_the_room_stands_out_when_a_rule_says_so() {
        house.set(
                ALICE,
                room,
                StateKey.member(ALICE),
                JsonObject.of("membership", "join").with("displayname", "Wonder"));
        house.pushRules.change(
                ALICE,
                rules ->
                        rules.put(
                                RuleKind.OVERRIDE,
                                "name",
                                JsonObject.of(
                                                "actions",
                                                JsonArray.of(
                                                        new JsonString("notify"),
                                                        JsonObject.of("set_tweak", "highlight")))
                                        .with(
                                                "conditions",
                                                JsonArray.of(
                                                        JsonObject.of(
                                                                "kind", "contains_display_name"))),
                                null,
                                null));
        house.say(BOB, room, "hi wonder!");

        assertEquals(new Unread.Count(1, 1), unread().all());
    }

    @Test
    void push_rules_are_in_the_first_sync_and_told_when_they_change() {
        List<AccountDatum> first = house.client(BOB).sync().accountData();
        house.pushRules.change(
                ALICE, rules -> rules.setEnabled(RuleKind.OVERRIDE, ".m.rule.master", true));

        List<AccountDatum> next = alice.sync().accountData();

        assertTrue(first.getFirst().content().object("global").isPresent());
        assertEquals("m.push_rules", next.getFirst().type());
    }
}
