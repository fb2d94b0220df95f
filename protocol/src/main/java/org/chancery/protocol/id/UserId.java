package org.chancery.protocol.id;

/// A user, written `@localpart:server`. Historical localparts (any characters but `:` and NUL, even
/// none) are accepted, as the spec bids (Appendices, "Historical User IDs").
public record UserId(String localpart, ServerName server) {
    public UserId {
        if (localpart.indexOf(':') >= 0 || !Grammar.fits("@" + localpart + ":" + server)) {
            throw new MalformedId("user ID");
        }
    }

    public static UserId parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || text.charAt(0) != '@') {
            throw new MalformedId("user ID");
        }
        return new UserId(text.substring(1, colon), serverOf(text, colon));
    }

    /// Whether the localpart keeps to today's grammar, which new accounts must.
    public boolean isModern() {
        for (int i = 0; i < localpart.length(); i++) {
            char c = localpart.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!alphanumeric && "-.=_/+".indexOf(c) < 0) {
                return false;
            }
        }
        return !localpart.isEmpty();
    }

    /// Whether the localpart is not empty and within U+0021 to U+007E. Users outside it are served
    /// inside events only.
    public boolean isCompliant() {
        return !localpart.isEmpty() && localpart.chars().allMatch(c -> c >= 0x21 && c <= 0x7E);
    }

    @Override
    public String toString() {
        return "@" + localpart + ":" + server;
    }

    private static ServerName serverOf(String text, int colon) {
        try {
            return new ServerName(text.substring(colon + 1));
        } catch (MalformedId e) {
            throw new MalformedId("user ID");
        }
    }
}
