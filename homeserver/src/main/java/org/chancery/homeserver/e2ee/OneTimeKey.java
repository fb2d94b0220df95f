package org.chancery.homeserver.e2ee;

import java.util.ArrayList;
import java.util.List;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.signing.KeyId;

/// A one-time or fallback key (client-server API, "One-time and fallback keys").
///
/// @param id its algorithm and the name that the device gave it
/// @param key the key alone, or an object with the key and signatures
public record OneTimeKey(KeyId id, JsonValue key) {
    static final int BYTES_MAX = 16_384;

    /// Reads a map from `algorithm:id` to keys.
    static List<OneTimeKey> parseAll(JsonObject keys, int max, String what) {
        Shape.atMost(keys.size(), max, what);
        List<OneTimeKey> parsed = new ArrayList<>(keys.size());
        for (JsonObject.Member member : keys.entries()) {
            parsed.add(parse(member));
        }
        return List.copyOf(parsed);
    }

    private static OneTimeKey parse(JsonObject.Member member) {
        JsonValue key = member.value();
        if (key instanceof JsonObject signed) {
            Shape.string(signed, "key");
            Shape.signatures(Shape.object(signed, "signatures"));
        } else if (!(key instanceof JsonString)) {
            throw Shape.bad("a one-time key must be a string or an object");
        }
        if (key.bytes().length > BYTES_MAX) {
            throw new MatrixError.TooLarge("a one-time key is too large").asException();
        }
        return new OneTimeKey(Shape.keyId(member.name()), key);
    }
}
