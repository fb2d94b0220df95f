package org.chancery.archive.dossier;

import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Fields;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.JsonObject;

/// One event of a room in the order of the archive: as it was signed, or, where the schedule has
/// disposed of it, its id and the hash by which the room's leaf knows it.
public sealed interface EventLine {
    /// Such an event is there.
    ///
    /// @param pdu whose canonical bytes the room's leaf commits to
    record Kept(JsonObject pdu) implements EventLine {
        @Override
        public byte[] bytes() {
            return pdu.bytes();
        }
    }

    /// It was destroyed under the retention schedule.
    ///
    /// @param hash the leaf hash (RFC 6962) of its bytes
    record Disposed(EventId event, Digest hash) implements EventLine {
        private static final String MARK = "disposed";

        private static Disposed parse(JsonObject json) {
            Fields fields = Fields.of(json, "an event that was disposed of");
            fields.must(fields.flag(MARK), "it says so");
            Disposed disposed =
                    new Disposed(
                            fields.parsed("event_id", EventId::parse),
                            fields.parsed("hash", Digest::new));
            fields.end();
            return disposed;
        }

        @Override
        public byte[] bytes() {
            return JsonObject.builder()
                    .put(MARK, true)
                    .put("event_id", event.value())
                    .put("hash", hash.value())
                    .build()
                    .bytes();
        }
    }

    /// The line in canonical JSON, without its end.
    byte[] bytes();

    /// A line that begins as a disposed event does is one: no signed event has that member.
    static EventLine parse(byte[] line) {
        JsonObject json = Lines.json(line, "an event");
        return json.has(Disposed.MARK) && !json.has("signatures")
                ? Disposed.parse(json)
                : new Kept(json);
    }
}
