package org.chancery.archive.entry;

import java.time.Instant;
import java.util.List;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.StockId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// An opening was rehearsed with the real shares of a rehearsal identity.
///
/// @param took the ids of the custodians who took part
/// @param read how many of the messages written for the rehearsal could be read afterwards
public record RehearsalEntry(
        StockId stock,
        int number,
        Instant madeAt,
        Digest order,
        List<Digest> took,
        int written,
        int read)
        implements LogEntry {
    static final String TYPE = "org.chancery.rehearsal.v1";
    private static final int MESSAGES_MAX = 1_000_000;

    public RehearsalEntry {
        took = List.copyOf(took);
        Fields.of(JsonObject.EMPTY, TYPE)
                .must(read >= 0 && read <= written && written <= MESSAGES_MAX, "read of written");
    }

    static RehearsalEntry parse(JsonObject json) {
        Fields fields = Fields.ofType(json, TYPE);
        RehearsalEntry entry =
                new RehearsalEntry(
                        fields.parsed("stock", StockId::new),
                        fields.number("number", 1, ArchiveIdentity.NUMBER_MAX),
                        fields.time("made_at"),
                        fields.parsed("order", Digest::new),
                        fields.parsedAll("custodians", Sharing.CUSTODIANS_MAX, Digest::new),
                        fields.number("written", 0, MESSAGES_MAX),
                        fields.number("read", 0, MESSAGES_MAX));
        fields.end();
        return entry;
    }

    @Override
    public JsonObject json() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("stock", stock.value())
                .put("number", number)
                .put("made_at", madeAt.toEpochMilli())
                .put("order", order.value())
                .put("custodians", JsonArray.ofTexts(took))
                .put("written", written)
                .put("read", read)
                .build();
    }
}
