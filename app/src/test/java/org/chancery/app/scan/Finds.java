package org.chancery.app.scan;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What was found, and in how much: of each needle the first place and how often.
public final class Finds {
    private final Map<String, String> places = new TreeMap<>();
    private long bytes;
    private long finds;

    void looked(long more) {
        bytes += more;
    }

    void found(String needle, String place, long at) {
        finds++;
        places.putIfAbsent(needle, place + " at " + at);
    }

    /// The needles that were found, and the first place of each.
    public Map<String, String> places() {
        return Map.copyOf(places);
    }

    public Set<String> needles() {
        return Set.copyOf(places.keySet());
    }

    /// How many bytes were looked through.
    public long bytes() {
        return bytes;
    }

    /// How often anything was found.
    public long count() {
        return finds;
    }
}
