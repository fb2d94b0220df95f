package org.chancery.governance.records;

import java.util.Optional;

/// The transparency log, as who hands records over asks it.
@FunctionalInterface
public interface LoggedLeaves {
    /// A leaf that is in the log.
    ///
    /// @param proof that it is, under the newest checkpoint (C2SP tlog-proof)
    record Logged(long index, String proof) {}

    /// Where a leaf stands; empty where it is not in the log, or not yet.
    Optional<Logged> find(byte[] leaf);
}
