package org.chancery.tlog.merkle;

import java.util.List;

/// Checks proofs (RFC 9162, sections 2.1.3.2 and 2.1.4.2). What comes in may be anything; the
/// answer is yes or no.
public final class ProofCheck {
    private ProofCheck() {}

    /// Whether the leaf is at that index in the tree of that size and root.
    public static boolean includes(Hash root, long size, Hash leaf, long index, List<Hash> path) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = Hash.node(sibling, hash);
                int skipped = Long.numberOfTrailingZeros(node); // Levels where it has no sibling.
                node >>= skipped;
                last >>= skipped;
            } else {
                hash = Hash.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /// Whether the tree of that size and root begins with the old one.
    public static boolean grows(Hash oldRoot, long oldSize, Hash root, long size, List<Hash> path) {
        if (oldSize < 0 || oldSize > size) {
            return false;
        }
        if (oldSize == 0) {
            return path.isEmpty() && oldRoot.equals(Hash.OF_EMPTY_TREE);
        }
        if (oldSize == size) {
            return path.isEmpty() && oldRoot.equals(root);
        }
        boolean whole = Long.bitCount(oldSize) == 1; // Then the proof leaves the old root out.
        if (path.isEmpty()) {
            return false;
        }
        int shared = Long.numberOfTrailingZeros(oldSize);
        long node = (oldSize - 1) >> shared;
        long last = (size - 1) >> shared;
        Hash first = whole ? oldRoot : path.getFirst();
        Hash old = first;
        Hash grown = first;
        for (Hash sibling : whole ? path : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                old = Hash.node(sibling, old);
                grown = Hash.node(sibling, grown);
                int skipped = Long.numberOfTrailingZeros(node);
                node >>= skipped;
                last >>= skipped;
            } else {
                grown = Hash.node(grown, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && old.equals(oldRoot) && grown.equals(root);
    }
}
