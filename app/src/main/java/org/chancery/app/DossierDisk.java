package org.chancery.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chancery.archive.dossier.DossierFolder;
import org.chancery.archive.stock.MalformedArchive;

/// A dossier in a folder of the server's machine, readable by its owner only.
final class DossierDisk implements DossierFolder {
    /// The file that is written last: where it is not, the dossier is not whole.
    static final String LAST = "dossier.json";

    private static final Pattern PATH =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private final Path folder;

    private DossierDisk(Path folder) {
        this.folder = folder;
    }

    /// An empty folder there; what a crash has left of an earlier one is removed.
    static DossierDisk empty(Path folder) throws IOException {
        for (Path each : toRemove(folder)) {
            Files.delete(each);
        }
        makeFolder(folder);
        return new DossierDisk(folder);
    }

    /// What lies there, in the order in which it is removed: first the file that says that the
    /// dossier is whole, so that a kill in between leaves none that looks so; folders after what is
    /// in them.
    static List<Path> toRemove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        Path last = folder.resolve(LAST);
        try (var walk = Files.walk(folder)) {
            return walk.sorted(
                            Comparator.comparing((Path each) -> !each.equals(last))
                                    .thenComparing(Comparator.reverseOrder()))
                    .toList();
        }
    }

    @Override
    public Optional<byte[]> read(String path, int bytesMax) {
        try (InputStream in = Files.newInputStream(place(path))) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new MalformedArchive(path + " is too large");
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a file whole or not at all: the last one must not be there before what it says is.
    @Override
    public void write(String path, byte[] bytes) {
        try {
            Path place = place(path);
            Path parent = place.getParent();
            if (parent != null) {
                makeFolder(parent);
            }
            if (Files.exists(place)) {
                throw new FileAlreadyExistsException(path);
            }
            Path draft = place.resolveSibling(place.getFileName() + ".new");
            Files.write(draft, bytes);
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private Path place(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new MalformedArchive("not a file of a dossier: " + path);
        }
        return folder.resolve(path);
    }
}
