package org.chancery.adapters.jdbc.keys;

import static org.chancery.adapters.jdbc.keys.E2eeHouse.ALICE;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.BOB;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.people.JdbcAccountDataStore;
import org.chancery.adapters.jdbc.people.JdbcFilterStore;
import org.chancery.homeserver.accountdata.AccountData;
import org.chancery.homeserver.accountdata.AccountDatum;
import org.chancery.homeserver.accountdata.ClientData;
import org.chancery.homeserver.accountdata.StoredFilters;
import org.chancery.homeserver.accountdata.Tags;
import org.chancery.homeserver.kernel.Stream;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class AccountDataTest {
    private static final RoomId ROOM = RoomId.parse("!room:example.org");
    private static final Optional<RoomId> GLOBAL = Optional.empty();

    @TempDir Path folder;
    private E2eeHouse house;
    private AccountData data;

    @BeforeEach
    void open() {
        house = new E2eeHouse(database(), InstantSource.system());
        data = new AccountData(house.journal, new JdbcAccountDataStore(house.database));
    }

    /// The store of this test, empty.
    Database database() {
        return Database.sqlite(folder.resolve("e2ee.db"));
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void the_last_value_of_a_type_is_kept_for_the_user_and_for_each_room_apart() {
        data.set(ALICE, GLOBAL, "m.test", json("{'n': 1}"));
        data.get(ALICE, GLOBAL, "m.test");
        data.set(ALICE, GLOBAL, "m.test", json("{'n': 2}"));
        data.set(ALICE, Optional.of(ROOM), "m.test", json("{'n': 3}"));

        assertEquals(Optional.of(json("{'n': 2}")), data.get(ALICE, GLOBAL, "m.test"));
        assertEquals(Optional.of(json("{'n': 3}")), data.get(ALICE, Optional.of(ROOM), "m.test"));
        assertEquals(Optional.empty(), data.get(BOB, GLOBAL, "m.test"));
    }

    @Test
    void changes_are_told_in_order_within_bounds() {
        data.set(ALICE, GLOBAL, "a", json("{'n': 1}"));
        long first = house.journal.durable();
        data.set(ALICE, Optional.of(ROOM), "b", json("{'n': 2}"));
        data.set(ALICE, GLOBAL, "c", json("{'n': 3}"));
        long last = house.journal.durable();

        assertEquals(
                List.of(
                        new AccountDatum(Optional.of(ROOM), "b", json("{'n': 2}"), last - 1),
                        new AccountDatum(GLOBAL, "c", json("{'n': 3}"), last)),
                data.changed(ALICE, first, last));
        assertEquals(1, data.all(ALICE, first).size());
        assertEquals(3, data.all(ALICE, last).size());
    }

    @Test
    void a_new_value_wakes_its_user() throws Exception {
        try (var bell = house.wakeups.bell(ALICE)) {
            long before = house.journal.durable();

            data.set(ALICE, Optional.of(ROOM), "m.test", JsonObject.EMPTY);

            assertTrue(bell.await(Duration.ofSeconds(10)));
            var changes = house.wakeups.since(ALICE, before).orElseThrow();
            assertEquals(Set.of(ROOM), changes.rooms(Stream.ROOM_ACCOUNT_DATA));
            assertFalse(changes.touched(Stream.ACCOUNT_DATA));
        }
    }

    @Test
    void what_belongs_to_the_server_can_be_read_by_clients_but_not_written() {
        var clients = new ClientData(data);
        data.set(ALICE, GLOBAL, "m.push_rules", json("{'global': {}}"));

        assertEquals(json("{'global': {}}"), clients.get(ALICE, GLOBAL, "m.push_rules"));
        assertEquals(
                "M_BAD_JSON",
                refusal(() -> clients.set(ALICE, GLOBAL, "m.push_rules", JsonObject.EMPTY)));
        assertEquals(
                "M_BAD_JSON",
                refusal(
                        () ->
                                clients.set(
                                        ALICE,
                                        Optional.of(ROOM),
                                        "m.fully_read",
                                        JsonObject.EMPTY)));
        assertEquals("M_NOT_FOUND", refusal(() -> clients.get(ALICE, GLOBAL, "m.none")));
    }

    @Test
    void a_value_of_too_many_bytes_is_refused() {
        var large = JsonObject.of("a", "x".repeat(512 * 1024));

        assertEquals("M_TOO_LARGE", refusal(() -> data.set(ALICE, GLOBAL, "m.test", large)));
        assertEquals(
                "M_INVALID_PARAM",
                refusal(() -> data.set(ALICE, GLOBAL, "x".repeat(256), JsonObject.EMPTY)));
    }

    @Test
    void updates_from_many_threads_lose_nothing() throws Exception {
        List<Callable<JsonObject>> updates = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            String name = "n" + i;
            updates.add(
                    () -> data.update(ALICE, GLOBAL, "m.test", content -> content.with(name, 1)));
        }

        try (var executor = Executors.newFixedThreadPool(8)) {
            for (var each : executor.invokeAll(updates)) {
                each.get();
            }
        }

        assertEquals(64, data.get(ALICE, GLOBAL, "m.test").orElseThrow().size());
    }

    @Test
    void tags_are_put_and_taken_one_by_one() {
        var tags = new Tags(data);
        tags.put(ALICE, ROOM, "u.work", json("{'order': 0.5}"));
        tags.put(ALICE, ROOM, "m.favourite", JsonObject.EMPTY);

        tags.delete(ALICE, ROOM, "m.favourite");
        tags.delete(ALICE, ROOM, "u.none");

        assertEquals(json("{'tags': {'u.work': {'order': 0.5}}}"), tags.get(ALICE, ROOM));
        assertEquals(
                Optional.of(json("{'tags': {'u.work': {'order': 0.5}}}")),
                data.get(ALICE, Optional.of(ROOM), "m.tag"));
        assertEquals(json("{'tags': {}}"), tags.get(BOB, ROOM));
        assertEquals(
                "M_INVALID_PARAM",
                refusal(() -> tags.put(ALICE, ROOM, "x".repeat(256), JsonObject.EMPTY)));
        assertEquals(
                "M_BAD_JSON",
                refusal(() -> tags.put(ALICE, ROOM, "u.work", json("{'order': 'first'}"))));
    }

    @Test
    void the_same_filter_has_the_same_identifier_and_another_has_another() {
        var filters = new StoredFilters(house.journal, new JdbcFilterStore(house.database));
        var ten = json("{'room': {'timeline': {'limit': 10}}}");

        String id = filters.define(ALICE, ten);

        assertEquals(id, filters.define(ALICE, json("{'room':{'timeline':{'limit':10}}}")));
        assertFalse(id.equals(filters.define(ALICE, JsonObject.EMPTY)));
        assertFalse(id.startsWith("{"));
        assertEquals(ten, filters.definition(ALICE, id));
        assertEquals(10, filters.filter(ALICE, id).room().timeline().limit(20, 100));
        assertEquals("M_NOT_FOUND", refusal(() -> filters.definition(BOB, id)));
        assertEquals("M_BAD_JSON", refusal(() -> filters.define(ALICE, json("{'room': 'all'}"))));
    }

    @Test
    void who_gives_up_the_account_leaves_no_data_and_no_filters() {
        var filters = new StoredFilters(house.journal, new JdbcFilterStore(house.database));
        data.set(ALICE, GLOBAL, "m.test", json("{'n': 1}"));
        data.set(ALICE, Optional.of(ROOM), "m.test", json("{'n': 2}"));
        data.set(BOB, GLOBAL, "m.test", json("{'n': 3}"));
        data.get(ALICE, GLOBAL, "m.test");
        String filter = filters.define(ALICE, JsonObject.EMPTY);

        data.forget(ALICE);
        filters.forget(ALICE);

        assertEquals(Optional.empty(), data.get(ALICE, GLOBAL, "m.test"));
        assertEquals(List.of(), data.all(ALICE, house.journal.durable()));
        assertEquals(1, data.all(BOB, house.journal.durable()).size());
        assertEquals("M_NOT_FOUND", refusal(() -> filters.definition(ALICE, filter)));
    }

    private static String refusal(Executable executable) {
        return assertThrows(MatrixException.class, executable).error().errcode();
    }
}
