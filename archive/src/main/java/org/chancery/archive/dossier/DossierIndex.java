package org.chancery.archive.dossier;

import java.time.Instant;
import java.util.List;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Fields;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// `dossier.json`, which is written last: what is in the dossier. A folder without it is a dossier
/// that was not finished.
///
/// @param of the digest of the case's entry
/// @param rooms in the order of the case's scope
public record DossierIndex(Digest of, Instant madeAt, List<Room> rooms) {
    static final int BYTES_MAX = 1 << 16;
    private static final String TYPE = "org.chancery.dossier.v1";
    private static final int COUNT_MAX = 100_000_000;
    private static final int LEAVES_MAX = 1_000_000;

    /// How much there is of a room.
    ///
    /// @param inbox messages to the archive's devices
    public record Room(
            RoomId room,
            long events,
            long inbox,
            int leaves,
            long keyChanges,
            long sessions,
            long blobs) {}

    public DossierIndex {
        rooms = List.copyOf(rooms);
    }

    static DossierIndex parse(byte[] bytes) {
        Fields fields = Fields.ofType(Fields.canonical(bytes, BYTES_MAX, "a dossier"), TYPE);
        DossierIndex index =
                new DossierIndex(
                        fields.parsed("case", Digest::new),
                        fields.time("made_at"),
                        fields.objects("rooms", CaseEntry.ROOMS_MAX).stream()
                                .map(DossierIndex::room)
                                .toList());
        fields.end();
        return index;
    }

    private static Room room(JsonObject json) {
        Fields fields = Fields.of(json, "a room of a dossier");
        Room room =
                new Room(
                        fields.parsed("room_id", RoomId::parse),
                        fields.number("events", 0, COUNT_MAX),
                        fields.number("inbox", 0, COUNT_MAX),
                        fields.number("leaves", 0, LEAVES_MAX),
                        fields.number("key_changes", 0, COUNT_MAX),
                        fields.number("sessions", 0, COUNT_MAX),
                        fields.number("blobs", 0, COUNT_MAX));
        fields.end();
        return room;
    }

    byte[] bytes() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("case", of.value())
                .put("made_at", madeAt.toEpochMilli())
                .put("rooms", JsonArray.of(rooms.stream().map(DossierIndex::json).toList()))
                .build()
                .bytes();
    }

    private static JsonObject json(Room room) {
        return JsonObject.builder()
                .put("room_id", room.room().toString())
                .put("events", room.events())
                .put("inbox", room.inbox())
                .put("leaves", room.leaves())
                .put("key_changes", room.keyChanges())
                .put("sessions", room.sessions())
                .put("blobs", room.blobs())
                .build();
    }
}
