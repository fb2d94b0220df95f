package org.chancery.protocol.event;

/// An event that does not have the format of its room version, or is too large. Tells the field,
/// never its content.
public final class MalformedPdu extends RuntimeException {
    private final boolean tooLarge;

    private MalformedPdu(String message, boolean tooLarge) {
        super(message, null, false, false);
        this.tooLarge = tooLarge;
    }

    static MalformedPdu wrong(String field) {
        return new MalformedPdu("event has no valid " + field, false);
    }

    static MalformedPdu tooLarge(String what) {
        return new MalformedPdu(what + " is too large", true);
    }

    /// Whether a size limit is what it breaks.
    public boolean isTooLarge() {
        return tooLarge;
    }
}
