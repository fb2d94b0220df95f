package org.chancery.custody.packages;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.custody.files.OwnFiles;

/// A file of a package, as it was copied there.
///
/// @param path in the package
/// @param sha512 in hexadecimal
record PackedFile(String path, long length, String sha512) {
    private static final int FILES_MAX = 200_000;

    /// Copies a folder into the package, and tells what it copied, in order of paths.
    static List<PackedFile> copy(Path from, Path root, String into) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(from)) {
            files =
                    walk.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                            .limit(FILES_MAX + 1L)
                            .sorted()
                            .toList();
        }
        if (files.size() > FILES_MAX) {
            throw new MalformedArchive("a package has at most " + FILES_MAX + " files");
        }
        List<PackedFile> packed = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new MalformedArchive(file + " is no plain file");
            }
            String path = into + "/" + from.relativize(file).toString().replace('\\', '/');
            packed.add(copyOne(file, root, path));
        }
        return packed;
    }

    private static PackedFile copyOne(Path file, Path root, String path) throws IOException {
        Path target = root.resolve(path);
        OwnFiles.makeFolders(parent(target));
        MessageDigest sha = digester();
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(target), sha)) {
            long length = in.transferTo(out);
            return new PackedFile(path, length, HexFormat.of().formatHex(sha.digest()));
        }
    }

    /// Writes a file of the package.
    static PackedFile write(Path root, String path, byte[] bytes) throws IOException {
        Path target = root.resolve(path);
        OwnFiles.makeFolders(parent(target));
        OwnFiles.write(target, bytes);
        String hash = HexFormat.of().formatHex(digester().digest(bytes));
        return new PackedFile(path, bytes.length, hash);
    }

    private static Path parent(Path target) {
        Path parent = target.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("a file of a package lies in it");
        }
        return parent;
    }

    private static MessageDigest digester() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-512 in this runtime", e);
        }
    }

    /// The last part of the path.
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private String extension() {
        return name().substring(name().lastIndexOf('.') + 1);
    }

    String mimeType() {
        return switch (extension()) {
            case "json" -> "application/json";
            case "jsonl" -> "application/jsonl";
            case "html" -> "text/html";
            case "xml" -> "application/xml";
            case "txt", "tlog-proof" -> "text/plain";
            default -> "application/octet-stream";
        };
    }

    /// The name of the format in the PRONOM register, and its number there; both are unknown for
    /// what nobody has looked into.
    Format format() {
        return switch (extension()) {
            case "json", "jsonl" -> new Format("JSON Data Interchange Format", "fmt/817");
            case "html" -> new Format("Hypertext Markup Language (5)", "fmt/471");
            case "xml" -> new Format("Extensible Markup Language", "fmt/101");
            case "txt", "tlog-proof" -> new Format("Plain Text File", "x-fmt/111");
            default -> new Format("unknown", "unknown");
        };
    }

    record Format(String label, String code) {}
}
