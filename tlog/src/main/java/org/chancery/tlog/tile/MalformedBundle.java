package org.chancery.tlog.tile;

/// Bytes that are no bundle of entries of the width that was expected.
public final class MalformedBundle extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int entry;
    private final int offset;

    MalformedBundle(int entry, int offset) {
        super("no entry " + entry + " at byte " + offset, null, false, false);
        this.entry = entry;
        this.offset = offset;
    }

    /// Which entry of the bundle cannot be read; the width where bytes follow the last one.
    public int entry() {
        return entry;
    }

    /// Where in the bundle that entry begins.
    public int offset() {
        return offset;
    }
}
