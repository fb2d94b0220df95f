package org.chancery.app.house;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The files of the checkout as their authors wrote them: nothing that a build has made.
final class Repository {
    private static final Set<String> MADE =
            Set.of(".git", "build", "data", "dist", "node_modules", "target", ".idea", ".vscode");

    private Repository() {}

    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("architecture/rooms.txt"))) {
            Path parent = here.getParent();
            if (parent == null) {
                throw new IllegalStateException("architecture/rooms.txt is in no folder above");
            }
            here = parent;
        }
        return here;
    }

    /// Every file with one of the endings; all files if none is given.
    static List<Path> files(String... endings) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(root(), new Collector(found, List.of(endings)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }

    static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    static String name(Path file) {
        return root().relativize(file).toString();
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final List<Path> found;
        private final List<String> endings;

        Collector(List<Path> found, List<String> endings) {
            this.found = found;
            this.endings = endings;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            Path name = folder.getFileName();
            return name != null && MADE.contains(name.toString())
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (endings.isEmpty() || endings.stream().anyMatch(file.toString()::endsWith)) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
