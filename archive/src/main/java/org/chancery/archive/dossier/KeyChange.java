package org.chancery.archive.dossier;

import java.time.Instant;
import java.util.Locale;
import org.chancery.archive.entry.KeyChangeEntry;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// A change of the keys of a member, as the server published it: the log has it under a salt.
///
/// @param keys `device_keys` as uploaded; for a device that is gone its `device_id`; for
///     cross-signing the public keys under `master_key`, `self_signing_key`, `user_signing_key`
/// @param salt 32 random bytes in base64, so that nobody tries names against the log
public record KeyChange(UserId user, Kind kind, JsonObject keys, Digest salt, Instant at) {
    private static final String OF = "org.chancery.key_change.v1";

    /// What changed.
    public enum Kind {
        DEVICE,
        DEVICE_GONE,
        CROSS_SIGNING;

        static Kind parse(String text) {
            for (Kind kind : values()) {
                if (kind.toString().equals(text)) {
                    return kind;
                }
            }
            throw new MalformedArchive("a change of keys of no known kind");
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The leaf of this change.
    public KeyChangeEntry entry() {
        return new KeyChangeEntry(Digest.of(OF, salt.bytes(), json().bytes()), at);
    }

    /// Reads what [#json] wrote.
    public static KeyChange parse(JsonObject json) {
        Fields fields = Fields.of(json, "a change of keys");
        KeyChange change =
                new KeyChange(
                        fields.parsed("user_id", UserId::parse),
                        fields.parsed("kind", Kind::parse),
                        fields.object("keys"),
                        fields.parsed("salt", Digest::new),
                        fields.time("at"));
        fields.end();
        return change;
    }

    public JsonObject json() {
        return JsonObject.builder()
                .put("user_id", user.toString())
                .put("kind", kind.toString())
                .put("keys", keys)
                .put("salt", salt.value())
                .put("at", at.toEpochMilli())
                .build();
    }

    /// A change with the proof of its leaf.
    public record Proved(KeyChange change, String proof) {
        static Proved parse(byte[] line) {
            Fields fields = Fields.of(Lines.json(line, "a change of keys"), "a change of keys");
            Proved proved =
                    new Proved(
                            KeyChange.parse(fields.object("change")),
                            fields.longText("proof", DossierReader.PROOF_BYTES_MAX));
            fields.end();
            return proved;
        }

        byte[] bytes() {
            return JsonObject.EMPTY.with("change", change.json()).with("proof", proof).bytes();
        }
    }
}
