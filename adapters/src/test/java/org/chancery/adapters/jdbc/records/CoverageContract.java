package org.chancery.adapters.jdbc.records;

import static org.chancery.testkit.RoomHouse.ALICE;
import static org.chancery.testkit.RoomHouse.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.adapters.jdbc.Database;
import org.chancery.governance.records.Alerts;
import org.chancery.governance.records.Session;
import org.chancery.governance.records.SessionStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is told of whether the archive can have the keys, over an engine.
abstract class CoverageContract {
    private static final UserId ARCHIVE = UserId.parse("@archive-1:house.example");

    private final Archiving.Scope scope = new Archiving.Scope();
    private Archiving archive;
    private RoomRef room;

    /// The same database each time.
    abstract Database database();

    /// All is made in [#enter], before each test.
    @SuppressWarnings("NullAway.Init")
    CoverageContract() {}

    @BeforeEach
    void enter() {
        archive = new Archiving(database(), scope, new ArrayList<>());
        room = archive.house.openRoom(RoomVersion.V12);
        archive.house.memberships().join(BOB, room.id(), JsonObject.EMPTY);
        scope.archives.put(room.id(), ARCHIVE);
    }

    @AfterEach
    void leave() {
        archive.close();
    }

    @Test
    void a_session_is_presumed_covered_from_the_first_event_after_a_message_of_its_device() {
        share(ALICE);
        say(ALICE, "one", 0);
        say(ALICE, "one", 1);
        archive.archive();

        SessionStore.Told told = told("one");
        assertEquals(Session.State.PRESUMED, told.state());
        assertEquals(OptionalLong.of(0), told.session().covered());
        assertTrue(told.session().isWhole());
        assertEquals(0, archive.gaps.get());
    }

    @Test
    void a_key_that_comes_late_covers_from_then_on_and_what_was_before_is_a_gap() {
        say(ALICE, "one", 0);
        say(ALICE, "one", 1);
        share(ALICE);
        say(ALICE, "one", 2);
        archive.archive();
        say(ALICE, "one", 3);
        archive.awaitArchived();

        assertEquals(OptionalLong.of(2), told("one").session().covered());
        assertEquals(1, archive.sessions.gaps(room, 0, 10).size());
        assertEquals(new SessionStore.Counts(1, 1, 0, 0), archive.sessions.counts(room));
    }

    @Test
    void one_message_covers_one_session_of_its_own_device() {
        share(ALICE);
        say(ALICE, "one", 0);
        say(ALICE, "two", 0);
        say(BOB, "three", 0);
        archive.archive();
        share(ALICE);
        say(ALICE, "four", 0);
        archive.awaitArchived();

        assertEquals(Session.State.PRESUMED, told("one").state());
        assertEquals(Session.State.UNKNOWN, told("two").state());
        assertEquals(Session.State.UNKNOWN, told("three").state());
        assertEquals(Session.State.PRESUMED, told("four").state());
        assertTrue(archive.gaps.get() > 0);
    }

    @Test
    void a_client_that_withholds_is_told_apart_with_its_code() {
        withhold(ALICE, "one", "m.unverified");
        say(ALICE, "one", 0);
        say(ALICE, "two", 0);
        archive.archive();

        assertEquals(Session.State.WITHHELD, told("one").state());
        assertEquals("m.unverified", told("one").code());
        assertEquals(Session.State.UNKNOWN, told("two").state());
        assertEquals(new SessionStore.Counts(0, 0, 1, 1), archive.sessions.counts(room));
    }

    @Test
    void who_wrote_is_told_once_an_hour_at_most() {
        EventId first = say(ALICE, "one", 0);
        say(ALICE, "two", 0);
        EventId other = say(BOB, "three", 0);
        share(BOB);
        say(BOB, "four", 0);
        archive.archive();
        List<EventId> said = new ArrayList<>();
        Alerts alerts =
                new Alerts(
                        archive.sessions,
                        archive.events,
                        archive.house.journal(),
                        (_, _, message, _) -> said.add(message),
                        archive.clock);

        alerts.round();
        alerts.round();
        assertEquals(List.of(first, other), said);
        archive.clock.pass(Duration.ofHours(1));
        EventId later = say(ALICE, "five", 0);
        archive.awaitArchived();
        alerts.round();

        assertEquals(List.of(first, other, later), said);
    }

    private SessionStore.Told told(String session) {
        return archive.sessions.read(room, 0, 100).stream()
                .filter(it -> it.session().id().equals(session))
                .findFirst()
                .orElseThrow();
    }

    private void share(UserId sender) {
        archive.send(sender, ARCHIVE, "m.room.encrypted", Map.of("*", JsonObject.of("a", "b")));
    }

    private void withhold(UserId sender, String session, String code) {
        archive.send(
                sender,
                ARCHIVE,
                "m.room_key.withheld",
                Map.of("*", JsonObject.of("session_id", session).with("code", code)));
    }

    private EventId say(UserId sender, String session, int index) {
        byte[] message = {3, 8, (byte) index, 0};
        JsonObject content =
                JsonObject.of("algorithm", "m.megolm.v1.aes-sha2")
                        .with("session_id", session)
                        .with("device_id", Archiving.PHONE.value())
                        .with("ciphertext", UnpaddedBase64.encode(message));
        return archive.house
                .writer()
                .send(
                        room.id(),
                        EventDraft.message(sender, "m.room.encrypted", content),
                        Optional.empty());
    }
}
