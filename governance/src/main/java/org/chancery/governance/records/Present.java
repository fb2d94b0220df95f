package org.chancery.governance.records;

import java.time.Duration;

/// Lets a reader wait for the archive, which follows what is said by a moment.
@FunctionalInterface
public interface Present {
    /// Waits until what was durable at this call is in the archive.
    ///
    /// @return whether it is; otherwise the archive stays behind, which the health page tells
    boolean await(Duration atMost);
}
