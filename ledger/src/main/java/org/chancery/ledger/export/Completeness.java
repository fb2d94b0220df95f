package org.chancery.ledger.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chancery.ledger.leaf.Document;
import org.chancery.ledger.leaf.MalformedLeaf;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;

/// What an export says of its own gaps: events that others name and that it has not, and numbers
/// that
/// a session counted and no event carries, each with the cause. It is checked against the events: a
/// gap that is not stated is a fault, and so is a statement without a gap.
public record Completeness(long events, Map<EventId, Cause> missing, List<Silence> silences) {
    public static final int BYTES_MAX = 64 * 1024 * 1024;

    private static final String TYPE = "org.chancery.completeness.v1";
    private static final int GAPS_MAX = 1_000_000;

    /// Why something is not there.
    public enum Cause {
        /// Never reached this server.
        NEVER_RECEIVED,
        /// A rule of the room refused it.
        REJECTED,
        /// Destroyed under the retention schedule; a leaf says so.
        DISPOSED,
        /// Nobody knows.
        UNKNOWN;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Cause parse(String text) {
            for (Cause cause : values()) {
                if (cause.text().equals(text)) {
                    return cause;
                }
            }
            throw new MalformedLeaf("a cause");
        }
    }

    /// Numbers of a session, from the first to the last of them, that no event carries.
    public record Silence(UserId sender, String session, long first, long last, Cause cause) {
        public Silence {
            if (first > last) {
                throw new MalformedLeaf("a silence that ends before it begins");
            }
        }

        /// Whether it says that the same numbers are missing, for whatever cause.
        public boolean isOf(Silence other) {
            return sender.equals(other.sender)
                    && session.equals(other.session)
                    && first == other.first
                    && last == other.last;
        }
    }

    public Completeness {
        missing = Map.copyOf(missing);
        silences = List.copyOf(silences);
    }

    /// Throws [MalformedLeaf].
    public static Completeness parse(byte[] bytes) {
        var document = Document.parse(bytes, BYTES_MAX, TYPE);
        var missing = new HashMap<EventId, Cause>();
        for (JsonValue each : document.array("missing", GAPS_MAX)) {
            var gap = Document.of(each);
            var id = gap.parsed("event_id", EventId::parse);
            if (missing.put(id, Cause.parse(gap.text("cause"))) != null) {
                throw new MalformedLeaf("a gap stated twice");
            }
            gap.end();
        }
        var silences = new ArrayList<Silence>();
        for (JsonValue each : document.array("silences", GAPS_MAX)) {
            var gap = Document.of(each);
            silences.add(
                    new Silence(
                            gap.parsed("sender", UserId::parse),
                            gap.text("session_id"),
                            gap.number("first"),
                            gap.number("last"),
                            Cause.parse(gap.text("cause"))));
            gap.end();
        }
        var completeness = new Completeness(document.number("events"), missing, silences);
        document.end();
        return completeness;
    }

    public byte[] bytes() {
        List<JsonObject> gaps = new ArrayList<>();
        missing.keySet().stream()
                .sorted(Comparator.comparing(EventId::value))
                .forEach(id -> gaps.add(json(id, missing.getOrDefault(id, Cause.UNKNOWN))));
        return JsonObject.builder()
                .put("type", TYPE)
                .put("events", events)
                .put("missing", JsonArray.of(gaps))
                .put("silences", JsonArray.of(silences.stream().map(Completeness::json).toList()))
                .build()
                .bytes();
    }

    private static JsonObject json(EventId id, Cause cause) {
        return JsonObject.builder().put("event_id", id.value()).put("cause", cause.text()).build();
    }

    private static JsonObject json(Silence silence) {
        return JsonObject.builder()
                .put("sender", silence.sender().toString())
                .put("session_id", silence.session())
                .put("first", silence.first())
                .put("last", silence.last())
                .put("cause", silence.cause().text())
                .build();
    }
}
