package org.chancery.tlog.merkle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Makes roots and proofs out of complete subtrees (RFC 6962, sections 2.1 to 2.1.2).
public final class Proofs {
    /// Most hashes of a proof that anybody needs: one for each level, and a tree of 2^62 leaves is
    /// further away than the heat death of its disks. The witness protocol has the same limit.
    public static final int HASHES_MAX = 63;

    private Proofs() {}

    /// The root of the tree of the first `size` leaves.
    public static Hash root(Nodes nodes, long size) {
        if (size < 0) {
            throw new IllegalArgumentException("a tree has no size " + size);
        }
        return size == 0 ? Hash.OF_EMPTY_TREE : range(nodes, 0, size);
    }

    /// What must be hashed onto a leaf to get the root of the first `size` leaves, from the leaf
    /// upwards (RFC 6962, section 2.1.1).
    public static List<Hash> inclusion(Nodes nodes, long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
        }
        var path = new ArrayList<Hash>();
        long start = 0;
        long end = size;
        while (end - start > 1) {
            long middle = start + split(end - start);
            if (index < middle) {
                path.add(range(nodes, middle, end));
                end = middle;
            } else {
                path.add(range(nodes, start, middle));
                start = middle;
            }
        }
        Collections.reverse(path);
        return path;
    }

    /// What shows that the first `size` leaves begin with the first `old` ones, unchanged (RFC
    /// 6962, section 2.1.2). Empty where there is nothing to show: from nothing, or to itself.
    public static List<Hash> consistency(Nodes nodes, long old, long size) {
        if (old < 0 || old > size) {
            throw new IllegalArgumentException("no tree of " + old + " within one of " + size);
        }
        var path = new ArrayList<Hash>();
        if (old == 0) {
            return path;
        }
        long start = 0;
        long end = size;
        while (end != old) {
            long middle = start + split(end - start);
            if (old <= middle) {
                path.add(range(nodes, middle, end));
                end = middle;
            } else {
                path.add(range(nodes, start, middle));
                start = middle;
            }
        }
        if (start > 0) {
            path.add(range(nodes, start, end)); // Else it is the old root, which the reader has.
        }
        Collections.reverse(path);
        return path;
    }

    /// The root over the leaves from `start` to before `end`, where `start` is where the splitting
    /// of a tree leads.
    private static Hash range(Nodes nodes, long start, long end) {
        long leaves = end - start;
        if (Long.bitCount(leaves) == 1) {
            int level = Long.numberOfTrailingZeros(leaves);
            return nodes.node(level, start >> level);
        }
        long middle = start + split(leaves);
        return Hash.node(range(nodes, start, middle), range(nodes, middle, end));
    }

    /// The largest power of two below that number.
    private static long split(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }
}
