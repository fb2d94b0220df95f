package org.chancery.archive.entry;

import java.time.Instant;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.StockId;
import org.chancery.protocol.json.JsonObject;

/// The keys of a stock were split anew, among these custodians. The shares of the generation before
/// still open, if so many of their holders kept them: re-sharing does not revoke.
///
/// @param order the digest of the order on which the shares were brought together
public record ReshareEntry(StockId stock, Instant madeAt, Digest order, Sharing sharing)
        implements LogEntry {
    static final String TYPE = "org.chancery.stock_reshare.v1";

    public ReshareEntry {
        Fields.of(JsonObject.EMPTY, TYPE)
                .must(sharing.generation() > 1, "a re-sharing makes a later generation");
    }

    static ReshareEntry parse(JsonObject json) {
        Fields fields = Fields.ofType(json, TYPE);
        ReshareEntry entry =
                new ReshareEntry(
                        fields.parsed("stock", StockId::new),
                        fields.time("made_at"),
                        fields.parsed("order", Digest::new),
                        Sharing.parse(fields.object("sharing")));
        fields.end();
        return entry;
    }

    @Override
    public JsonObject json() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("stock", stock.value())
                .put("made_at", madeAt.toEpochMilli())
                .put("order", order.value())
                .put("sharing", sharing.json())
                .build();
    }
}
