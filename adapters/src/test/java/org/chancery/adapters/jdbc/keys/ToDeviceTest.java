package org.chancery.adapters.jdbc.keys;

import static org.chancery.adapters.jdbc.keys.E2eeHouse.ALICE;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.BOB;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.LAPTOP;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.PHONE;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.chancery.adapters.jdbc.Database;
import org.chancery.homeserver.e2ee.ToDevice.Sending;
import org.chancery.homeserver.e2ee.ToDeviceMessage;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToDeviceTest {
    private static final DeviceId TABLET = new DeviceId("TABLET");

    @TempDir Path folder;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private E2eeHouse house;

    @BeforeEach
    void open() {
        house = new E2eeHouse(database(), now::get);
        house.devices.with(BOB, TABLET, "");
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
    void a_message_waits_in_the_mailbox_of_the_device_that_is_named() {
        send("1", "{'@bob:example.org': {'LAPTOP': {'a': 1}}}");

        assertEquals(List.of("{\"a\":1}"), contents(BOB, LAPTOP));
        assertEquals(List.of(), contents(BOB, TABLET));
        var message = all(BOB, LAPTOP).getFirst();
        assertEquals(ALICE, message.sender());
        assertEquals("m.test", message.type());
        assertEquals(house.journal.durable(), message.position());
    }

    @Test
    void a_star_stands_for_all_devices_but_for_those_that_are_named() {
        send("1", "{'@bob:example.org': {'*': {'a': 'all'}, 'TABLET': {'a': 'one'}}}");

        assertEquals(List.of("{\"a\":\"all\"}"), contents(BOB, LAPTOP));
        assertEquals(List.of("{\"a\":\"one\"}"), contents(BOB, TABLET));
    }

    @Test
    void unknown_devices_and_users_elsewhere_are_passed_over() {
        send(
                "1",
                """
                {'@bob:example.org': {'NOPE': {}, 'LAPTOP': {}},
                 '@nobody:example.org': {'*': {}}, '@eve:elsewhere.org': {'X': {}}}
                """);

        assertEquals(1, all(BOB, LAPTOP).size());
    }

    @Test
    void the_same_transaction_once_more_sends_nothing_but_another_type_or_device_does() {
        house.devices.with(ALICE, LAPTOP, "");
        String messages = "{'@bob:example.org': {'LAPTOP': {}}}";
        send("1", messages);

        send("1", messages);
        int afterTheSame = all(BOB, LAPTOP).size();
        send(ALICE, PHONE, "m.other", "1", messages);
        send(ALICE, LAPTOP, "m.test", "1", messages);

        assertEquals(1, afterTheSame);
        assertEquals(3, all(BOB, LAPTOP).size());
    }

    @Test
    void a_transaction_is_forgotten_after_a_day() {
        String messages = "{'@bob:example.org': {'LAPTOP': {}}}";
        send("1", messages);
        now.set(now.get().plus(Duration.ofHours(25)));

        send("1", messages);

        assertEquals(2, all(BOB, LAPTOP).size());
    }

    @Test
    void what_was_delivered_is_deleted_and_the_rest_stays() {
        send("1", "{'@bob:example.org': {'LAPTOP': {'n': 1}}}");
        send("2", "{'@bob:example.org': {'LAPTOP': {'n': 2}}}");
        var first = all(BOB, LAPTOP).getFirst();

        house.inbox.delivered(BOB, LAPTOP, first.position());
        house.settle();

        assertEquals(List.of("{\"n\":2}"), contents(BOB, LAPTOP));
        assertEquals(List.of(), house.inbox.read(BOB, LAPTOP, 0, first.position(), 100));
    }

    @Test
    void a_read_is_bounded_by_positions_and_by_its_limit() {
        send("1", "{'@bob:example.org': {'LAPTOP': {'n': 1}}}");
        send("2", "{'@bob:example.org': {'LAPTOP': {'n': 2}}}");
        send("3", "{'@bob:example.org': {'LAPTOP': {'n': 3}}}");
        var messages = all(BOB, LAPTOP);

        var one = house.inbox.read(BOB, LAPTOP, messages.getFirst().position(), 100, 1);
        var upToTwo = house.inbox.read(BOB, LAPTOP, 0, messages.get(1).position(), 100);

        assertEquals(List.of(messages.get(1)), one);
        assertEquals(messages.subList(0, 2), upToTwo);
    }

    @Test
    void a_mailbox_that_was_seen_empty_still_gets_what_comes_later() {
        assertEquals(List.of(), all(BOB, LAPTOP));

        send("1", "{'@bob:example.org': {'LAPTOP': {}}}");

        assertEquals(1, all(BOB, LAPTOP).size());
    }

    @Test
    void a_device_that_comes_again_under_its_old_name_finds_an_empty_mailbox() {
        send("1", "{'@bob:example.org': {'LAPTOP': {}}}");

        house.logOut(BOB, LAPTOP);
        house.devices.with(BOB, LAPTOP, "");

        assertEquals(List.of(), all(BOB, LAPTOP));
    }

    @Test
    void a_message_beyond_64_kib_and_a_message_that_is_no_object_are_refused() {
        String large = "{'@bob:example.org': {'LAPTOP': {'a': '" + "x".repeat(65_536) + "'}}}";

        assertEquals("M_TOO_LARGE", refusal(large));
        assertEquals("M_BAD_JSON", refusal("{'@bob:example.org': {'LAPTOP': 1}}"));
    }

    private String refusal(String messages) {
        return assertThrows(MatrixException.class, () -> send("1", messages)).error().errcode();
    }

    private void send(String transaction, String messages) {
        send(ALICE, PHONE, "m.test", transaction, messages);
    }

    private void send(UserId user, DeviceId device, String type, String txn, String messages) {
        var body = JsonObject.of("messages", json(messages));
        house.toDevice.send(Sending.parse(user, device, type, txn, body));
    }

    private List<ToDeviceMessage> all(UserId user, DeviceId device) {
        return house.inbox.read(user, device, 0, house.journal.durable(), 100);
    }

    private List<String> contents(UserId user, DeviceId device) {
        return all(user, device).stream().map(each -> each.content().toString()).toList();
    }
}
