package org.chancery.adapters.jdbc.recordrooms;

import static org.chancery.adapters.jdbc.recordrooms.RecordHouse.ALICE;
import static org.chancery.adapters.jdbc.recordrooms.RecordHouse.BOB;
import static org.chancery.adapters.jdbc.recordrooms.RecordHouse.CAROL;
import static org.chancery.adapters.jdbc.recordrooms.RecordHouse.SERVER;
import static org.chancery.adapters.jdbc.recordrooms.RecordHouse.wish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.chancery.adapters.jdbc.Database;
import org.chancery.archive.entry.BindingEntry;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.stock.Quarter;
import org.chancery.archive.stock.Spare;
import org.chancery.governance.rooms.DeviceTerm;
import org.chancery.governance.rooms.DeviceTerm.Cause;
import org.chancery.governance.rooms.RecordRoom;
import org.chancery.governance.rooms.RoomClass;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomAlias;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Record rooms over an engine.
abstract class RecordRoomContract {
    private static final Ceremony CEREMONY = Ceremony.held(SERVER);
    private static final Duration QUARTER = Duration.ofDays(92);
    private static final int STATEMENTS_MAX = 100;

    private RecordHouse house;

    /// The same database each time.
    abstract Database database();

    @BeforeEach
    void open() {
        house = new RecordHouse(database());
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void a_room_is_made_with_its_archive_joined_and_published() {
        CEREMONY.takenBy(house.stocks);

        RoomId made = house.maker.make(wish(BOB));

        RecordRoom room = house.rooms.find(made).orElseThrow();
        assertEquals(Set.of(house.rooms.service(), room.archive(), ALICE), users(made, "join"));
        assertEquals(Set.of(BOB), users(made, "invite"));
        assertEquals("12", ref(made).version().id());
        assertEquals(Ceremony.FIRST, room.slot());
        assertEquals(Set.of(room.device()), published(room.archive()));
        assertEquals(
                List.of("signed_curve25519"),
                house.oneTimeKeys.unusedFallbackKeyTypes(room.archive(), room.device()));
        assertEquals(
                room.archive(),
                house.stocks.bound(made).map(it -> it.identity().user()).orElseThrow());
        BindingEntry leaf = (BindingEntry) LogEntry.parse(house.leaves.getLast());
        assertEquals(made, leaf.room());
    }

    @Test
    void without_stock_nothing_is_made_and_one_is_told_why() {
        MatrixException refusal =
                assertThrows(MatrixException.class, () -> house.maker.make(wish()));

        assertEquals("M_FORBIDDEN", refusal.error().errcode());
        assertTrue(refusal.error().message().contains("stock"), refusal.error().message());
        assertTrue(house.rooms.all().isEmpty());
    }

    @Test
    void a_making_that_is_killed_at_whatever_statement_leaves_nothing() {
        CEREMONY.takenBy(house.stocks);
        long left = house.stocks.levels().getFirst().left();
        int survived = 0;
        boolean made = false;
        while (!made) {
            house.killed.after(survived);
            try {
                house.maker.make(wish(BOB));
                made = true;
            } catch (Killed.Kill kill) {
                survived++;
                assertTrue(house.rooms.all().isEmpty(), "in memory after " + survived);
                close();
                open();
                assertTrue(house.rooms.all().isEmpty(), "kept after " + survived);
                assertEquals(left, house.stocks.levels().getFirst().left());
                assertEquals(List.of(), house.log.states().rooms(ALICE, house.journal.durable()));
            }
            assertTrue(survived < STATEMENTS_MAX);
        }

        assertTrue(survived >= 8, "so many statements of the making: " + survived);
        assertEquals(left - 1, house.stocks.levels().getFirst().left());
    }

    @Test
    void each_room_has_an_archive_of_its_own_until_the_stock_is_used_up() {
        CEREMONY.takenBy(house.stocks);
        long left = house.stocks.levels().getFirst().left();
        Set<UserId> archives = new HashSet<>();

        for (int i = 0; i < left; i++) {
            RoomId made = house.maker.make(wish());
            archives.add(house.rooms.find(made).orElseThrow().archive());
        }

        assertEquals(left, archives.size());
        assertThrows(MatrixException.class, () -> house.maker.make(wish()));
    }

    @Test
    void an_identity_whose_name_somebody_has_taken_is_not_given_out() {
        CEREMONY.takenBy(house.stocks);
        UserId next = house.stocks.next(_ -> true).orElseThrow().user();
        house.journal.commit(
                Changes.of(
                        tx -> {
                            house.sessions.insertDevice(tx, next, new DeviceId("MINE"), null, 1);
                            return true;
                        }));

        assertThrows(MatrixException.class, () -> house.maker.make(wish()));
        assertTrue(house.rooms.all().isEmpty());
    }

    @Test
    void only_what_is_encrypted_and_what_is_listed_enters() {
        RoomId room = made(BOB);

        house.sayEncrypted(ALICE, room);
        house.say(ALICE, room, "m.reaction", Map.of());
        String reason =
                denied(() -> house.say(ALICE, room, "m.room.message", Map.of("body", "in clear")));
        denied(() -> house.say(ALICE, room, "org.example.note", Map.of("body", "in clear")));
        denied(() -> house.say(ALICE, room, "m.reaction", Map.of("body", "x".repeat(2_000))));
        denied(
                () ->
                        house.say(
                                ALICE,
                                room,
                                "m.room.encrypted",
                                Map.of("algorithm", "m.olm.v1.curve25519-aes-sha2")));

        assertTrue(reason.contains("encrypted"), reason);
    }

    @Test
    void a_chat_takes_what_it_took_and_cannot_call_itself_a_record_room() {
        RoomId chat = house.chat();

        house.say(ALICE, chat, "m.room.message", Map.of("body", "in clear"));

        denied(() -> state(ALICE, chat, RoomClass.STATE, RoomClass.WORK.content()));
    }

    @Test
    void no_member_reaches_the_archive_or_how_the_room_is_kept() {
        RoomId room = made(BOB);
        house.memberships.join(BOB, room, JsonObject.EMPTY);
        UserId archive = house.rooms.find(room).orElseThrow().archive();
        UserId service = house.rooms.service();

        for (UserId user : List.of(ALICE, BOB)) {
            for (UserId target : List.of(archive, service)) {
                denied(() -> house.memberships.kick(user, target, room, JsonObject.EMPTY));
                denied(() -> house.memberships.ban(user, target, room, JsonObject.EMPTY));
            }
            for (String type :
                    List.of(
                            RoomClass.STATE.type(),
                            "m.room.encryption",
                            "m.room.power_levels",
                            "m.room.history_visibility",
                            "m.room.join_rules",
                            "m.room.tombstone",
                            "io.element.functional_members")) {
                denied(() -> state(user, room, new StateKey(type, ""), JsonObject.EMPTY));
            }
        }
        denied(() -> house.memberships.leave(archive, room, JsonObject.EMPTY));
        denied(() -> house.sayEncrypted(archive, room));
        state(ALICE, room, new StateKey("m.room.name", ""), JsonObject.of("name", "The case"));
        house.memberships.invite(BOB, CAROL, room, JsonObject.EMPTY);
        house.memberships.kick(ALICE, BOB, room, JsonObject.EMPTY);
        assertEquals(Set.of(service, archive, ALICE), users(room, "join"));
    }

    @Test
    void what_the_service_set_cannot_be_redacted() {
        RoomId room = made();
        var encryption =
                house.log
                        .states()
                        .current(ref(room), new StateKey("m.room.encryption", ""))
                        .orElseThrow()
                        .event()
                        .id();

        denied(
                () ->
                        house.writer.send(
                                room,
                                EventDraft.redaction(ALICE, encryption, JsonObject.EMPTY),
                                Optional.empty()));
    }

    @Test
    void a_record_room_is_one_after_a_restart() {
        RoomId room = made();
        RecordRoom before = house.rooms.find(room).orElseThrow();
        close();

        open();

        assertEquals(Optional.of(before), house.rooms.find(room));
        assertEquals(Optional.of(before), house.rooms.ofArchive(before.archive()));
        denied(() -> house.say(ALICE, room, "m.room.message", Map.of("body", "in clear")));
    }

    @Test
    void a_quarter_brings_the_next_device_once() {
        RoomId id = made();
        RecordRoom first = house.rooms.find(id).orElseThrow();
        assertEquals(0, house.rotation.run());
        long before = house.journal.durable();
        house.clock.pass(QUARTER);

        assertEquals(1, house.rotation.run());
        assertEquals(0, house.rotation.run());

        RecordRoom second = house.rooms.find(id).orElseThrow();
        assertEquals(new Quarter(2027, 1), second.slot());
        assertEquals(Set.of(second.device()), published(first.archive()));
        assertEquals(
                Set.of(first.archive()), house.listStore.changed(before, house.journal.durable()));
        List<DeviceTerm> terms = house.rooms.devices(first.archive());
        assertEquals(List.of(first.device(), second.device()), devices(terms));
        assertFalse(terms.getFirst().until().isEmpty());
        assertTrue(
                house.sessions.device(first.archive(), first.device()).isPresent(),
                "the inbox of the first stays open");
        assertEquals(
                List.of("signed_curve25519"),
                house.oneTimeKeys.unusedFallbackKeyTypes(first.archive(), first.device()));
    }

    @Test
    void an_opening_takes_a_spare_and_an_opened_device_never_comes_again() {
        RoomId id = made();
        RecordRoom first = house.rooms.find(id).orElseThrow();

        RecordRoom second = house.rotation.rotate(id, Cause.OPENING);
        MatrixException none =
                assertThrows(
                        MatrixException.class, () -> house.rotation.rotate(id, Cause.EXPOSURE));
        house.clock.pass(QUARTER);
        house.rotation.run();

        assertEquals(new Spare(1), second.slot());
        assertEquals(Ceremony.FIRST, second.period());
        assertEquals("M_INVALID_ROOM_STATE", none.error().errcode());
        RecordRoom third = house.rooms.find(id).orElseThrow();
        assertEquals(new Quarter(2027, 1), third.slot());
        assertEquals(
                List.of(Cause.MAKING, Cause.OPENING, Cause.PERIOD),
                house.rooms.devices(first.archive()).stream().map(DeviceTerm::cause).toList());
    }

    @Test
    void of_two_who_replace_the_same_device_at_once_one_spends_another() {
        RoomId id = made();
        RecordRoom first = house.rooms.find(id).orElseThrow();

        List<RecordRoom> rotated =
                IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(_ -> house.rotation.rotate(id, first.device(), Cause.OPENING))
                        .toList();

        assertEquals(1, rotated.stream().map(RecordRoom::device).distinct().count());
        assertEquals(
                List.of(Cause.MAKING, Cause.OPENING),
                house.rooms.devices(first.archive()).stream().map(DeviceTerm::cause).toList());
    }

    @Test
    void a_rotation_that_is_killed_at_whatever_statement_is_done_whole_the_next_time() {
        RoomId id = made();
        house.clock.pass(QUARTER);
        int survived = 0;
        boolean rotated = false;
        while (!rotated) {
            house.killed.after(survived);
            try {
                house.rotation.run();
                rotated = true;
            } catch (Killed.Kill kill) {
                survived++;
                close();
                open();
                house.clock.pass(QUARTER);
                assertEquals(Ceremony.FIRST, house.rooms.find(id).orElseThrow().slot());
            }
            assertTrue(survived < STATEMENTS_MAX);
        }

        RecordRoom room = house.rooms.find(id).orElseThrow();
        assertTrue(survived >= 5, "so many statements of a rotation: " + survived);
        assertEquals(new Quarter(2027, 1), room.slot());
        assertEquals(Set.of(room.device()), published(room.archive()));
        assertEquals(2, house.rooms.devices(room.archive()).size());
    }

    @Test
    void the_desk_is_warned_before_devices_end_and_the_last_one_stays() {
        RoomId id = made();
        assertEquals(1, house.rotation.outlook().ending(), "the next quarter is the last");
        house.rotation.rotate(id, Cause.OPENING);
        house.clock.pass(QUARTER.multipliedBy(2));

        assertEquals(0, house.rotation.run());

        assertEquals(1, house.rotation.outlook().overdue());
        assertEquals(new Spare(1), house.rooms.find(id).orElseThrow().slot());
    }

    @Test
    void a_chat_is_replaced_with_its_name_its_alias_and_its_members() {
        CEREMONY.takenBy(house.stocks);
        RoomId chat = house.chat();

        RoomId made = house.replacement.replace(ALICE, chat, RoomClass.WORK);

        assertTrue(house.rooms.isRecordRoom(made));
        assertEquals(Set.of(BOB), users(made, "invite"));
        assertEquals(
                Optional.of(chat.value()),
                content(made, StateKey.CREATE)
                        .object("predecessor")
                        .flatMap(it -> it.string("room_id")));
        assertEquals(
                Optional.of("The case"),
                content(made, new StateKey("m.room.name", "")).string("name"));
        assertEquals(
                Optional.of(made.value()),
                content(chat, new StateKey("m.room.tombstone", "")).string("replacement_room"));
        assertEquals(
                Optional.of(made),
                house.directory.find(RoomAlias.parse("#the-case:house.example")));
        assertThrows(
                MatrixException.class,
                () -> house.replacement.replace(ALICE, chat, RoomClass.WORK));
        assertThrows(
                MatrixException.class,
                () -> house.replacement.replace(ALICE, made, RoomClass.WORK));
    }

    @Test
    void a_record_room_whose_devices_are_used_up_is_replaced_and_closed_for_all() {
        RoomId old = made(BOB);
        house.memberships.join(BOB, old, JsonObject.EMPTY);
        house.rotation.rotate(old, Cause.OPENING);
        assertEquals(1, house.rotation.outlook().scarce(), "none is left");
        denied(() -> house.replacement.replace(BOB, old, RoomClass.WORK));

        RoomId made = house.replacement.replace(ALICE, old, RoomClass.WORK);

        assertTrue(house.rooms.isRecordRoom(made));
        assertEquals(Set.of(BOB), users(made, "invite"));
        assertEquals(
                Optional.of(made.value()),
                content(old, new StateKey("m.room.tombstone", "")).string("replacement_room"));
        for (UserId user : List.of(ALICE, BOB)) {
            denied(() -> house.sayEncrypted(user, old));
        }
        house.sayEncrypted(ALICE, made);
        house.rotation.run();
        assertEquals(1, house.rotation.outlook().scarce(), "the new room has one spare");
        assertThrows(
                MatrixException.class,
                () -> house.replacement.replace(ALICE, made, RoomClass.WORK));
    }

    @Test
    void who_keeps_order_says_who_else_does_and_nothing_else_of_the_levels() {
        RoomId room = made(BOB);
        house.memberships.join(BOB, room, JsonObject.EMPTY);
        UserId archive = house.rooms.find(room).orElseThrow().archive();
        JsonObject levels = content(room, StateKey.POWER_LEVELS);
        JsonObject users = levels.object("users").orElseThrow();

        for (JsonObject wrong :
                List.of(
                        levels.with("kick", 0),
                        levels.with("redact", 50),
                        levels.with("state_default", 50),
                        levels.with("users_default", 50),
                        levels.with("events", JsonObject.EMPTY),
                        levels.without("ban"),
                        levels.with("users", users.without(archive.toString())),
                        levels.with("users", users.with(archive.toString(), 0)),
                        levels.with("users", users.with(BOB.toString(), 51)),
                        levels.with("users", users.with(BOB.toString(), 100)))) {
            denied(() -> state(ALICE, room, StateKey.POWER_LEVELS, wrong));
        }
        JsonObject both = levels.with("users", users.with(BOB.toString(), 50));
        denied(() -> state(BOB, room, StateKey.POWER_LEVELS, both));
        state(ALICE, room, StateKey.POWER_LEVELS, both);

        denied(
                () ->
                        state(
                                BOB,
                                room,
                                StateKey.POWER_LEVELS,
                                levels.with("users", users).with("kick", 0)));
        state(BOB, room, new StateKey("m.room.name", ""), JsonObject.of("name", "Bob's"));
        denied(() -> house.memberships.kick(BOB, archive, room, JsonObject.EMPTY));
        state(BOB, room, StateKey.POWER_LEVELS, levels);
        denied(() -> state(BOB, room, new StateKey("m.room.name", ""), JsonObject.EMPTY));
    }

    @Test
    void who_may_not_close_a_chat_cannot_have_it_replaced() {
        CEREMONY.takenBy(house.stocks);
        RoomId chat = house.chat();

        denied(() -> house.replacement.replace(BOB, chat, RoomClass.WORK));
        denied(() -> house.replacement.replace(CAROL, chat, RoomClass.WORK));

        assertTrue(house.rooms.all().isEmpty());
    }

    @Test
    void a_replacement_that_is_killed_at_whatever_statement_ends_with_one_new_room() {
        CEREMONY.takenBy(house.stocks);
        RoomId chat = house.chat();
        int survived = 0;
        boolean replaced = false;
        while (!replaced) {
            house.killed.after(survived);
            try {
                house.replacement.replace(ALICE, chat, RoomClass.WORK);
                replaced = true;
            } catch (Killed.Kill kill) {
                survived++;
                close();
                open();
                house.replacement.resume();
                replaced = !house.rooms.all().isEmpty();
            }
            assertTrue(survived < STATEMENTS_MAX);
        }

        assertEquals(1, house.rooms.all().size());
        RoomId made = house.rooms.all().iterator().next().room();
        assertEquals(
                Optional.of(made.value()),
                content(chat, new StateKey("m.room.tombstone", "")).string("replacement_room"));
        assertEquals(List.of(), house.store.closings(10));
    }

    private RoomId made(UserId... invited) {
        CEREMONY.takenBy(house.stocks);
        return house.maker.make(wish(invited));
    }

    private void state(UserId user, RoomId room, StateKey key, JsonObject content) {
        house.writer.send(room, EventDraft.state(user, key, content), Optional.empty());
    }

    private static String denied(Runnable act) {
        MatrixException refusal = assertThrows(MatrixException.class, act::run);
        assertEquals("M_FORBIDDEN", refusal.error().errcode());
        return refusal.error().message();
    }

    private RoomRef ref(RoomId room) {
        return house.log.events().room(room).orElseThrow();
    }

    private JsonObject content(RoomId room, StateKey key) {
        long position = house.log.states().current(ref(room), key).orElseThrow().event().position();
        return house.log.events().events(List.of(position)).getFirst().content();
    }

    private Set<UserId> users(RoomId room, String membership) {
        return Set.copyOf(
                house.log.states().members(ref(room), Optional.of(membership)).stream()
                        .map(RoomMembership::user)
                        .toList());
    }

    private Set<DeviceId> published(UserId user) {
        return house.keys.deviceKeys(List.of(user)).getOrDefault(user, Map.of()).keySet();
    }

    private static List<DeviceId> devices(List<DeviceTerm> terms) {
        return terms.stream().map(DeviceTerm::device).toList();
    }
}
