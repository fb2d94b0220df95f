package org.chancery.protocol.json;

/// A number that canonical JSON allows: an integer from -(2^53)+1 to (2^53)-1.
public record JsonInteger(long value) implements JsonValue {
    public static final long MAX = (1L << 53) - 1;

    public JsonInteger {
        if (value > MAX || value < -MAX) {
            throw new IllegalArgumentException("integer out of the range of canonical JSON");
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
