package org.chancery.benchmarks.crash;

import java.io.IOException;

/// Something that goes wrong below the server, at a given moment.
interface Fault {
    /// Lets it go wrong from now on.
    void begin() throws IOException;

    /// How often the server has written in vain, if that can be told; 0 otherwise.
    long vainWrites() throws IOException;

    /// Makes the ground sound again.
    void end() throws IOException;
}
