package org.chancery.adapters.blobs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.chancery.homeserver.media.BlobStore;

/// Blobs as files, named by their hash, 256 folders wide.
///
/// A blob is written beside its place, fsynced, and moved; then the folder is fsynced. So a blob
/// that has a name is whole, whatever happens.
public final class DiskBlobs implements BlobStore {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path folder;
    private final Path arriving;
    private final AtomicLong arrivals = new AtomicLong();

    /// Opens or makes the folder, and clears away what a crash left half-written.
    public DiskBlobs(Path folder) throws IOException {
        this.folder = folder;
        this.arriving = folder.resolve("arriving");
        Files.createDirectories(arriving);
        try (var left = Files.newDirectoryStream(arriving)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    @Override
    public Blob keep(InputStream in) throws IOException {
        Path draft = arriving.resolve(Long.toString(arrivals.incrementAndGet()));
        try {
            Blob blob = write(in, draft);
            Path shelf = shelf(blob.name());
            if (!Files.isDirectory(shelf)) {
                Files.createDirectories(shelf);
                sync(folder);
            }
            Files.move(draft, shelf.resolve(blob.name()), StandardCopyOption.ATOMIC_MOVE);
            sync(shelf);
            return blob;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    @Override
    public InputStream open(String name) throws IOException {
        if (!name.matches("[0-9a-f]{64}")) {
            throw new NoSuchFileException(name);
        }
        return Files.newInputStream(shelf(name).resolve(name));
    }

    private static Blob write(InputStream in, Path draft) throws IOException {
        MessageDigest digest = sha256();
        long length = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (FileChannel out =
                FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                length += read;
            }
            out.force(true);
        }
        return new Blob(HexFormat.of().formatHex(digest.digest()), length);
    }

    /// Makes the names in a folder durable.
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path shelf(String name) {
        return folder.resolve(name.substring(0, 2));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
