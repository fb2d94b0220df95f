package org.chancery.adapters.jdbc.events;

import static org.chancery.testkit.RoomHouse.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.people.JdbcAccountStore;
import org.chancery.adapters.jdbc.people.JdbcUserIndex;
import org.chancery.homeserver.accounts.Account;
import org.chancery.homeserver.events.Relation;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.testkit.RoomHouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Data of an earlier version get the tables that are derived today.
final class BackfillTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void what_was_written_before_there_was_an_index_is_found_once_it_is_opened_again() {
        EventId parent = written();
        try (Database database = open()) {
            forget(database);
        }

        try (Database database = open()) {
            var events = new JdbcEventStore(database, new RoomNumbers(database));
            RoomRef room = events.event(parent).orElseThrow().room();
            assertEquals(
                    1,
                    events.relations()
                            .groups(
                                    room,
                                    List.of(parent),
                                    List.of(Relation.THREAD),
                                    Long.MAX_VALUE,
                                    Set.of())
                            .size());
            assertEquals(1, events.relations().threads(room, Long.MAX_VALUE, 5).size());
            assertEquals(List.of(ALICE), new JdbcUserIndex(database).find(List.of("ali"), 0, 5));
        }
    }

    @Test
    void it_is_done_once() {
        written();
        try (Database database = open()) {
            forget(database);
        }
        try (Database database = open()) {
            var unused = new JdbcEventStore(database, new RoomNumbers(database));
            var names = new JdbcUserIndex(database);

            assertTrue(
                    database.queries()
                            .query("SELECT name FROM backfills", row -> row.getString(1))
                            .isEmpty());
            assertTrue(unused.event(new EventId("$none")).isEmpty());
            assertEquals(1, names.find(List.of("alice"), 0, 5).size());
        }
    }

    private Database open() {
        return Database.sqlite(folder.resolve("kept.db"));
    }

    /// A root with a reply in its thread, and an account.
    private EventId written() {
        try (Database database = open()) {
            RoomNumbers numbers = new RoomNumbers(database);
            var accounts = new JdbcAccountStore(database);
            database.commit(
                    0, (tx, _) -> accounts.insert(tx, Account.fresh(ALICE, false, 1), null));
            var house =
                    new RoomHouse(
                            database,
                            new JdbcEventStore(database, numbers),
                            new JdbcStateStore(database, numbers),
                            BouncyEd25519.generate("test", new SecureRandom()));
            try (house) {
                RoomRef room = house.openRoom(RoomVersion.V11);
                EventId root = house.say(ALICE, room, "root");
                JsonObject relation =
                        JsonObject.of("rel_type", Relation.THREAD).with("event_id", root.value());
                house.writer()
                        .send(
                                room.id(),
                                EventDraft.message(
                                        ALICE,
                                        "m.room.message",
                                        JsonObject.of("m.relates_to", relation)),
                                Optional.empty());
                return root;
            }
        }
    }

    /// Makes the data look as an earlier version left them.
    private static void forget(Database database) {
        database.commit(
                0,
                (tx, _) -> {
                    JdbcTx batch = JdbcTx.of(tx);
                    batch.run("DELETE FROM event_relations");
                    batch.run("DELETE FROM threads");
                    batch.run("DELETE FROM user_words");
                    batch.run(
                            "INSERT INTO backfills (name, after) VALUES ('event_relations', '0')");
                    batch.run("INSERT INTO backfills (name, after) VALUES ('user_words', '')");
                });
    }
}
