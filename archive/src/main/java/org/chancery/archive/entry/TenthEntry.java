package org.chancery.archive.entry;

import java.time.Instant;
import java.util.List;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.StockId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonInteger;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;

/// A tenth of a stock was opened and is discarded: cut and choose. Where anything was not as it
/// should be, the whole stock is unsound, and no server may hand it out.
///
/// @param order the digest of the order that fixed the choice
/// @param opened the numbers of the identities that were opened, rising; none is ever bound to a
/// room
public record TenthEntry(
        StockId stock, Instant madeAt, Digest order, List<Integer> opened, List<String> faults)
        implements LogEntry {
    static final String TYPE = "org.chancery.stock_tenth.v1";
    private static final int OPENED_MAX = 8_000;
    private static final int FAULTS_MAX = 20;
    private static final int FAULT_LENGTH_MAX = 300;

    public TenthEntry {
        opened = List.copyOf(opened);
        faults = List.copyOf(faults);
        Fields fields = Fields.of(JsonObject.EMPTY, TYPE);
        fields.must(!opened.isEmpty() && opened.size() <= OPENED_MAX, "opened is not empty");
        for (int i = 0; i < opened.size(); i++) {
            fields.must(opened.get(i) > (i == 0 ? 0 : opened.get(i - 1)), "opened rises");
        }
        fields.must(
                faults.size() <= FAULTS_MAX
                        && faults.stream().allMatch(f -> f.length() <= FAULT_LENGTH_MAX),
                "faults are few and short");
    }

    /// Whether all that was opened was as it should be.
    public boolean isSound() {
        return faults.isEmpty();
    }

    static TenthEntry parse(JsonObject json) {
        Fields fields = Fields.ofType(json, TYPE);
        TenthEntry entry =
                new TenthEntry(
                        fields.parsed("stock", StockId::new),
                        fields.time("made_at"),
                        fields.parsed("order", Digest::new),
                        fields.array("opened", OPENED_MAX).stream()
                                .map(TenthEntry::number)
                                .toList(),
                        fields.parsedAll("faults", FAULTS_MAX, text -> text));
        fields.end();
        return entry;
    }

    private static int number(JsonValue value) {
        return value instanceof JsonInteger(var number)
                        && number > 0
                        && number <= ArchiveIdentity.NUMBER_MAX
                ? (int) number
                : 0;
    }

    @Override
    public JsonObject json() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("stock", stock.value())
                .put("made_at", madeAt.toEpochMilli())
                .put("order", order.value())
                .put("opened", JsonArray.of(opened.stream().map(JsonInteger::new).toList()))
                .put("faults", JsonArray.ofTexts(faults))
                .build();
    }
}
