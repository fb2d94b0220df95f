package org.chancery.homeserver.push;

import java.util.Arrays;

/// A growing list of places in a room, in ascending order. Guarded by whoever holds it.
final class Positions {
    private long[] places = new long[4];
    private int size;

    /// Adds a place behind all others.
    void add(long place) {
        if (size == places.length) {
            places = Arrays.copyOf(places, size * 2);
        }
        places[size++] = place;
    }

    /// Takes a place out, if it is there.
    void remove(long place) {
        int at = Arrays.binarySearch(places, 0, size, place);
        if (at >= 0) {
            System.arraycopy(places, at + 1, places, at, size - at - 1);
            size--;
        }
    }

    /// How many places lie within `(after, upTo]`.
    int count(long after, long upTo) {
        return Math.max(0, below(upTo) - below(after));
    }

    /// Forgets all but the last so many places.
    void keepLast(int most) {
        if (size > most) {
            places = Arrays.copyOfRange(places, size - most, size);
            size = most;
        }
    }

    int size() {
        return size;
    }

    /// How many places are not beyond this one.
    private int below(long place) {
        int at = Arrays.binarySearch(places, 0, size, place);
        return at >= 0 ? at + 1 : -at - 1;
    }
}
