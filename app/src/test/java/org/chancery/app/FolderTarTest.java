package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our archives, as GNU tar reads them.
final class FolderTarTest {
    private static final String TOP = "dossier-0123456789abcdef0123456789abcdef";

    @TempDir private Path folder = Path.of("");

    /// So long are names of files in all, around the lengths at which headers change.
    @ParameterizedTest
    @ValueSource(ints = {60, 99, 100, 101, 121, 155, 156, 254, 255, 256, 257, 300, 900, 1_000})
    void names_of_every_length_are_read(int length) throws Exception {
        String name = name(length - TOP.length() - 1);
        byte[] bytes = "what it says".repeat(length).getBytes(UTF_8);
        write(name, bytes);
        write("zzz", new byte[512]);

        List<String> listed = tar(TOP, "-tf");
        List<String> extracted = tar(TOP, "-xf");

        assertEquals(List.of(TOP + "/" + name, TOP + "/zzz"), listed);
        assertEquals(List.of(), extracted);
        assertArrayEquals(bytes, Files.readAllBytes(folder.resolve(TOP).resolve(name)));
        assertArrayEquals(new byte[512], Files.readAllBytes(folder.resolve(TOP).resolve("zzz")));
    }

    @Test
    void names_beyond_ascii_are_read() throws Exception {
        write("file", new byte[] {1});

        List<String> listed = tar("Akte \u00c4\u00df \u4e2d", "--quoting-style=literal", "-tf");

        assertEquals(List.of("Akte \u00c4\u00df \u4e2d/file"), listed);
    }

    /// A path of that length, no part of which is too long for a disk.
    private static String name(int length) {
        StringBuilder name = new StringBuilder();
        while (name.length() < length) {
            boolean ends = name.length() % 50 == 49 && name.length() < length - 1;
            name.append(ends ? '/' : 'n');
        }
        return name.toString();
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve("in").resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, bytes);
    }

    /// What GNU tar says of the folder `in`, packed below that name.
    private List<String> tar(String top, String... how) throws Exception {
        try (FolderTar tar = FolderTar.of(folder.resolve("in"), top)) {
            byte[] all = tar.readAllBytes();
            assertEquals(tar.length(), all.length);
            assertEquals(0, all.length % 512);
            Files.write(folder.resolve("all.tar"), all);
        }
        List<String> words = new ArrayList<>(List.of("tar"));
        words.addAll(List.of(how));
        words.add("all.tar");
        ProcessBuilder program =
                new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        program.environment().put("LC_ALL", "C.UTF-8");
        Process running = program.start();
        String said = new String(running.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, running.waitFor(), said);
        return said.lines().toList();
    }
}
