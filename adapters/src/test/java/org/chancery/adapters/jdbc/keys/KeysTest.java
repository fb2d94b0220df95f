package org.chancery.adapters.jdbc.keys;

import static org.chancery.adapters.jdbc.keys.E2eeHouse.ALICE;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.BOB;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.LAPTOP;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.PHONE;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.deviceKeys;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.json;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.signedKey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.chancery.adapters.jdbc.Database;
import org.chancery.homeserver.e2ee.KeyQueries;
import org.chancery.homeserver.kernel.Stream;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    @TempDir Path folder;
    private E2eeHouse house;

    @BeforeEach
    void open() {
        house = new E2eeHouse(database(), InstantSource.system());
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
    void an_upload_answers_how_many_keys_are_left_and_names_signed_curve25519_even_at_zero() {
        var none = house.upload(ALICE, PHONE, JsonObject.EMPTY);
        var one =
                house.upload(
                        ALICE,
                        PHONE,
                        JsonObject.of(
                                "one_time_keys",
                                JsonObject.of("signed_curve25519:A", signedKey("a"))
                                        .with("curve25519:B", "b")));

        assertEquals(json("{'signed_curve25519': 0}"), none);
        assertEquals(json("{'signed_curve25519': 1, 'curve25519': 1}"), one);
        assertEquals(one, house.counts.oneTimeKeyCounts(ALICE, PHONE));
    }

    @Test
    void the_same_one_time_key_twice_is_no_error_but_another_under_its_name_is() {
        house.uploadOneTimeKey(ALICE, PHONE, "A", "a");

        house.uploadOneTimeKey(ALICE, PHONE, "A", "a");
        var refused =
                assertThrows(
                        MatrixException.class,
                        () -> house.uploadOneTimeKey(ALICE, PHONE, "A", "other"));

        assertEquals("M_INVALID_PARAM", refused.error().errcode());
        assertEquals(json("{'signed_curve25519': 1}"), house.counts.oneTimeKeyCounts(ALICE, PHONE));
    }

    @Test
    void keys_are_claimed_in_the_order_of_upload_and_then_no_more() {
        house.uploadOneTimeKey(ALICE, PHONE, "2", "first");
        house.uploadOneTimeKey(ALICE, PHONE, "1", "second");

        var claimed = List.of(house.claim(ALICE, PHONE), house.claim(ALICE, PHONE));

        assertEquals(
                List.of(
                        JsonObject.of("signed_curve25519:2", signedKey("first")),
                        JsonObject.of("signed_curve25519:1", signedKey("second"))),
                claimed);
        assertEquals(JsonObject.EMPTY, house.claim(ALICE, PHONE));
    }

    @Test
    void a_claimed_key_does_not_come_back_when_its_upload_is_repeated() {
        house.uploadOneTimeKey(ALICE, PHONE, "A", "a");
        house.claim(ALICE, PHONE);

        house.uploadOneTimeKey(ALICE, PHONE, "A", "a");

        assertEquals(JsonObject.EMPTY, house.claim(ALICE, PHONE));
    }

    @Test
    void a_device_holds_a_thousand_one_time_keys_at_most() {
        var many = JsonObject.builder();
        for (int i = 0; i < 1_000; i++) {
            many.put("signed_curve25519:" + i, signedKey("key" + i));
        }
        house.upload(ALICE, PHONE, JsonObject.of("one_time_keys", many.build()));

        var refused =
                assertThrows(
                        MatrixException.class,
                        () -> house.uploadOneTimeKey(ALICE, PHONE, "more", "more"));

        assertEquals("M_TOO_LARGE", refused.error().errcode());
    }

    @Test
    void a_fallback_key_is_given_again_and_again_and_known_as_used() {
        var body =
                JsonObject.of(
                        "fallback_keys",
                        JsonObject.of(
                                "signed_curve25519:F", signedKey("f").with("fallback", true)));
        house.upload(ALICE, PHONE, body);
        var unused = house.counts.unusedFallbackKeyTypes(ALICE, PHONE);

        var claimed = List.of(house.claim(ALICE, PHONE), house.claim(ALICE, PHONE));

        assertEquals(List.of("signed_curve25519"), unused);
        assertEquals(claimed.getFirst(), claimed.getLast());
        assertTrue(claimed.getFirst().has("signed_curve25519:F"));
        assertEquals(List.of(), house.counts.unusedFallbackKeyTypes(ALICE, PHONE));
    }

    @Test
    void a_new_fallback_key_replaces_the_used_one_and_the_same_one_does_not() {
        var first =
                JsonObject.of(
                        "fallback_keys", JsonObject.of("signed_curve25519:F", signedKey("f")));
        house.upload(ALICE, PHONE, first);
        house.claim(ALICE, PHONE);

        house.upload(ALICE, PHONE, first);
        var afterTheSame = house.counts.unusedFallbackKeyTypes(ALICE, PHONE);
        house.upload(
                ALICE,
                PHONE,
                JsonObject.of(
                        "fallback_keys", JsonObject.of("signed_curve25519:G", signedKey("g"))));

        assertEquals(List.of(), afterTheSame);
        assertEquals(
                List.of("signed_curve25519"), house.counts.unusedFallbackKeyTypes(ALICE, PHONE));
        assertTrue(house.claim(ALICE, PHONE).has("signed_curve25519:G"));
    }

    @Test
    void device_keys_are_shown_with_the_name_of_the_device_and_without_strangers_signatures() {
        var signatures =
                json(
                        """
                        {'@alice:example.org': {'ed25519:PHONE': 'hers'},
                         '@carol:example.org': {'ed25519:X': 'not hers'},
                         '@bob:example.org': {'ed25519:Y': 'of the asker'}}
                        """);
        house.upload(
                ALICE,
                PHONE,
                JsonObject.of(
                        "device_keys",
                        deviceKeys(ALICE, PHONE)
                                .with("signatures", signatures)
                                .with("unsigned", JsonObject.of("forged", "yes"))));

        var answer = house.queries.query(BOB, Map.of(ALICE, Set.of(), BOB, Set.of()));

        var shown =
                answer.object("device_keys").orElseThrow().object(ALICE.toString()).orElseThrow();
        assertEquals(
                deviceKeys(ALICE, PHONE)
                        .with("signatures", signatures.without("@carol:example.org"))
                        .with("unsigned", JsonObject.of("device_display_name", "Alice's phone")),
                shown.object("PHONE").orElseThrow());
        assertEquals(
                JsonObject.EMPTY,
                answer.object("device_keys").orElseThrow().object(BOB.toString()).orElseThrow());
    }

    @Test
    void a_query_for_some_devices_shows_no_others_and_a_server_out_of_reach_is_a_failure() {
        house.devices.with(ALICE, LAPTOP, "");
        house.upload(ALICE, PHONE, JsonObject.of("device_keys", deviceKeys(ALICE, PHONE)));
        house.upload(ALICE, LAPTOP, JsonObject.of("device_keys", deviceKeys(ALICE, LAPTOP)));
        var asked =
                KeyQueries.parse(
                        json(
                                """
                                {'device_keys': {'@alice:example.org': ['LAPTOP'],
                                                 '@eve:elsewhere.org': []}}
                                """));

        var answer = house.queries.query(BOB, asked);

        var devices = answer.object("device_keys").orElseThrow();
        assertEquals(List.of("@alice:example.org"), devices.names());
        assertEquals(List.of("LAPTOP"), devices.object("@alice:example.org").orElseThrow().names());
        assertTrue(answer.object("failures").orElseThrow().has("elsewhere.org"));
    }

    @Test
    void device_keys_of_another_device_or_with_foreign_key_names_are_refused() {
        var ofBob = JsonObject.of("device_keys", deviceKeys(BOB, LAPTOP));
        var misnamed =
                JsonObject.of(
                        "device_keys",
                        deviceKeys(ALICE, PHONE).with("keys", json("{'ed25519:LAPTOP': 'x'}")));
        var incomplete =
                JsonObject.of(
                        "device_keys",
                        json("{'user_id': '@alice:example.org', 'device_id':'PHONE'}"));

        assertEquals("M_INVALID_PARAM", refusal(ofBob));
        assertEquals("M_INVALID_PARAM", refusal(misnamed));
        assertEquals("M_BAD_JSON", refusal(incomplete));
    }

    private String refusal(JsonObject body) {
        return assertThrows(MatrixException.class, () -> house.upload(ALICE, PHONE, body))
                .error()
                .errcode();
    }

    @Test
    void new_device_keys_are_news_for_the_user_and_for_whoever_shares_a_room() throws Exception {
        house.peers.put(ALICE, Set.of(BOB));
        long before = house.journal.durable();
        try (var alice = house.wakeups.bell(ALICE);
                var bob = house.wakeups.bell(BOB)) {
            house.upload(ALICE, PHONE, JsonObject.of("device_keys", deviceKeys(ALICE, PHONE)));

            assertTrue(alice.await(Duration.ofSeconds(10)));
            assertTrue(bob.await(Duration.ofSeconds(10)));
        }
        var changes = house.wakeups.since(BOB, before).orElseThrow();
        assertTrue(changes.touched(Stream.DEVICE_LISTS));
        assertEquals(Set.of(ALICE), house.lists.changed(before, house.journal.durable()));
    }

    @Test
    void the_same_device_keys_once_more_are_no_news() {
        var body = JsonObject.of("device_keys", deviceKeys(ALICE, PHONE));
        house.upload(ALICE, PHONE, body);
        long before = house.journal.durable();

        house.upload(ALICE, PHONE, body);

        assertEquals(Set.of(), house.lists.changed(before, house.journal.durable()));
    }

    @Test
    void a_device_that_is_gone_leaves_no_keys_and_its_counts_start_anew() {
        house.upload(ALICE, PHONE, JsonObject.of("device_keys", deviceKeys(ALICE, PHONE)));
        house.uploadOneTimeKey(ALICE, PHONE, "A", "a");
        house.counts.oneTimeKeyCounts(ALICE, PHONE);
        long before = house.journal.durable();

        house.logOut(ALICE, PHONE);

        assertEquals(json("{'signed_curve25519': 0}"), house.counts.oneTimeKeyCounts(ALICE, PHONE));
        assertEquals(JsonObject.EMPTY, house.claim(ALICE, PHONE));
        assertEquals(Map.of(), house.keyStore.deviceKeys(List.of(ALICE)));
        assertEquals(Set.of(ALICE), house.lists.changed(before, house.journal.durable()));
        assertEquals(
                "M_UNKNOWN_DEVICE",
                refusal(JsonObject.of("device_keys", deviceKeys(ALICE, PHONE))));
    }

    @Test
    void a_query_names_more_users_than_fit_one_statement() {
        house.upload(ALICE, PHONE, JsonObject.of("device_keys", deviceKeys(ALICE, PHONE)));
        Map<UserId, Set<DeviceId>> asked = new HashMap<>();
        for (int i = 0; i < 700; i++) {
            asked.put(UserId.parse("@user" + i + ":example.org"), Set.of());
        }
        asked.put(ALICE, Set.of());

        var devices = house.queries.query(BOB, asked).object("device_keys").orElseThrow();

        assertEquals(701, devices.size());
        assertFalse(devices.object(ALICE.toString()).orElseThrow().isEmpty());
    }

    @Test
    void claims_from_many_threads_never_hand_out_one_key_twice() throws Exception {
        int threads = 16;
        int keys = 400;
        var body = JsonObject.builder();
        for (int i = 0; i < keys; i++) {
            body.put("signed_curve25519:" + i, signedKey("key" + i));
        }
        house.upload(ALICE, PHONE, JsonObject.of("one_time_keys", body.build()));
        List<Callable<List<String>>> claimers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            claimers.add(this::claimUntilNoneIsLeft);
        }

        List<String> claimed = new ArrayList<>();
        try (var executor = Executors.newFixedThreadPool(threads)) {
            for (Future<List<String>> each : executor.invokeAll(claimers)) {
                claimed.addAll(each.get());
            }
        }

        assertEquals(keys, claimed.size());
        assertEquals(keys, Set.copyOf(claimed).size());
    }

    /// Uploads what it was given once more on the way: a repeated upload must not revive a key.
    private List<String> claimUntilNoneIsLeft() {
        List<String> claimed = new ArrayList<>();
        for (var key = house.claim(ALICE, PHONE); !key.isEmpty(); key = house.claim(ALICE, PHONE)) {
            claimed.add(key.names().getFirst());
            house.upload(ALICE, PHONE, JsonObject.of("one_time_keys", key));
        }
        return claimed;
    }
}
