package org.chancery.homeserver.events;

/// A state snapshot that is stored or on its way; see [StateStore].
public final class SnapshotRef {
    private volatile long number;
    private final int chainLength;

    private SnapshotRef(long number, int chainLength) {
        this.number = number;
        this.chainLength = chainLength;
    }

    /// A snapshot that will be numbered by the position of the event that makes it.
    public static SnapshotRef pending(int chainLength) {
        return new SnapshotRef(-1, chainLength);
    }

    /// A snapshot in the store.
    public static SnapshotRef stored(long number, int chainLength) {
        return new SnapshotRef(number, chainLength);
    }

    /// The position of the event after which this was the state.
    public long number() {
        return number;
    }

    /// How many differences lie between this snapshot and a full one.
    public int chainLength() {
        return chainLength;
    }

    void place(long at) {
        number = at;
    }
}
