package org.chancery.verifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// An export in a folder. A link in it counts as a file that the manifest does not know.
final class FolderExport implements Export {
    private static final long FILE_BYTES_MAX = 1L << 30;

    private final Path folder;
    private final SortedSet<String> paths = new TreeSet<>();

    FolderExport(Path folder) throws IOException {
        this.folder = folder;
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(f -> !Files.isDirectory(f)).toList()) {
                paths.add(folder.relativize(file).toString().replace('\\', '/'));
            }
        }
    }

    @Override
    public SortedSet<String> paths() {
        return Collections.unmodifiableSortedSet(paths);
    }

    @Override
    public Optional<byte[]> read(String path) {
        Path file = folder.resolve(path);
        try {
            boolean plain = paths.contains(path) && !Files.isSymbolicLink(file);
            return plain && Files.size(file) <= FILE_BYTES_MAX
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
