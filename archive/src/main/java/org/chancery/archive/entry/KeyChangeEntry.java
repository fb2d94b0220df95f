package org.chancery.archive.entry;

import java.time.Instant;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Fields;
import org.chancery.protocol.json.JsonObject;

/// That the device keys or the cross-signing keys of a member of a record room changed. The leaf
/// holds a salted digest and so tells nobody who; the archive keeps the change with its salt
/// (`archive.dossier.KeyChange`), and an export shows it.
///
/// @param change the digest of the change under its salt
public record KeyChangeEntry(Digest change, Instant at) implements LogEntry {
    static final String TYPE = "org.chancery.key_change.v1";

    static KeyChangeEntry parse(JsonObject json) {
        Fields fields = Fields.ofType(json, TYPE);
        KeyChangeEntry entry =
                new KeyChangeEntry(fields.parsed("change", Digest::new), fields.time("at"));
        fields.end();
        return entry;
    }

    @Override
    public JsonObject json() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("change", change.value())
                .put("at", at.toEpochMilli())
                .build();
    }
}
