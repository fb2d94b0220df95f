package org.chancery.protocol.event;

import java.util.Optional;

/// A user's relation to a room, `membership` of `m.room.member`.
public enum Membership {
    JOIN("join"),
    INVITE("invite"),
    LEAVE("leave"),
    BAN("ban"),
    KNOCK("knock");

    private final String text;

    Membership(String text) {
        this.text = text;
    }

    public static Optional<Membership> of(String text) {
        return switch (text) {
            case "join" -> Optional.of(JOIN);
            case "invite" -> Optional.of(INVITE);
            case "leave" -> Optional.of(LEAVE);
            case "ban" -> Optional.of(BAN);
            case "knock" -> Optional.of(KNOCK);
            default -> Optional.empty();
        };
    }

    /// The text on the wire.
    @Override
    public String toString() {
        return text;
    }
}
