package org.chancery.governance.records;

/// A piece under its own wrap key. The two are kept apart: without the key the body is noise.
public final class Sealed {
    private final byte[] key;
    private final byte[] body;

    /// The arrays are not copied and not to be changed.
    public Sealed(byte[] key, byte[] body) {
        this.key = key;
        this.body = body;
    }

    public byte[] key() {
        return key;
    }

    public byte[] body() {
        return body;
    }
}
