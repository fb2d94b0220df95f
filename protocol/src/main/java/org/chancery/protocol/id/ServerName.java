package org.chancery.protocol.id;

/// The name of a homeserver: a DNS name, an IPv4 or a bracketed IPv6 literal, and perhaps a port
/// (Appendices, "Server Name"). Case matters.
public record ServerName(String value) {
    private static final int IPV6_MIN = 2;
    private static final int IPV6_MAX = 45;
    private static final int PORT_DIGITS_MAX = 5;

    public ServerName {
        if (!valid(value)) {
            throw new MalformedId("server name");
        }
    }

    public static ServerName parse(String text) {
        return new ServerName(text);
    }

    /// The host without the port; an IPv6 literal keeps its brackets.
    public String host() {
        return value.substring(0, hostEnd(value));
    }

    /// The port, or -1 where the name gives none.
    public int port() {
        int end = hostEnd(value);
        return end == value.length() ? -1 : Integer.parseInt(value.substring(end + 1));
    }

    /// Whether the host is an IPv4 or IPv6 literal.
    public boolean isIpLiteral() {
        return value.charAt(0) == '[' || isIpv4(host());
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean valid(String text) {
        if (text.isEmpty() || text.length() > Grammar.BYTES_MAX) {
            return false;
        }
        int end = hostEnd(text);
        boolean host = text.charAt(0) == '[' ? ipv6(text, end) : dns(text, end);
        return host && (end == text.length() || port(text, end));
    }

    /// Index of the colon before the port, or the length of the text.
    private static int hostEnd(String text) {
        int colon = text.indexOf(':', text.charAt(0) == '[' ? text.indexOf(']') + 1 : 0);
        return colon < 0 ? text.length() : colon;
    }

    private static boolean dns(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (!isDigit(c) && !isLetter(c) && c != '-' && c != '.') {
                return false;
            }
        }
        return end > 0;
    }

    private static boolean ipv6(String text, int end) {
        int length = end - 2;
        if (length < IPV6_MIN || length > IPV6_MAX || text.charAt(end - 1) != ']') {
            return false;
        }
        for (int i = 1; i < end - 1; i++) {
            char c = text.charAt(i);
            boolean hex = c <= 'f' && Character.digit(c, 16) >= 0;
            if (!hex && c != ':' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean port(String text, int colon) {
        int digits = text.length() - colon - 1;
        if (digits < 1 || digits > PORT_DIGITS_MAX) {
            return false;
        }
        for (int i = colon + 1; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return Integer.parseInt(text, colon + 1, text.length(), 10) <= 65_535;
    }

    private static boolean isIpv4(String host) {
        int dots = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.') {
                dots++;
            } else if (!isDigit(c)) {
                return false;
            }
        }
        return dots == 3;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
