package org.chancery.adapters.jdbc.events;

import static org.chancery.testkit.RoomHouse.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.homeserver.events.EventLog;
import org.chancery.homeserver.events.Keeper;
import org.chancery.homeserver.events.LogFeed;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.SignedEvent;
import org.chancery.homeserver.events.SignedLog;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.testkit.RoomHouse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What waits in memory for who keeps it, beside what the tables have.
class SignedLogTest {
    private static final int PORTION = 7;

    @TempDir private Path folder;

    private final Set<RoomRef> others = new HashSet<>();
    private Database database;
    private RoomHouse house;
    private SignedLog signed;

    @SuppressWarnings("NullAway.Init")
    SignedLogTest() {}

    @BeforeEach
    void enter() {
        database = Database.sqlite(folder.resolve("log.db"));
        RoomNumbers numbers = new RoomNumbers(database);
        house =
                new RoomHouse(
                        database,
                        new JdbcEventStore(database, numbers),
                        new JdbcStateStore(database, numbers),
                        BouncyEd25519.generate("test", new SecureRandom()),
                        keeper());
        signed = house.stores().log().signed();
    }

    @AfterEach
    void leave() {
        house.close();
        database.close();
    }

    @Test
    void what_waits_is_what_the_tables_have() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        for (int i = 0; i < 20; i++) {
            house.say(ALICE, room, "line " + i + " with \"quotes\", é and 🦊");
        }

        List<SignedEvent> waiting = all(signed);

        assertEquals(lines(all(fromTables())), lines(waiting));
        assertEquals(house.journal().durable(), waiting.size());
    }

    @Test
    void a_room_that_nobody_keeps_is_passed_over() {
        RoomRef kept = house.openRoom(RoomVersion.V12);
        RoomRef other = house.openRoom(RoomVersion.V12);
        others.add(other);
        for (int i = 0; i < 3 * PORTION; i++) {
            house.say(ALICE, other, "chatter " + i);
        }
        house.say(ALICE, kept, "the last word");
        SignedLog tables = fromTables();

        SignedEvent last = all(signed).getLast();

        assertEquals("the last word", last.pdu().content().string("body").orElseThrow());
        assertTrue(all(tables).stream().noneMatch(it -> it.room().equals(other)));
        assertEquals(last.pdu().eventId(), all(tables).getLast().pdu().eventId());
    }

    @Test
    void who_has_fallen_behind_by_more_than_fits_misses_nothing() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        String long60K = "x".repeat(60_000);
        for (int i = 0; i < 80; i++) {
            house.say(ALICE, room, long60K);
        }

        List<SignedEvent> read = all(signed);

        assertEquals(lines(all(fromTables())), lines(read));
    }

    @Test
    void who_goes_back_after_a_fault_misses_nothing() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        house.say(ALICE, room, "before");
        List<SignedEvent> first = all(signed);
        house.say(ALICE, room, "after");

        List<SignedEvent> again = all(signed);

        assertEquals(first.size() + 1, again.size());
        assertEquals(lines(all(fromTables())), lines(again));
    }

    @Test
    void what_is_redacted_while_it_waits_is_given_as_it_was_signed() {
        RoomRef room = house.openRoom(RoomVersion.V12);
        EventId said = house.say(ALICE, room, "a slip");
        EventDraft redaction = EventDraft.redaction(ALICE, said, JsonObject.EMPTY);
        house.writer().send(room.id(), redaction, Optional.empty());

        SignedEvent waiting =
                all(signed).stream()
                        .filter(it -> it.pdu().eventId().equals(said))
                        .findFirst()
                        .orElseThrow();

        assertEquals("a slip", waiting.pdu().content().string("body").orElseThrow());
    }

    /// As after a restart: nothing waits.
    private SignedLog fromTables() {
        var stores = house.stores();
        return new EventLog(house.journal(), stores.events(), stores.states(), keeper()).signed();
    }

    private List<SignedEvent> all(SignedLog log) {
        List<SignedEvent> all = new ArrayList<>();
        long end = house.journal().durable();
        long at = 0;
        while (at < end) {
            LogFeed.Portion<SignedEvent> portion = log.read(at, end, PORTION);
            assertTrue(portion.entries().size() <= PORTION);
            assertTrue(portion.upTo() > at);
            all.addAll(portion.entries());
            at = portion.upTo();
        }
        return all;
    }

    private static List<String> lines(List<SignedEvent> events) {
        return events.stream()
                .map(it -> it.position() + " " + it.room().number() + " " + it.pdu().json())
                .toList();
    }

    private Keeper keeper() {
        return new Keeper() {
            @Override
            public boolean keeps(RoomRef room) {
                return !others.contains(room);
            }

            @Override
            public void redacting(Tx tx, RoomRef room, long target) {
                // What was said is kept nowhere else here.
            }
        };
    }
}
