package org.chancery.custody.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// A bag (BagIt, RFC 8493): the export and its description as payload, with SHA-512 of every file.
final class Bag {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

    private Bag() {}

    /// @param root where the bag is made
    /// @param payload what was copied under `data/`
    static void finish(Path root, Description of, List<PackedFile> payload) throws IOException {
        long bytes = payload.stream().mapToLong(PackedFile::length).sum();
        String info =
                "Source-Organization: "
                        + of.creator()
                        + "\nBagging-Date: "
                        + DAY.format(of.madeAt())
                        + "\nExternal-Identifier: "
                        + of.id()
                        + "\nExternal-Description: "
                        + of.title()
                        + "\nPayload-Oxum: "
                        + bytes
                        + "."
                        + payload.size()
                        + "\n";
        List<PackedFile> tags = new ArrayList<>();
        tags.add(
                PackedFile.write(
                        root,
                        "bagit.txt",
                        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
                                .getBytes(UTF_8)));
        tags.add(PackedFile.write(root, "bag-info.txt", info.getBytes(UTF_8)));
        tags.add(PackedFile.write(root, "manifest-sha512.txt", manifest(payload)));
        PackedFile.write(root, "tagmanifest-sha512.txt", manifest(tags));
    }

    private static byte[] manifest(List<PackedFile> files) {
        StringBuilder lines = new StringBuilder();
        for (PackedFile file : files) {
            lines.append(file.sha512()).append("  ").append(file.path()).append('\n');
        }
        return lines.toString().getBytes(UTF_8);
    }
}
