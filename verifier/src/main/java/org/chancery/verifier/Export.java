package org.chancery.verifier;

import java.util.Optional;
import java.util.SortedSet;

/// The files of an export, wherever they lie.
interface Export {
    /// The names of all files, with `/` between folders.
    SortedSet<String> paths();

    /// The bytes of a file; empty where there is none, or it is larger than a verifier reads.
    Optional<byte[]> read(String path);
}
