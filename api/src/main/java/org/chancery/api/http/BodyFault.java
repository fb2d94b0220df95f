package org.chancery.api.http;

/// A body that did not arrive: too slow, or cut off. The fault is the sender's.
final class BodyFault extends RuntimeException {
    private final boolean late;

    BodyFault(boolean late) {
        super(late ? "the body came too slowly" : "the body was cut off", null, false, false);
        this.late = late;
    }

    boolean isLate() {
        return late;
    }
}
