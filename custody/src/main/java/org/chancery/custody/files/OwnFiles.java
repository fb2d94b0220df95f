package org.chancery.custody.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.chancery.archive.stock.MalformedArchive;
import org.jspecify.annotations.Nullable;

/// Files that only their owner reads, each written beside its place and then moved there.
public final class OwnFiles {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNER_ENTERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private OwnFiles() {}

    /// The bytes of a file that must be there, and must not be large.
    public static byte[] read(Path file, int bytesMax) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new MalformedArchive(file + " is larger than " + bytesMax + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new MalformedArchive("there is no file " + file);
        }
    }

    /// Writes a new file. One that is there is never written over.
    public static void write(Path file, byte[] bytes) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file + " is there already");
        }
        replace(file, bytes);
    }

    /// Writes a file whole or not at all.
    public static void replace(Path file, byte[] bytes) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, OWNER_ONLY);
        try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Makes a folder that must not be there yet.
    public static void makeFolder(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(folder, OWNER_ENTERS);
        } catch (FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(folder + " is there already");
        }
    }

    /// What fills a folder.
    @FunctionalInterface
    public interface Filling {
        void fill(Path draft) throws IOException;
    }

    /// Makes a folder whole or not at all: it is filled as `NAME.unfinished`, and moved to its
    /// place
    /// at the end. Whoever is killed meanwhile leaves that draft, which the next attempt removes.
    public static void makeWhole(Path folder, Filling filling) throws IOException {
        if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(folder + " is there already");
        }
        Path draft = folder.resolveSibling(folder.getFileName() + ".unfinished");
        removeFolder(draft);
        boolean done = false;
        try {
            makeFolder(draft);
            filling.fill(draft);
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
            done = true;
        } finally {
            if (!done) {
                removeFolder(draft);
            }
        }
    }

    /// Makes the folders that are missing.
    public static void makeFolders(Path folder) throws IOException {
        Files.createDirectories(folder, OWNER_ENTERS);
    }

    /// Removes a folder and what is in it; what is a link is removed and not followed.
    public static void removeFolder(Path folder) throws IOException {
        if (Files.exists(folder)) {
            Files.walkFileTree(folder, new Remover());
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException fault)
                throws IOException {
            if (fault != null) {
                throw fault;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
