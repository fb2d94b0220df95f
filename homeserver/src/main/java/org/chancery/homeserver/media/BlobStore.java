package org.chancery.homeserver.media;

import java.io.IOException;
import java.io.InputStream;

/// Where the bytes of files lie. A blob is named by the SHA-256 of its bytes, so the same file
/// twice
/// takes its place once.
public interface BlobStore {

    /// A blob that is durable.
    ///
    /// @param name 64 hexadecimal digits
    record Blob(String name, long length) {}

    /// Keeps all that `in` gives; what it throws is thrown on, and nothing is kept.
    ///
    /// @throws IOException if the disk cannot keep it
    Blob keep(InputStream in) throws IOException;

    /// Opens a blob for reading.
    ///
    /// @throws IOException if it is not there
    InputStream open(String name) throws IOException;
}
