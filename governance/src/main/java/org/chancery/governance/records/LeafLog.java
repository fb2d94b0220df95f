package org.chancery.governance.records;

import org.chancery.homeserver.kernel.Tx;

/// The transparency log, as the archive uses it.
@FunctionalInterface
public interface LeafLog {
    /// Notes a leaf in the transaction of what it commits to; it is logged once, a moment later.
    void note(Tx tx, byte[] leaf);
}
