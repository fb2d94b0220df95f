package org.chancery.protocol.id;

/// A name of a room, written `#localpart:server` (Appendices, "Room Aliases").
public record RoomAlias(String localpart, ServerName server) {
    public RoomAlias {
        if (localpart.indexOf(':') >= 0 || !Grammar.fits("#" + localpart + ":" + server)) {
            throw new MalformedId("room alias");
        }
    }

    public static RoomAlias parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || text.charAt(0) != '#') {
            throw new MalformedId("room alias");
        }
        return new RoomAlias(text.substring(1, colon), serverOf(text, colon));
    }

    @Override
    public String toString() {
        return "#" + localpart + ":" + server;
    }

    private static ServerName serverOf(String text, int colon) {
        try {
            return new ServerName(text.substring(colon + 1));
        } catch (MalformedId e) {
            throw new MalformedId("room alias");
        }
    }
}
