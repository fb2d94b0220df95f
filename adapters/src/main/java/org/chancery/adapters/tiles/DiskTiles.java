package org.chancery.adapters.tiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.chancery.tlog.tile.LogFile;
import org.chancery.tlog.tile.TileStore;

/// The files of one log in a folder of its own, named as they are served.
///
/// Files are written beside their places, fsynced, and moved; then every folder is fsynced that got
/// a name. So a file that has its name is whole, whatever happens. The folder serves one process at
/// a time: two writers would sign two trees.
public final class DiskTiles implements TileStore, AutoCloseable {
    private static final Pattern PATH = Pattern.compile("[a-z0-9.]+(/[a-z0-9.]+)*");

    private final Path folder;
    private final Path arriving;
    private final Path log;
    private final FileLock lock;

    /// Opens or makes the folder, and clears away what a crash left half-written.
    public DiskTiles(Path folder) throws IOException {
        this.folder = folder;
        this.arriving = folder.resolve("arriving");
        this.log = folder.resolve("log");
        Files.createDirectories(arriving);
        Files.createDirectories(log);
        sync(folder);
        this.lock = lock(folder.resolve("lock"));
        try (var left = Files.newDirectoryStream(arriving)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    private static FileLock lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            throw new IOException("another part of this process writes this log", e);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw new IOException("another process writes this log");
        }
        return lock;
    }

    @Override
    public Optional<byte[]> read(String path) {
        try {
            return Optional.of(Files.readAllBytes(place(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(Map<String, byte[]> files) {
        try {
            Map<Path, Path> drafts = new LinkedHashMap<>();
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path draft = arriving.resolve(Integer.toString(drafts.size()));
                writeDurably(draft, file.getValue());
                drafts.put(draft, place(file.getKey()));
            }
            Set<Path> named = new LinkedHashSet<>();
            for (Map.Entry<Path, Path> draft : drafts.entrySet()) {
                makeParents(draft.getValue(), named);
                Files.move(draft.getKey(), draft.getValue(), StandardCopyOption.ATOMIC_MOVE);
            }
            for (Path each : named) {
                sync(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes the folders above a file and notes which folders get a new name in them.
    private void makeParents(Path file, Set<Path> named) throws IOException {
        Path parent = parent(file);
        named.add(parent);
        if (!parent.equals(log) && !Files.isDirectory(parent)) {
            makeParents(parent, named);
            Files.createDirectory(parent);
        }
    }

    @Override
    public void discard(String path) {
        try {
            Files.deleteIfExists(place(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void discardPartial(LogFile whole) {
        Path partial = place(whole.whole().path() + ".p");
        if (!Files.isDirectory(partial)) {
            return;
        }
        try (var widths = Files.newDirectoryStream(partial)) {
            for (Path width : widths) {
                Files.delete(width);
            }
            Files.delete(partial);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isEmpty() {
        try (var files = Files.newDirectoryStream(log)) {
            return !files.iterator().hasNext();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Gives the folder free for another process.
    @Override
    public void close() throws IOException {
        try (FileChannel channel = lock.acquiredBy() instanceof FileChannel c ? c : null) {
            if (channel != null) {
                lock.release();
            }
        }
    }

    private Path place(String path) {
        if (!PATH.matcher(path).matches() || path.contains("..")) {
            throw new IllegalArgumentException("not a file of a log: " + path);
        }
        return log.resolve(path);
    }

    private static void writeDurably(Path file, byte[] bytes) throws IOException {
        try (FileChannel out =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
    }

    /// Makes the names in a folder durable.
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("a file without a folder");
        }
        return parent;
    }

    @Override
    public String toString() {
        return "DiskTiles[" + folder + "]";
    }
}
