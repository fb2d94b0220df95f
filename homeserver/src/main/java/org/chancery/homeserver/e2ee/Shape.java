package org.chancery.homeserver.e2ee;

import java.util.Optional;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonNull;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.signing.KeyId;

/// Takes members out of what a client sent, or says what is wrong with it.
final class Shape {
    private Shape() {}

    static MatrixException bad(String message) {
        return new MatrixError.BadJson(message).asException();
    }

    static JsonObject object(JsonObject from, String name) {
        return optionalObject(from, name).orElseThrow(() -> bad(name + " is missing"));
    }

    /// The object of that name; empty where it is absent or null.
    static Optional<JsonObject> optionalObject(JsonObject from, String name) {
        return switch (from.get(name)) {
            case null -> Optional.empty();
            case JsonNull _ -> Optional.empty();
            case JsonObject object -> Optional.of(object);
            default -> throw bad(name + " must be an object");
        };
    }

    static JsonObject asObject(JsonValue value, String what) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw bad(what + " must be an object");
    }

    static String asString(JsonValue value, String what) {
        if (value instanceof JsonString(var text)) {
            return text;
        }
        throw bad(what + " must be a string");
    }

    static String string(JsonObject from, String name) {
        return from.string(name).orElseThrow(() -> bad(name + " must be a string"));
    }

    static JsonArray strings(JsonObject from, String name) {
        return from.array(name)
                .filter(JsonArray::isAllStrings)
                .orElseThrow(() -> bad(name + " must be an array of strings"));
    }

    /// The signatures of a signed object must be texts by user and key.
    static void signatures(JsonObject signatures) {
        for (JsonObject.Member signer : signatures.entries()) {
            for (JsonObject.Member each : asObject(signer.value(), "signatures").entries()) {
                asString(each.value(), "a signature");
            }
        }
    }

    static KeyId keyId(String text) {
        try {
            return KeyId.parse(text);
        } catch (MalformedId e) {
            throw bad("a key is named algorithm:id");
        }
    }

    static void atMost(int size, int max, String what) {
        if (size > max) {
            throw new MatrixError.TooLarge("too many " + what).asException();
        }
    }
}
