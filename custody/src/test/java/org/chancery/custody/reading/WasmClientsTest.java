package org.chancery.custody.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.custody.ceremony.TestStock;
import org.chancery.custody.olm.OlmAccount;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What clients as people have them write for an archive device: the cryptography of matrix-js-sdk,
/// in Node. Run by `./dev conformance`, as it needs that library:
/// `-Dgroups=outside -DexcludedGroups= -Dchancery.web=FOLDER`.
@Tag("outside")
class WasmClientsTest {
    private static final RoomId ROOM = RoomId.parse("!room:example.org");
    private static final TestStock STOCK = new TestStock();

    @TempDir Path folder;

    @Test
    void what_real_clients_write_is_read_whole_by_three_custodians() throws Exception {
        ArchiveIdentity archive = STOCK.first.identity();
        ArchiveDevice device = archive.devices().getFirst();
        JsonObject told = play(archive, device);
        List<InboxMessage> inbox = new ArrayList<>();
        for (JsonObject one : told.array("inbox").orElseThrow().objects()) {
            assertEquals("m.room.encrypted", one.string("type").orElseThrow());
            inbox.add(new InboxMessage(sender(one), one.object("content").orElseThrow()));
        }
        List<JsonObject> events = told.array("events").orElseThrow().objects();

        try (OlmAccount account = STOCK.open(STOCK.first, device, 1, 2, 4);
                ReadingRoom room = new ReadingRoom(archive.user(), device, account)) {
            List<Optional<String>> outcome = room.receive(inbox);

            assertTrue(outcome.stream().allMatch(Optional::isEmpty), outcome.toString());
            assertEquals(250, events.size());
            for (int i = 0; i < events.size(); i++) {
                JsonObject event = events.get(i);
                var read =
                        assertInstanceOf(
                                Reading.Read.class,
                                room.read(ROOM, event.object("content").orElseThrow()));
                assertEquals(
                        Optional.of("message " + i),
                        read.plain().object("content").flatMap(c -> c.string("body")));
                assertEquals(sender(event), read.with().sender());
            }
            assertEquals(4, room.sessions());
        }
    }

    @Test
    void a_client_withholds_the_key_only_where_it_writes_to_verified_people_alone()
            throws Exception {
        ArchiveIdentity archive = STOCK.second.identity();

        JsonObject shared =
                play(archive, archive.devices().getLast()).object("shared").orElseThrow();

        assertEquals(Optional.of("m.room.encrypted"), shared.string("usual"));
        assertEquals(Optional.of("m.room.encrypted"), shared.string("identity based"));
        assertEquals(Optional.of("m.unverified"), shared.string("verified only"));
    }

    private JsonObject play(ArchiveIdentity archive, ArchiveDevice device) throws Exception {
        Path file = folder.resolve("identity.json");
        Files.write(file, archive.bytes());
        Path web = Path.of(System.getProperty("chancery.web")).toAbsolutePath();
        Process node =
                new ProcessBuilder(
                                "node",
                                "src/test/js/clients.mjs",
                                web.toString(),
                                file.toString(),
                                device.slot().toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (InputStream out = node.getInputStream()) {
            byte[] told = out.readAllBytes();
            assertEquals(0, node.waitFor());
            return Json.parseObject(told);
        }
    }

    private static UserId sender(JsonObject json) {
        return UserId.parse(json.string("sender").orElseThrow());
    }
}
