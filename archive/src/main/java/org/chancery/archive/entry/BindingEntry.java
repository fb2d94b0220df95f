package org.chancery.archive.entry;

import java.time.Instant;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.StockId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// An identity of the stock was given to a room, once and for good.
public record BindingEntry(StockId stock, int number, UserId user, RoomId room, Instant madeAt)
        implements LogEntry {
    static final String TYPE = "org.chancery.archive_binding.v1";

    static BindingEntry parse(JsonObject json) {
        Fields fields = Fields.ofType(json, TYPE);
        BindingEntry entry =
                new BindingEntry(
                        fields.parsed("stock", StockId::new),
                        fields.number("number", 1, ArchiveIdentity.NUMBER_MAX),
                        fields.parsed("user_id", UserId::parse),
                        fields.parsed("room_id", RoomId::parse),
                        fields.time("made_at"));
        fields.end();
        return entry;
    }

    @Override
    public JsonObject json() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("stock", stock.value())
                .put("number", number)
                .put("user_id", user.toString())
                .put("room_id", room.toString())
                .put("made_at", madeAt.toEpochMilli())
                .build();
    }
}
