package org.chancery.app;

import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.records.JdbcPieceStore;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.custody.olm.OlmAccount;
import org.chancery.custody.reading.InboxMessage;
import org.chancery.custody.reading.Reading;
import org.chancery.custody.reading.ReadingRoom;
import org.chancery.governance.records.Kind;
import org.chancery.governance.records.Letter;
import org.chancery.governance.records.PieceStore;
import org.chancery.governance.records.Wrapping;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three people with clients as they are published talk in a record room of a running server, and
/// custodians read it. Run by `./dev conformance`, as it needs matrix-js-sdk:
/// `-Dgroups=outside -DexcludedGroups= -Dchancery.web=FOLDER`.
@Tag("outside")
class RecordPlayTest {
    private static final int MESSAGES_MAX = 10_000;

    @TempDir Path folder;

    @Test
    void what_unmodified_clients_say_is_read_by_custodians_one_device_a_term() throws Exception {
        Path data = folder.resolve("data");
        Ceremony ceremony;
        JsonObject told;
        List<JsonObject> events;
        try (FrontDoor server = new FrontDoor(data, "--server-name", "hs1")) {
            FrontDoor.User root = Ceremony.administrator(server, data);
            ceremony = Ceremony.hold(root, new ServerName("hs1"), 4);
            List<FrontDoor.User> people =
                    List.of(server.user("alice"), server.user("bob"), server.user("carol"));
            told = play(server, people, root);
            events = encrypted(people.getFirst(), text(told, "room"));
        }

        List<JsonObject> sent = told.array("sent").orElseThrow().objects();
        assertEquals(36, sent.size());
        assertEquals(
                sent.stream().map(one -> text(one, "body")).toList(),
                told.array("read").orElseThrow().strings());
        assertEquals("M_FORBIDDEN", text(told, "refused"));
        assertEquals("@bob:hs1", text(told, "named"), "a room of two is shown as one");
        assertEquals(Optional.of(true), told.bool("signed"), "the device is cross-signed");
        List<JsonObject> halves = List.of(half(sent, 1), half(sent, 2));
        String first = told.array("first").orElseThrow().strings().getFirst();
        assertRead(ceremony, data, told, events, first, halves.getFirst(), halves.getLast());
        assertRead(
                ceremony,
                data,
                told,
                events,
                text(told, "second"),
                halves.getLast(),
                halves.getFirst());
    }

    /// One device's inbox opens every message of its term and none of the other.
    private static void assertRead(
            Ceremony ceremony,
            Path data,
            JsonObject told,
            List<JsonObject> events,
            String deviceId,
            JsonObject own,
            JsonObject others) {
        ArchiveIdentity archive = ceremony.identity(UserId.parse(text(told, "archive")));
        ArchiveDevice device =
                archive.devices().stream()
                        .filter(one -> one.id().value().equals(deviceId))
                        .findFirst()
                        .orElseThrow();
        RoomId room = RoomId.parse(text(told, "room"));
        List<InboxMessage> inbox = inbox(data, room, device.id());
        try (OlmAccount account = ceremony.open(archive, device, 0, 3);
                ReadingRoom reading = new ReadingRoom(archive.user(), device, account)) {
            List<Optional<String>> outcome = reading.receive(inbox);

            assertTrue(outcome.stream().allMatch(Optional::isEmpty), outcome.toString());
            assertTrue(reading.sessions() >= 3, "a session of each person");
            for (JsonObject event : events) {
                Reading read = reading.read(room, event.object("content").orElseThrow());
                String id = text(event, "event_id");
                if (own.has(id)) {
                    var plain = assertInstanceOf(Reading.Read.class, read, id).plain();
                    assertEquals(
                            own.string(id), plain.object("content").flatMap(c -> c.string("body")));
                } else if (others.has(id)) {
                    assertInstanceOf(Reading.Unread.class, read, "of the other term: " + id);
                }
            }
        }
    }

    private static JsonObject half(List<JsonObject> sent, int half) {
        JsonObject bodies = JsonObject.EMPTY;
        for (JsonObject one : sent) {
            if (one.integer("half").orElseThrow() == half) {
                bodies = bodies.with(text(one, "event_id"), text(one, "body"));
            }
        }
        return bodies;
    }

    private static List<InboxMessage> inbox(Path data, RoomId room, DeviceId device) {
        Database database = Database.sqlite(data.resolve("chancery.db"));
        try {
            JdbcPieceStore pieces = new JdbcPieceStore(database);
            RoomRef archived = pieces.archive(room).orElseThrow().room();
            List<InboxMessage> inbox = new ArrayList<>();
            for (PieceStore.Kept kept :
                    pieces.read(archived, Kind.INBOX, 0, Long.MAX_VALUE, MESSAGES_MAX)) {
                Letter letter =
                        Letter.parse(Wrapping.open(kept.place(), kept.sealed().orElseThrow()));
                if (letter.device().equals(device)) {
                    assertEquals("m.room.encrypted", letter.type());
                    inbox.add(new InboxMessage(letter.sender(), letter.content()));
                }
            }
            return inbox;
        } finally {
            database.close();
        }
    }

    private static List<JsonObject> encrypted(FrontDoor.User user, String room) throws Exception {
        return user
                .get(rooms(room) + "/messages?dir=f&limit=1000")
                .ok()
                .json()
                .array("chunk")
                .orElseThrow()
                .objects()
                .stream()
                .filter(event -> text(event, "type").equals("m.room.encrypted"))
                .toList();
    }

    private JsonObject play(FrontDoor server, List<FrontDoor.User> people, FrontDoor.User root)
            throws Exception {
        List<JsonObject> sessions = new ArrayList<>();
        for (FrontDoor.User user : people) {
            String device = user.get(CLIENT + "/account/whoami").ok().text("device_id");
            sessions.add(
                    JsonObject.of("user_id", user.id)
                            .with("device_id", device)
                            .with("access_token", user.token));
        }
        JsonObject given =
                JsonObject.of("people", JsonArray.of(sessions)).with("admin", root.token);
        return RecordHouse.play(server, folder.resolve("told.json"), "people.mjs", given);
    }

    private static String text(JsonObject json, String name) {
        return json.string(name).orElseThrow();
    }
}
