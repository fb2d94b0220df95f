package org.chancery.adapters.jdbc;

import java.util.OptionalLong;

/// A map from well-mixed 64-bit hashes to positions in two flat arrays: 32 bytes an entry at most,
/// where a map of objects takes a hundred.
final class PositionsByHash {
    private static final int CAPACITY_FIRST = 1 << 10;
    private static final long NONE = 0; // No event stands at position 0.

    private long[] hashes = new long[CAPACITY_FIRST];
    private long[] positions = new long[CAPACITY_FIRST];
    private int size;
    private long highest;

    int size() {
        return size;
    }

    /// The highest position ever put; 0 if there is none.
    long highest() {
        return highest;
    }

    OptionalLong get(long hash) {
        long position = positions[slot(hash)];
        return position == NONE ? OptionalLong.empty() : OptionalLong.of(position);
    }

    void put(long hash, long position) {
        int slot = slot(hash);
        if (positions[slot] == NONE) {
            size++;
        }
        hashes[slot] = hash;
        positions[slot] = position;
        highest = Math.max(highest, position);
        if (size > hashes.length / 2) {
            grow();
        }
    }

    /// Where the hash stands, or the free slot where it would.
    private int slot(long hash) {
        int mask = hashes.length - 1;
        int slot = Long.hashCode(hash) & mask;
        while (positions[slot] != NONE && hashes[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        long[] oldPositions = positions;
        hashes = new long[2 * oldHashes.length];
        positions = new long[hashes.length];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldPositions[i] != NONE) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                positions[slot] = oldPositions[i];
            }
        }
    }
}
