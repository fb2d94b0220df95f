package org.chancery.archive.dossier;

import java.util.Locale;
import java.util.Optional;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.JsonObject;

/// An uploaded file that is, or may be, an attachment of the room. Which are, only an opening
/// tells,
/// as their addresses stand inside the encryption.
///
/// @param mxc its address, `mxc://server/id`
/// @param sha256 of its bytes as stored, in hexadecimal: the name of the file in the dossier
/// @param event the event that links it, where a client said so
public record Blob(String mxc, String sha256, long length, Pin pin, Optional<EventId> event) {
    /// Largest blob that a dossier holds.
    public static final int BYTES_MAX = 256 * 1024 * 1024;

    private static final String MXC = "mxc://[A-Za-z0-9.:\\[\\]-]{1,255}/[A-Za-z0-9_-]{1,255}";

    /// Why it is kept with the room.
    public enum Pin {
        /// A client linked it to an event.
        LINKED,
        /// Its uploader wrote an encrypted event to the room soon after.
        INFERRED,
        /// It was destroyed under the schedule, or is not on the disk: there is no file of it.
        GONE;

        static Pin parse(String text) {
            for (Pin pin : values()) {
                if (pin.toString().equals(text)) {
                    return pin;
                }
            }
            throw new MalformedArchive("a blob of no known kind");
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Blob {
        Fields fields = Fields.of(JsonObject.EMPTY, "a blob");
        fields.must(mxc.matches(MXC), "it has an address");
        fields.must(sha256.matches("[0-9a-f]{64}"), "it has a SHA-256 in hexadecimal");
        fields.must(length >= 0 && length <= BYTES_MAX, "it is not so long");
    }

    static Blob parse(byte[] line) {
        Fields fields = Fields.of(Lines.json(line, "a blob"), "a blob");
        String event = fields.optionalText("event_id");
        Blob blob =
                new Blob(
                        fields.text("mxc"),
                        fields.text("sha256"),
                        fields.number("length", 0, BYTES_MAX),
                        fields.parsed("pin", Pin::parse),
                        event.isEmpty() ? Optional.empty() : Optional.of(EventId.parse(event)));
        fields.end();
        return blob;
    }

    byte[] bytes() {
        JsonObject.Builder json =
                JsonObject.builder()
                        .put("mxc", mxc)
                        .put("sha256", sha256)
                        .put("length", length)
                        .put("pin", pin.toString());
        event.ifPresent(id -> json.put("event_id", id.value()));
        return json.build().bytes();
    }
}
