package org.chancery.protocol.id;

import java.util.Optional;

/// A room, written `!opaque:server` up to room version 11 and `!hash` since (Appendices, "Room
/// IDs"). Nothing may be read from it; least of all a server that has the room.
public record RoomId(String value) {
    public RoomId {
        if (!Grammar.opaque('!', value)) {
            throw new MalformedId("room ID");
        }
    }

    public static RoomId parse(String text) {
        return new RoomId(text);
    }

    /// The server that made the name, where the form of the room's version has one. It is no hint
    /// for routing; the authorization rules of room versions before 12 compare it.
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

    @Override
    public String toString() {
        return value;
    }
}
