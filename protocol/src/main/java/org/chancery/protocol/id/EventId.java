package org.chancery.protocol.id;

import java.util.Optional;

/// An event, written `$opaque:server` in room versions 1 and 2 and `$hash` since (Appendices,
/// "Event IDs").
public record EventId(String value) implements Comparable<EventId> {
    public EventId {
        if (!Grammar.opaque('$', value)) {
            throw new MalformedId("event ID");
        }
    }

    public static EventId parse(String text) {
        return new EventId(text);
    }

    /// The server that made the name, in the form of room versions 1 and 2.
    public Optional<ServerName> server() {
        int colon = value.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ServerName(value.substring(colon + 1)));
        } catch (MalformedId e) {
            return Optional.empty();
        }
    }

    /// Orders by the text, as state resolution breaks ties.
    @Override
    public int compareTo(EventId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
