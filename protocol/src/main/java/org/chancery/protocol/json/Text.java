package org.chancery.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A value as canonical text.
final class Text {
    private Text() {}

    static String of(JsonValue value) {
        return new String(value.bytes(), UTF_8);
    }
}
