package org.chancery.adapters.outbound;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A list of hosts: `gateway.example.org`, `*.push.apple.com`, `127.0.0.1:8080`, or `*` for every
/// one. Without a port every port is meant.
public final class Hosts {
    public static final Hosts NONE = new Hosts(List.of());

    private static final Pattern ENTRY = Pattern.compile("\\*|(\\*\\.)?[a-z0-9._-]+(:\\d{1,5})?");

    private final List<String> entries;

    private Hosts(List<String> entries) {
        this.entries = entries;
    }

    /// Throws `IllegalArgumentException` for what is no host.
    public static Hosts of(List<String> texts) {
        List<String> entries = texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
        for (String entry : entries) {
            if (!ENTRY.matcher(entry).matches()) {
                throw new IllegalArgumentException("not a host: " + entry);
            }
        }
        return new Hosts(entries);
    }

    /// Whether nobody is on it.
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean has(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        return entries.stream().anyMatch(entry -> matches(entry, name, port));
    }

    private static boolean matches(String entry, String host, int port) {
        int colon = entry.indexOf(':');
        String name = colon < 0 ? entry : entry.substring(0, colon);
        if (colon >= 0 && port != Integer.parseInt(entry.substring(colon + 1))) {
            return false;
        }
        return name.equals("*")
                || name.equals(host)
                || (name.startsWith("*.")
                        && host.endsWith(name.substring(1))
                        && host.length() > name.length() - 1);
    }
}
