package org.chancery.archive.entry;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.protocol.json.JsonObject;

/// One leaf of the log about the sealed archive.
public sealed interface LogEntry
        permits BindingEntry,
                CaseEntry,
                CaseStepEntry,
                IdentityEntry,
                KeyChangeEntry,
                PiecesEntry,
                RehearsalEntry,
                ReshareEntry,
                ShareCheckEntry,
                SharesEntry,
                StockEntry,
                TenthEntry {
    /// Largest entry: what a bundle of a tiled log takes (C2SP tlog-tiles, "Log Entries").
    int BYTES_MAX = 65_535;

    /// The entry as JSON, with its `type`.
    JsonObject json();

    /// The bytes that are the leaf.
    default byte[] bytes() {
        byte[] bytes = json().bytes();
        if (bytes.length > BYTES_MAX) {
            throw new MalformedArchive("a log entry has at most " + BYTES_MAX + " bytes");
        }
        return bytes;
    }

    /// Names the entry in other entries and in orders.
    default Digest digest() {
        return Digest.of("org.chancery.entry.v1", bytes());
    }

    /// Reads what [#bytes] gave, and nothing else.
    static LogEntry parse(byte[] bytes) {
        JsonObject json = Fields.canonical(bytes, BYTES_MAX, "a log entry");
        String type = json.string("type").orElse("");
        Function<JsonObject, LogEntry> parser =
                Objects.requireNonNullElse(
                        Parsers.OF.get(type),
                        _ -> {
                            throw new MalformedArchive("a log entry of no known type");
                        });
        return parser.apply(json);
    }

    /// The readers of the types.
    final class Parsers {
        private static final Map<String, Function<JsonObject, LogEntry>> OF =
                Map.ofEntries(
                        Map.entry(BindingEntry.TYPE, BindingEntry::parse),
                        Map.entry(CaseEntry.TYPE, CaseEntry::parse),
                        Map.entry(CaseStepEntry.TYPE, CaseStepEntry::parse),
                        Map.entry(IdentityEntry.TYPE, IdentityEntry::parse),
                        Map.entry(KeyChangeEntry.TYPE, KeyChangeEntry::parse),
                        Map.entry(PiecesEntry.TYPE, PiecesEntry::parse),
                        Map.entry(RehearsalEntry.TYPE, RehearsalEntry::parse),
                        Map.entry(ReshareEntry.TYPE, ReshareEntry::parse),
                        Map.entry(ShareCheckEntry.TYPE, ShareCheckEntry::parse),
                        Map.entry(SharesEntry.TYPE, SharesEntry::parse),
                        Map.entry(StockEntry.TYPE, StockEntry::parse),
                        Map.entry(TenthEntry.TYPE, TenthEntry::parse));

        private Parsers() {}
    }
}
