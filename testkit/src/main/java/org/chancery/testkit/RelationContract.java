package org.chancery.testkit;

import static org.chancery.testkit.RoomHouse.ALICE;
import static org.chancery.testkit.RoomHouse.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.EventStore.Direction;
import org.chancery.homeserver.events.EventStore.Range;
import org.chancery.homeserver.events.Relation;
import org.chancery.homeserver.events.RelationIndex;
import org.chancery.homeserver.events.RelationIndex.Group;
import org.chancery.homeserver.events.RelationIndex.Wanted;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.kernel.BatchStore;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.Signer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store promises of the index of relations. Each engine runs it whole.
public abstract class RelationContract {
    private static final Range EVERYTHING = new Range(Long.MIN_VALUE, Long.MAX_VALUE);
    private static final String MESSAGE = "m.room.message";

    private StoreContract.Opened opened;
    private RoomHouse house;
    private RelationIndex index;
    private RoomRef room;

    /// Opens an empty store.
    protected abstract StoreContract.Opened open();

    /// A key to sign with.
    protected abstract Signer signer();

    /// The store is made in [#enter], before each test.
    @SuppressWarnings("NullAway.Init")
    protected RelationContract() {}

    @BeforeEach
    final void enter() {
        opened = open();
        BatchStore batches = opened.batches();
        EventStore events = opened.events();
        StateStore states = opened.states();
        house = new RoomHouse(batches, events, states, signer());
        index = events.relations();
        room = house.openRoom(RoomVersion.V11);
        house.memberships().join(BOB, room.id(), JsonObject.EMPTY);
    }

    @AfterEach
    final void leave() throws Exception {
        house.close();
        opened.closing().close();
    }

    @Test
    void children_are_found_by_their_parent_and_by_what_they_are() {
        EventId parent = house.say(ALICE, room, "parent");
        EventId edit = relate(ALICE, Relation.REPLACE, parent);
        EventId reply = relate(BOB, Relation.THREAD, parent);
        house.say(BOB, room, "unrelated");

        assertEquals(List.of(reply, edit), children(parent, any()));
        assertEquals(List.of(edit), children(parent, Wanted.of(Relation.REPLACE, Set.of())));
        assertEquals(List.of(edit), children(parent, Wanted.of(Relation.REPLACE, Set.of(BOB))));
        assertEquals(List.of(), children(parent, Wanted.of(Relation.THREAD, Set.of(BOB))));
        assertEquals(List.of(), children(parent, event("m.sticker")));
    }

    @Test
    void a_parent_need_not_be_known_and_another_room_has_no_part_in_it() {
        EventId parent = new EventId("$" + "A".repeat(43));
        EventId child = relate(ALICE, Relation.REFERENCE, parent);
        RoomRef other = house.openRoom(RoomVersion.V11);

        assertEquals(List.of(child), children(parent, any()));
        assertEquals(
                List.of(),
                index.children(other, parent, any(), EVERYTHING, Direction.BACKWARDS, 10));
    }

    @Test
    void pages_go_both_ways_and_end_at_their_bounds() {
        EventId parent = house.say(ALICE, room, "parent");
        List<EventId> replies = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            replies.add(relate(ALICE, Relation.THREAD, parent));
        }
        long second = event(replies.get(1)).ordinal();
        long last = event(replies.get(4)).ordinal();

        List<Long> later =
                index.children(room, parent, any(), new Range(second, last), Direction.FORWARDS, 2);
        List<Long> earlier =
                index.children(
                        room, parent, any(), new Range(second, last - 1), Direction.BACKWARDS, 9);

