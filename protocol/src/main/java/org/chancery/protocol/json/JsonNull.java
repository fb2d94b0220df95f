package org.chancery.protocol.json;

/// `null`.
public enum JsonNull implements JsonValue {
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}
