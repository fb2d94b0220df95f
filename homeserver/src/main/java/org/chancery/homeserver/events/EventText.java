package org.chancery.homeserver.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/// Reads single members of an event's stored bytes without parsing them.
///
/// The bytes are canonical, so that the members stand in the order of their names: `content` first,
/// then `origin_server_ts`, `redacts`, `sender`, `state_key` and `type`. Quotes inside of texts are
/// escaped; so the last `,"sender":` is the member itself, whatever stands in the content.
final class EventText {
    private static final byte[] TIMESTAMP = ",\"origin_server_ts\":".getBytes(UTF_8);
    private static final byte[] SENDER = ",\"sender\":\"".getBytes(UTF_8);
    private static final byte[] STATE_KEY = ",\"state_key\":\"".getBytes(UTF_8);
    private static final byte[] TYPE = ",\"type\":\"".getBytes(UTF_8);

    private EventText() {}

    /// The sender; empty if it has to be parsed.
    static Optional<String> sender(byte[] json) {
        return text(json, lastIndexOf(json, SENDER, json.length), SENDER.length);
    }

    /// The type; empty if it has to be parsed.
    static Optional<String> type(byte[] json) {
        return text(json, lastIndexOf(json, TYPE, json.length), TYPE.length);
    }

    /// Whether there is a state key.
    static boolean hasStateKey(byte[] json) {
        int sender = lastIndexOf(json, SENDER, json.length);
        return sender >= 0 && lastIndexOf(json, STATE_KEY, json.length) > sender;
    }

    /// The timestamp, in milliseconds; negative if it has to be parsed.
    static long originServerTs(byte[] json) {
        int at = lastIndexOf(json, TIMESTAMP, json.length);
        if (at < 0) {
            return -1;
        }
        long number = 0;
        int i = at + TIMESTAMP.length;
        int start = i;
        for (; i < json.length && json[i] >= '0' && json[i] <= '9'; i++) {
            number = number * 10 + (json[i] - '0');
        }
        boolean isWhole = i > start && i < json.length && (json[i] == ',' || json[i] == '}');
        return isWhole ? number : -1;
    }

    private static Optional<String> text(byte[] json, int at, int nameLength) {
        if (at < 0) {
            return Optional.empty();
        }
        int start = at + nameLength;
        for (int i = start; i < json.length; i++) {
            if (json[i] == '\\') {
                return Optional.empty();
            }
            if (json[i] == '"') {
                return Optional.of(new String(json, start, i - start, UTF_8));
            }
        }
        return Optional.empty();
    }

    private static int lastIndexOf(byte[] json, byte[] name, int end) {
        for (int at = end - name.length; at >= 0; at--) {
            if (json[at] == name[0] && matches(json, at, name)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] json, int at, byte[] name) {
        for (int i = 1; i < name.length; i++) {
            if (json[at + i] != name[i]) {
                return false;
            }
        }
        return true;
    }
}
