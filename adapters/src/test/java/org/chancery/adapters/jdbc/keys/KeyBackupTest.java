package org.chancery.adapters.jdbc.keys;

import static org.chancery.adapters.jdbc.keys.E2eeHouse.ALICE;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.BOB;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.chancery.adapters.jdbc.Database;
import org.chancery.homeserver.e2ee.BackedUpKey;
import org.chancery.homeserver.e2ee.KeyBackupStore.Part;
import org.chancery.homeserver.e2ee.KeyBackups;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyBackupTest {
    private static final RoomId ROOM = RoomId.parse("!room:example.org");
    private static final RoomId OTHER = RoomId.parse("!other:example.org");
    private static final JsonObject MADE =
            json("{'algorithm': 'm.megolm_backup.v1', 'auth_data': {'public_key': 'x'}}");

    @TempDir Path folder;
    private E2eeHouse house;
    private KeyBackups backups;

    @BeforeEach
    void open() {
        house = new E2eeHouse(database(), InstantSource.system());
        backups = new KeyBackups(house.journal, new JdbcKeyBackupStore(house.database));
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
    void a_new_version_is_the_latest_and_its_number_is_never_used_again() {
        backups.create(ALICE, MADE);
        String second = backups.create(ALICE, MADE);
        backups.delete(ALICE, second);

        String third = backups.create(ALICE, MADE);

        assertNotEquals(second, third);
        assertEquals(
                json(
                        """
                        {'algorithm': 'm.megolm_backup.v1', 'auth_data': {'public_key': 'x'},
                         'etag': '0', 'count': 0, 'version': '3'}
                        """),
                backups.latest(ALICE).json());
        assertEquals("M_NOT_FOUND", refusal(() -> backups.latest(BOB)));
    }

    @Test
    void a_deleted_version_is_gone_and_deleting_it_again_is_no_error() {
        String version = backups.create(ALICE, MADE);

        backups.delete(ALICE, version);
        backups.delete(ALICE, version);

        assertEquals("M_NOT_FOUND", refusal(() -> backups.backup(ALICE, version)));
        assertEquals("M_NOT_FOUND", refusal(() -> backups.delete(ALICE, "17")));
        assertEquals("M_NOT_FOUND", refusal(() -> backups.delete(ALICE, "none")));
    }

    @Test
    void auth_data_can_be_replaced_but_the_algorithm_and_the_version_must_fit() {
        String version = backups.create(ALICE, MADE);
        var update = MADE.with("auth_data", JsonObject.of("public_key", "y"));

        backups.update(ALICE, version, update);

        assertEquals(JsonObject.of("public_key", "y"), backups.backup(ALICE, version).authData());
        assertEquals(
                "M_INVALID_PARAM",
                refusal(() -> backups.update(ALICE, version, update.with("algorithm", "z"))));
        assertEquals(
                "M_INVALID_PARAM",
                refusal(() -> backups.update(ALICE, version, update.with("version", "9"))));
    }

    @Test
    void keys_come_back_as_they_were_given_by_session_by_room_and_all() {
        String version = backups.create(ALICE, MADE);
        backups.put(
                ALICE,
                version,
                List.of(
                        new BackedUpKey(ROOM, "s1", 1, 0, true, JsonObject.of("a", "1")),
                        new BackedUpKey(ROOM, "s2", 2, 3, false, JsonObject.of("a", "2")),
                        new BackedUpKey(OTHER, "s1", 0, 0, true, JsonObject.of("a", "3"))));

        var all = backups.all(ALICE, version);

        assertEquals(
                json(
                        """
                        {'first_message_index': 2, 'forwarded_count': 3, 'is_verified': false,
                         'session_data': {'a': '2'}}
                        """),
                backups.one(ALICE, version, Part.of(ROOM, "s2")));
        assertEquals(
                List.of("s1", "s2"),
                backups.ofRoom(ALICE, version, Part.of(ROOM))
                        .object("sessions")
                        .orElseThrow()
                        .names());
        assertEquals(
                List.of(OTHER.value(), ROOM.value()), all.object("rooms").orElseThrow().names());
        assertEquals(
                "M_NOT_FOUND", refusal(() -> backups.one(ALICE, version, Part.of(ROOM, "s3"))));
        assertEquals(
                json("{'sessions': {}}"),
                backups.ofRoom(ALICE, version, Part.of(RoomId.parse("!empty:example.org"))));
        assertEquals("M_NOT_FOUND", refusal(() -> backups.all(ALICE, "9")));
    }

    @ParameterizedTest
    @CsvSource({
        "false,10,5, true,99,99, true",
        "false,10,5, false,9,99, true",
        "false,10,5, false,10,4, true",
        "false,10,5, false,10,5, false",
        "false,10,5, false,10,6, false",
        "false,10,5, false,11,4, false",
        "true,10,5, false,0,0, false",
        "true,10,5, true,9,99, true",
        "true,10,5, true,11,0, false",
    })
    void a_key_is_replaced_by_a_better_one_only_and_the_etag_tells(
            boolean verified,
            long index,
            long forwarded,
            boolean newVerified,
            long newIndex,
            long newForwarded,
            boolean replaced) {
        String version = backups.create(ALICE, MADE);
        var old = key("s", index, forwarded, verified);
        var put = backups.put(ALICE, version, List.of(old));

        var again =
                backups.put(ALICE, version, List.of(key("s", newIndex, newForwarded, newVerified)));

        assertEquals(json("{'etag': '1', 'count': 1}"), put);
        assertEquals(JsonObject.of("etag", replaced ? "2" : "1").with("count", 1), again);
        var kept = backups.one(ALICE, version, Part.of(ROOM, "s"));
        assertEquals(
                replaced ? newIndex : index, kept.integer("first_message_index").orElseThrow());
    }

    @Test
    void keys_are_written_to_the_latest_version_only() {
        String old = backups.create(ALICE, MADE);
        String latest = backups.create(ALICE, MADE);

        var refused =
                assertThrows(
                        MatrixException.class,
                        () -> backups.put(ALICE, old, List.of(key("s", 0, 0, true))));

        assertEquals(latest, ((MatrixError.WrongRoomKeysVersion) refused.error()).currentVersion());
        assertEquals(
                "M_NOT_FOUND",
                refusal(() -> backups.put(ALICE, "9", List.of(key("s", 0, 0, true)))));
    }

    @Test
    void deleting_keys_counts_and_deleting_nothing_changes_nothing() {
        String version = backups.create(ALICE, MADE);
        backups.put(
                ALICE,
                version,
                List.of(
                        key("a", 0, 0, true),
                        key("b", 0, 0, true),
                        new BackedUpKey(OTHER, "c", 0, 0, true, JsonObject.EMPTY)));

        var one = backups.delete(ALICE, version, Part.of(ROOM, "a"));
        var none = backups.delete(ALICE, version, Part.of(ROOM, "a"));
        var room = backups.delete(ALICE, version, Part.of(ROOM));
        var all = backups.delete(ALICE, version, Part.ALL);

        assertEquals(json("{'etag': '2', 'count': 2}"), one);
        assertEquals(one, none);
        assertEquals(json("{'etag': '3', 'count': 1}"), room);
        assertEquals(json("{'etag': '4', 'count': 0}"), all);
    }

    @Test
    void thousands_of_keys_go_in_at_once_and_a_malformed_one_refuses_them_all() {
        String version = backups.create(ALICE, MADE);
        var sessions = JsonObject.builder();
        for (int i = 0; i < 3_000; i++) {
            sessions.put("s" + i, key("s" + i, i, 0, true).json());
        }
        var rooms =
                JsonObject.of(
                        "rooms",
                        JsonObject.of(ROOM.value(), JsonObject.of("sessions", sessions.build())));

        var put = backups.put(ALICE, version, BackedUpKey.parseRooms(rooms));

        assertEquals(json("{'etag': '1', 'count': 3000}"), put);
        assertEquals(
                "M_BAD_JSON",
                refusal(
                        () ->
                                BackedUpKey.parseRoom(
                                        ROOM, json("{'sessions': {'s': {'is_verified': 1}}}"))));
    }

    @Test
    void who_gives_up_the_account_leaves_no_backup() {
        String version = backups.create(ALICE, MADE);
        backups.put(ALICE, version, List.of(key("s", 0, 0, true)));

        backups.forget(ALICE);

        assertEquals("M_NOT_FOUND", refusal(() -> backups.latest(ALICE)));
        assertEquals(version, backups.create(ALICE, MADE));
        assertEquals(json("{'rooms': {}}"), backups.all(ALICE, version));
    }

    private static BackedUpKey key(String session, long index, long forwarded, boolean verified) {
        return new BackedUpKey(ROOM, session, index, forwarded, verified, JsonObject.of("k", "v"));
    }

    private static String refusal(Executable executable) {
        return assertThrows(MatrixException.class, executable).error().errcode();
    }
}
