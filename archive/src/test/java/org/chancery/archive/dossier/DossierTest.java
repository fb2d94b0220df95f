package org.chancery.archive.dossier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chancery.archive.entry.BindingEntry;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.Sample;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Container;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.Quarter;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.Test;

class DossierTest {
    private static final Instant AT = Instant.ofEpochMilli(1_795_000_000_123L);
    private static final CaseEntry CASE = Sample.caseEntry();
    private static final RoomId ROOM = CASE.scope().getFirst().room();
    private static final UserId ANA = UserId.parse("@ana:example.org");
    private static final DeviceId DEVICE = new DeviceId("2026Q4ABC");
    private static final int EVENTS = 2_345;

    private final MemoryFolder folder = new MemoryFolder();

    @Test
    void what_is_written_is_read_in_the_same_order() {
        write();
        DossierReader.Room room = DossierReader.open(folder).room(0);
        List<String> events = new ArrayList<>();

        room.events(event -> events.add(new String(event.bytes(), UTF_8)));

        assertEquals(EVENTS + 1, events.size());
        assertEquals("{\"depth\":0}", events.getFirst());
        assertTrue(events.getLast().startsWith("{\"disposed\":true"));
        assertEquals(1, room.counts().leaves());
        assertArrayEquals("leaf".getBytes(UTF_8), room.leaf(0));
        room.inbox(message -> assertEquals(message(), message));
        room.keyChanges(change -> assertEquals(change(), change.change()));
        room.sessions(session -> assertEquals(withheld(), session));
        room.blobs(blob -> assertArrayEquals(new byte[] {1, 2}, room.file(blob).orElseThrow()));
    }

    @Test
    void a_dossier_that_was_not_finished_is_none() {
        write();
        folder.files.remove(DossierLayout.INDEX);

        refused(() -> DossierReader.open(folder).room(0), "the dossier has no dossier.json");
    }

    @Test
    void a_list_that_lost_a_piece_is_noticed() {
        write();
        folder.files.remove("rooms/000/events/000001.jsonl");

        refused(
                () -> DossierReader.open(folder).room(0).events(_ -> {}),
                "the dossier is not whole: rooms/000/events has 1000 of 2346");
    }

    @Test
    void an_identity_that_is_not_bound_to_the_room_is_refused() {
        write();
        BindingEntry other = new BindingEntry(Sample.STOCK, 2, ANA, ROOM, AT);
        folder.files.put("rooms/000/binding.json", other.bytes());

        refused(
                () -> DossierReader.open(folder).binding(0),
                "the case is refused: it names an identity that is not bound to " + ROOM);
    }

    @Test
    void rooms_stand_as_in_the_case() {
        DossierWriter writer = new DossierWriter(folder, CASE, "proof");
        BindingEntry other =
                new BindingEntry(Sample.STOCK, 1, ANA, RoomId.parse("!other:example.org"), AT);

        refused(
                () -> writer.room(other, "proof", identity()),
                "the rooms of a dossier are those of its case, in order");
        refused(() -> writer.finish(AT), "a room of the case is not in the dossier");
    }

    @Test
    void the_leaf_of_a_change_of_keys_tells_nobody_whose_it_is() {
        KeyChange one = change();
        KeyChange other = new KeyChange(ANA, one.kind(), one.keys(), Sample.digest(3), AT);

        assertTrue(!new String(one.entry().bytes(), UTF_8).contains("ana"));
        assertTrue(!one.entry().equals(other.entry()));
    }

    private void write() {
        DossierWriter writer = new DossierWriter(folder, CASE, "proof");
        DossierWriter.Room room =
                writer.room(new BindingEntry(Sample.STOCK, 1, ANA, ROOM, AT), "proof", identity());
        for (int i = 0; i < EVENTS; i++) {
            room.event(new EventLine.Kept(JsonObject.EMPTY.with("depth", i)));
        }
        room.event(new EventLine.Disposed(EventId.parse("$gone"), Sample.digest(1)));
        room.inbox(message());
        room.keyChange(change(), "proof");
        room.session(withheld());
        room.blob(
                new Blob(
                        "mxc://example.org/a",
                        "ab".repeat(32),
                        2,
                        Blob.Pin.LINKED,
                        Optional.empty()),
                new byte[] {1, 2});
        room.leaf("leaf".getBytes(UTF_8), "proof");
        room.servers("{}".getBytes(UTF_8));
        room.end();
        writer.finish(AT);
    }

    private static InboxLine message() {
        return new InboxLine(DEVICE, ANA, "m.room.encrypted", JsonObject.of("a", "b"), AT);
    }

    private static KeyChange change() {
        return new KeyChange(
                ANA,
                KeyChange.Kind.DEVICE_GONE,
                JsonObject.of("device_id", "PHONE"),
                Sample.digest(2),
                AT);
    }

    private static Coverage withheld() {
        return new Coverage(ANA, "session", Coverage.State.WITHHELD, 0, "m.unverified");
    }

    /// An identity whose keys are no keys.
    private static ArchiveIdentity identity() {
        UserId user = UserId.parse("@archive:example.org");
        return new ArchiveIdentity(
                Sample.STOCK,
                1,
                ArchiveIdentity.Use.ROOM,
                user,
                ArchiveIdentity.unsigned(user, Sample.key(1), Sample.key(2), Sample.key(3)),
                List.of(
                        new ArchiveDevice(
                                DEVICE,
                                new Quarter(2026, 4),
                                ArchiveDevice.unsignedKeys(
                                        user, DEVICE, Sample.key(4), Sample.key(5)),
                                ArchiveDevice.fallbackKeys(
                                        "AAAAAQ", ArchiveDevice.unsignedFallback(Sample.key(6))),
                                new Container("AAAA", "AAAA"))));
    }

    private static void refused(org.junit.jupiter.api.function.Executable act, String message) {
        assertEquals(message, assertThrows(MalformedArchive.class, act).getMessage());
    }

    private static final class MemoryFolder implements DossierFolder {
        private final Map<String, byte[]> files = new TreeMap<>();

        @Override
        public Optional<byte[]> read(String path, int bytesMax) {
            return Optional.ofNullable(files.get(path));
        }

        @Override
        public void write(String path, byte[] bytes) {
            assertTrue(files.put(path, bytes) == null);
        }
    }
}
