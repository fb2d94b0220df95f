package org.chancery.governance.log;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.tlog.merkle.Hash;

/// The table of leaves: what waits to be logged, and where what was logged stands. A leaf is known
/// by its hash, and is there once.
public interface LeafStore {
    /// Notes a leaf behind all others.
    ///
    /// @return false where it was noted before
    boolean note(Tx tx, Hash hash, byte[] leaf);

    /// Gives these leaves the indexes from `first` on; they wait no more. One that was never noted
    /// is known from now on.
    void logged(Tx tx, long first, List<Hash> leaves);

    /// The leaves that wait, in the order in which they were noted, at most so many.
    List<byte[]> waiting(int max);

    /// How many leaves have an index.
    long size();

    /// The index of a leaf; empty where it is unknown or waits.
    OptionalLong index(Hash leaf);

    /// The leaf that has that index.
    Optional<Hash> leaf(long index);
}
