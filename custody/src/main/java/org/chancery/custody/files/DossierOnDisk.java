package org.chancery.custody.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chancery.archive.dossier.DossierFolder;
import org.chancery.archive.stock.MalformedArchive;

/// A dossier in a folder of the disk. It is followed nowhere else: a link in it is no file.
public final class DossierOnDisk implements DossierFolder {
    private static final Pattern PATH = Pattern.compile("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*");

    private final Path folder;

    public DossierOnDisk(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<byte[]> read(String path, int bytesMax) {
        Path file = file(path);
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(OwnFiles.read(file, bytesMax))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(String path, byte[] bytes) {
        Path file = file(path);
        try {
            Path parent = file.getParent();
            if (parent != null) {
                OwnFiles.makeFolders(parent);
            }
            OwnFiles.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new MalformedArchive("a dossier has no file of that name");
        }
        return folder.resolve(path);
    }
}
