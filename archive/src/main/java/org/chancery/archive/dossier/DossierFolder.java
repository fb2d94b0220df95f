package org.chancery.archive.dossier;

import java.util.Optional;

/// The folder in which a dossier lies: whole files by relative paths of letters, digits, `.`, `-`,
/// `_` and `/`. A fault of the disk is an `UncheckedIOException`.
public interface DossierFolder {
    /// The bytes of a file, empty where there is none; refuses one that is larger, by
    /// [org.chancery.archive.stock.MalformedArchive].
    Optional<byte[]> read(String path, int bytesMax);

    /// Writes a new file.
    void write(String path, byte[] bytes);
}
