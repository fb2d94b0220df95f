package org.chancery.governance.records;

/// A piece that is not what was sealed: a bit of its body, its place or its wrap key is another.
public final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unreadable(Place place, String why) {
        super(place + ": " + why, null, false, false);
    }
}
