package org.chancery.homeserver.e2ee;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.KeyId;
import org.chancery.protocol.signing.UnpaddedBase64;

/// One of the public cross-signing keys of a user. Its identifier is its own text in base64.
///
/// @param id `ed25519:` and the key
/// @param json as it was uploaded
public record CrossSigningKey(CrossSigningUsage usage, KeyId id, JsonObject json) {
    private static final int BYTES_MAX = 65_536;
    private static final int KEY_BYTES = 32;

    /// Reads a key that a user says to be his own.
    static CrossSigningKey parse(JsonObject uploaded, UserId user, CrossSigningUsage usage) {
        JsonObject json = uploaded.without("unsigned");
        if (!Shape.string(json, "user_id").equals(user.toString())) {
            throw new MatrixError.InvalidParam(usage.member() + " is of another user")
                    .asException();
        }
        if (!Shape.strings(json, "usage").strings().contains(usage.wire())) {
            throw new MatrixError.InvalidParam(usage.member() + " has not the usage of its name")
                    .asException();
        }
        JsonObject keys = Shape.object(json, "keys");
        if (keys.size() != 1) {
            throw new MatrixError.InvalidParam(usage.member() + " must have one key").asException();
        }
        Shape.optionalObject(json, "signatures").ifPresent(Shape::signatures);
        if (json.bytes().length > BYTES_MAX) {
            throw new MatrixError.TooLarge(usage.member() + " is too large").asException();
        }
        return of(json, usage);
    }

    /// A key that was accepted before.
    static CrossSigningKey of(JsonObject json, CrossSigningUsage usage) {
        JsonObject.Member only = Shape.object(json, "keys").entries().getFirst();
        KeyId id = Shape.keyId(only.name());
        String text = Shape.asString(only.value(), "a key");
        if (!id.isEd25519() || !id.version().equals(text) || bytes(text).length != KEY_BYTES) {
            throw new MatrixError.InvalidParam(usage.member() + " is not an Ed25519 key")
                    .asException();
        }
        return new CrossSigningKey(usage, id, json);
    }

    /// That of some usage among a user's keys.
    static Optional<CrossSigningKey> among(
            Map<CrossSigningUsage, JsonObject> keys, CrossSigningUsage usage) {
        return Optional.ofNullable(keys.get(usage)).map(json -> of(json, usage));
    }

    /// The base64 texts of these keys.
    static Set<String> publicKeys(Collection<JsonObject> keys) {
        Set<String> texts = new HashSet<>();
        for (JsonObject key : keys) {
            Shape.object(key, "keys")
                    .names()
                    .forEach(name -> texts.add(Shape.keyId(name).version()));
        }
        return texts;
    }

    String text() {
        return id.version();
    }

    /// The key itself.
    byte[] bytes() {
        return bytes(text());
    }

    private static byte[] bytes(String text) {
        return UnpaddedBase64.decode(text).orElse(new byte[0]);
    }
}
