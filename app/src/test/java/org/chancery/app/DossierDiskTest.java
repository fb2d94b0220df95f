package org.chancery.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Dossiers where they lie on the server's machine.
final class DossierDiskTest {
    private static final int WRITTEN = 20;

    @TempDir private Path folder = Path.of("");

    @Test
    void what_says_that_a_dossier_is_whole_is_removed_before_anything_else() throws IOException {
        Path place = folder.resolve("one");
        DossierDisk disk = DossierDisk.empty(place);
        for (String path : List.of("aaa", "dossier.json", "rooms/1/pdus", "zzz")) {
            disk.write(path, new byte[] {1});
        }

        List<String> removed =
                DossierDisk.toRemove(place).stream()
                        .map(each -> place.relativize(each).toString())
                        .toList();

        assertEquals(
                List.of("dossier.json", "zzz", "rooms/1/pdus", "rooms/1", "rooms", "aaa", ""),
                removed);
    }

    @Test
    void a_file_is_there_whole_or_not_at_all_while_it_is_written() throws Exception {
        byte[] bytes = new byte[4 << 20];
        DossierDisk disk = DossierDisk.empty(folder.resolve("one"));
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger written = new AtomicInteger();
        Thread reader =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (written.get() < WRITTEN) {
                                        String name = "file-" + written.get();
                                        File file = folder.resolve("one").resolve(name).toFile();
                                        if (file.exists()) {
                                            seen.add(file.length());
                                        }
                                    }
                                });

        for (int i = 0; i < WRITTEN; i++) {
            disk.write("file-" + i, bytes);
            written.incrementAndGet();
        }
        reader.join();

        seen.remove((long) bytes.length);
        assertEquals(Set.of(), seen);
    }

    @Test
    void what_was_there_of_an_earlier_dossier_is_gone() throws IOException {
        Path place = folder.resolve("one");
        DossierDisk.empty(place).write("rooms/1/pdus", new byte[] {1});

        DossierDisk.empty(place);

        try (Stream<Path> left = Files.list(place)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
