package org.chancery.tlog.merkle;

/// The complete subtrees of a tree that somebody keeps.
@FunctionalInterface
public interface Nodes {
    /// The root over the leaves `index * 2^level` up to `(index + 1) * 2^level`, all of which are
    /// in the tree.
    Hash node(int level, long index);
}
