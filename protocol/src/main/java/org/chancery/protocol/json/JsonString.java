package org.chancery.protocol.json;

/// A JSON string, free of lone surrogates when it came from [Json#parse].
public record JsonString(String value) implements JsonValue {
    @Override
    public String toString() {
        return Text.of(this);
    }
}
