package org.chancery.protocol.json;

/// A JSON value; immutable, compared by content.
public sealed interface JsonValue
        permits JsonObject, JsonArray, JsonString, JsonInteger, JsonDecimal, JsonBoolean, JsonNull {
    /// The value as canonical JSON in UTF-8: sorted names, no spaces, fewest escapes. The array is
    /// the caller's.
    default byte[] bytes() {
        var writer = new JsonWriter();
        writer.value(this);
        return writer.bytes();
    }
}