        assertEquals(replies.subList(2, 4), ids(later));
        assertEquals(replies.subList(2, 4).reversed(), ids(earlier));
    }

    @Test
    void a_deep_read_goes_three_relations_down_by_way_of_what_is_wanted() {
        EventId root = house.say(ALICE, room, "root");
        EventId reply = relate(ALICE, Relation.THREAD, root);
        EventId edit = relate(ALICE, Relation.REPLACE, reply);
        EventId reference = relate(BOB, Relation.REFERENCE, edit);
        relate(BOB, Relation.REFERENCE, reference);

        assertEquals(List.of(reference, edit, reply), children(root, deep(Optional.empty())));
        assertEquals(List.of(), children(root, deep(Optional.of(Relation.REPLACE))));
        assertEquals(List.of(reply), children(root, deep(Optional.of(Relation.THREAD))));
    }

    @Test
    void groups_count_the_children_of_many_parents_at_once() {
        EventId first = house.say(ALICE, room, "first");
        EventId second = house.say(ALICE, room, "second");
        relate(ALICE, Relation.THREAD, first);
        EventId last = relate(BOB, Relation.THREAD, first);
        EventId edit = relate(ALICE, Relation.REPLACE, second);
        List<EventId> parents = List.of(first, second, last);
        List<String> types = List.of(Relation.THREAD, Relation.REPLACE, Relation.REFERENCE);

        List<Group> all = index.groups(room, parents, types, Long.MAX_VALUE, Set.of());
        List<Group> withoutBob = index.groups(room, parents, types, Long.MAX_VALUE, Set.of(BOB));
        List<Group> before =
                index.groups(room, parents, types, event(last).ordinal() - 1, Set.of());

        assertEquals(
                Set.of(
                        new Group(first, Relation.THREAD, 2, event(last).position()),
                        new Group(second, Relation.REPLACE, 1, event(edit).position())),
                Set.copyOf(all));
        assertEquals(2, withoutBob.size());
        assertEquals(1, thread(withoutBob).count());
        assertEquals(1, thread(before).count());
        assertEquals(1, before.size());
    }

    @Test
    void replacements_come_by_their_own_clock_and_from_the_sender_alone() {
        EventId original = house.say(ALICE, room, "original");
        EventId late = relateAt(ALICE, Relation.REPLACE, original, 3_000);
        EventId early = relateAt(ALICE, Relation.REPLACE, original, 2_000);
        relateAt(BOB, Relation.REPLACE, original, 4_000);

        List<Long> found = index.replacements(room, original, ALICE, MESSAGE, Long.MAX_VALUE, 10);

        assertEquals(List.of(late, early), ids(found));
        assertEquals(
                List.of(),
                index.replacements(room, original, ALICE, "m.sticker", Long.MAX_VALUE, 10));
    }

    @Test
    void an_annotation_is_known_by_sender_type_and_key_until_it_is_redacted() {
        EventId target = house.say(ALICE, room, "target");
        EventId reaction = send(BOB, "m.reaction", relation(Relation.ANNOTATION, target, "+"), 1);

        assertTrue(index.isAnnotated(room, target, BOB, "m.reaction", "+"));
        assertFalse(index.isAnnotated(room, target, BOB, "m.reaction", "-"));
        assertFalse(index.isAnnotated(room, target, BOB, "m.sticker", "+"));
        assertFalse(index.isAnnotated(room, target, ALICE, "m.reaction", "+"));

        redact(BOB, reaction);

        assertFalse(index.isAnnotated(room, target, BOB, "m.reaction", "+"));
        assertEquals(List.of(), children(target, any()));
    }

    @Test
    void threads_stand_in_the_order_of_their_latest_events() {
        EventId first = house.say(ALICE, room, "first");
        EventId second = house.say(ALICE, room, "second");
        EventId oldReply = relate(ALICE, Relation.THREAD, first);
        EventId other = relate(BOB, Relation.THREAD, second);
        EventId newReply = relate(ALICE, Relation.THREAD, first);

        assertEquals(List.of(newReply, other), ids(index.threads(room, Long.MAX_VALUE, 10)));
        assertEquals(List.of(other), ids(index.threads(room, event(newReply).position(), 10)));
        assertEquals(
                Set.of(second),
                index.withChildrenOf(room, List.of(first, second), Relation.THREAD, BOB));

        redact(ALICE, newReply);
        assertEquals(List.of(other, oldReply), ids(index.threads(room, Long.MAX_VALUE, 10)));

        redact(ALICE, oldReply);
        assertEquals(List.of(other), ids(index.threads(room, Long.MAX_VALUE, 10)));
    }

    private static Wanted any() {
        return new Wanted(Optional.empty(), Optional.empty(), Set.of(), false);
    }

    private static Wanted event(String type) {
        return new Wanted(Optional.empty(), Optional.of(type), Set.of(), false);
    }

    private static Wanted deep(Optional<String> relation) {
        return new Wanted(relation, Optional.empty(), Set.of(), true);
    }

    private static Group thread(List<Group> groups) {
        return groups.stream()
                .filter(group -> group.type().equals(Relation.THREAD))
                .findFirst()
                .orElseThrow();
    }

    private List<EventId> children(EventId parent, Wanted wanted) {
        return ids(index.children(room, parent, wanted, EVERYTHING, Direction.BACKWARDS, 10));
    }

    private List<EventId> ids(List<Long> positions) {
        return positions.stream()
                .map(position -> opened.events().events(List.of(position)).getFirst().id())
                .toList();
    }

    private StoredEvent event(EventId id) {
        return opened.events().event(id).orElseThrow();
    }

    private EventId relate(UserId sender, String type, EventId parent) {
        return relateAt(sender, type, parent, 1_000);
    }

    private EventId relateAt(UserId sender, String type, EventId parent, long ts) {
        return send(sender, MESSAGE, relation(type, parent, "k"), ts);
    }

    private static JsonObject relation(String type, EventId parent, String key) {
        JsonObject relation =
                JsonObject.of("rel_type", type).with("event_id", parent.value()).with("key", key);
        return JsonObject.of("body", "b").with("m.relates_to", relation);
    }

    private EventId send(UserId sender, String type, JsonObject content, long ts) {
        EventDraft draft =
                new EventDraft(sender, type, null, content, OptionalLong.of(ts), Optional.empty());
        return house.writer().send(room.id(), draft, Optional.empty());
    }

    private void redact(UserId sender, EventId target) {
        EventDraft draft = EventDraft.redaction(sender, target, JsonObject.EMPTY);
        house.writer().send(room.id(), draft, Optional.empty());
    }
}
