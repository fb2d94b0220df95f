package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.outbound.Vapid;
import org.chancery.protocol.id.ServerName;

/// The folder of everything that is kept. One process owns it at a time, under one server name.
final class DataFolder implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER =
            PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /// Opens or makes the folder for a server of that name.
    ///
    /// @throws ConfigFault if another process has it, or another name was given at its first start
    static DataFolder open(Path folder, ServerName name) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, OWNER_FOLDER);
        }
        FileChannel channel =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        DataFolder data = new DataFolder(folder, channel, locked(folder, channel));
        data.requireName(name);
        return data;
    }

    private static FileLock locked(Path folder, FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(folder);
        }
        throw inUse(folder);
    }

    private static ConfigFault inUse(Path folder) {
        return new ConfigFault(
                List.of("the data folder " + folder + " is in use by another process"));
    }

    private void requireName(ServerName name) throws IOException {
        Path file = folder.resolve("server-name");
        if (!Files.exists(file)) {
            write(file, name + "\n");
            return;
        }
        String known = Files.readString(file).strip();
        if (!known.equals(name.value())) {
            throw new ConfigFault(
                    List.of(
                            "the data belongs to the server "
                                    + known
                                    + ", which cannot be renamed to "
                                    + name
                                    + ": set server_name = "
                                    + known
                                    + " or choose another data folder"));
        }
    }

    Path database() {
        return folder.resolve("chancery.db");
    }

    Path media() {
        return folder.resolve("media");
    }

    /// The key by which the server signs its events; made at the first start.
    BouncyEd25519 signingKey(SecureRandom random) throws IOException {
        Path file = folder.resolve("signing.key");
        if (!Files.exists(file)) {
            String version = "a_" + Integer.toString(random.nextInt(1 << 24), 36);
            write(file, BouncyEd25519.generate(version, random).toKeyFile());
        }
        return BouncyEd25519.fromKeyFile(Files.readString(file));
    }

    /// Where the transparency log lies.
    Path log() {
        return folder.resolve("log");
    }

    /// Where dossiers of cases are handed over.
    Path dossiers() {
        return folder.resolve("dossiers");
    }

    /// The key by which the server signs the checkpoints of its log; made at the first start. Who
    /// has pinned it takes no other.
    BouncyEd25519 logKey(SecureRandom random) throws IOException {
        return key("log", random);
    }

    /// The key by which the server witnesses the logs of others; made when it first does.
    BouncyEd25519 witnessKey(SecureRandom random) throws IOException {
        return key("witness", random);
    }

    private BouncyEd25519 key(String name, SecureRandom random) throws IOException {
        Path file = folder.resolve(name + ".key");
        if (!Files.exists(file)) {
            write(file, BouncyEd25519.generate(name, random).toKeyFile());
        }
        return BouncyEd25519.fromKeyFile(Files.readString(file));
    }

    /// The keys by which push services of browsers know this server; made when they are first
    /// wanted.
    Vapid vapid(SecureRandom random) {
        Path file = folder.resolve("vapid.key");
        try {
            if (!Files.exists(file)) {
                write(file, Vapid.generateKeyFile(random));
            }
            return Vapid.fromKeyFile(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the key for push services cannot be kept", e);
        }
    }

    /// Leaves the first administrator's link where only the owner of the folder reads it, or takes
    /// it away.
    void firstAdmin(Optional<String> link) throws IOException {
        Path file = folder.resolve("first-admin");
        if (link.isPresent()) {
            write(file, link.get() + "\n");
        } else {
            Files.deleteIfExists(file);
        }
    }

    /// Writes a file whole or not at all, readable by its owner only.
    private static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
            out.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        try (channel) {
            lock.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
