package org.chancery.adapters.tiles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.tlog.note.Ed25519Signer;
import org.chancery.tlog.note.Ed25519Verifier;
import org.chancery.tlog.note.VerifierKey;
import org.chancery.tlog.sequencer.Fsck;
import org.chancery.tlog.sequencer.PublishedLog;
import org.chancery.tlog.sequencer.Sequencer;
import org.chancery.tlog.tile.LogFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTilesTest {
    private static final String ORIGIN = "log.example.org";
    private static final Ed25519Verifier VERIFIER = BouncyEd25519.verifier()::verify;

    @TempDir private Path folder;

    @Test
    void a_file_is_read_back_and_replaced() throws IOException {
        try (DiskTiles tiles = new DiskTiles(folder)) {
            assertTrue(tiles.isEmpty());

            tiles.write(Map.of("tile/0/x001/234.p/8", bytes("old"), "checkpoint", bytes("c")));
            tiles.write(Map.of("tile/0/x001/234.p/8", bytes("new")));

            assertArrayEquals(bytes("new"), tiles.read("tile/0/x001/234.p/8").orElseThrow());
            assertArrayEquals(bytes("c"), tiles.read("checkpoint").orElseThrow());
            assertEquals(Optional.empty(), tiles.read("tile/0/000"));
            assertFalse(tiles.isEmpty());
        }
    }

    @Test
    void files_are_forgotten_one_by_one_or_by_place() throws IOException {
        try (DiskTiles tiles = new DiskTiles(folder)) {
            tiles.write(
                    Map.of(
                            "tile/0/000.p/1", bytes("a"),
                            "tile/0/000.p/2", bytes("b"),
                            "tile/0/001.p/3", bytes("c"),
                            "tile/0/000", bytes("d")));

            tiles.discard("tile/0/001.p/3");
            tiles.discard("tile/0/001.p/3");
            tiles.discardPartial(new LogFile.Tile(0, 0, 256));
            tiles.discardPartial(new LogFile.Tile(0, 0, 256));

            assertEquals(Optional.empty(), tiles.read("tile/0/001.p/3"));
            assertEquals(Optional.empty(), tiles.read("tile/0/000.p/1"));
            assertTrue(tiles.read("tile/0/000").isPresent());
        }
    }

    @Test
    void what_a_crash_left_half_written_is_cleared_away() throws IOException {
        new DiskTiles(folder).close();
        Files.write(folder.resolve("arriving/0"), bytes("half"));

        new DiskTiles(folder).close();

        try (var left = Files.list(folder.resolve("arriving"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void one_writer_at_a_time_has_the_folder() throws IOException {
        try (DiskTiles _ = new DiskTiles(folder)) {
            assertThrows(IOException.class, () -> new DiskTiles(folder));
        }

        new DiskTiles(folder).close();
    }

    @Test
    void names_that_lead_elsewhere_are_refused() throws IOException {
        try (DiskTiles tiles = new DiskTiles(folder)) {
            for (String wrong : List.of("", "/etc", "../lock", "tile//0", "tile/", "Tile", "..")) {
                assertThrows(IllegalArgumentException.class, () -> tiles.read(wrong), wrong);
            }
        }
    }

    @Test
    void a_log_on_disk_grows_over_many_openings_and_stays_sound() throws IOException {
        Key key = new Key(BouncyEd25519.generate("1", new SecureRandom()));
        int size = 0;
        for (int batch : List.of(1, 255, 300, 7, 1_000)) {
            try (DiskTiles tiles = new DiskTiles(folder)) {
                Sequencer log = Sequencer.open(tiles, ORIGIN, key, VERIFIER);
                log.append(entries(size, size + batch));
                size += batch;

                PublishedLog published = new PublishedLog(tiles);
                assertEquals(size - 1, published.prove(log.latest(), size - 1).index());
                VerifierKey pinned = new VerifierKey(ORIGIN, VerifierKey.Use.NOTE, key.publicKey());
                Fsck.Report report = Fsck.check(tiles, pinned, VERIFIER);
                assertEquals(List.of(), report.faults());
                assertEquals(size, report.entries());
            }
        }
    }

    private static List<byte[]> entries(int from, int to) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = from; i < to; i++) {
            entries.add(bytes("entry " + i));
        }
        return entries;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private record Key(BouncyEd25519 key) implements Ed25519Signer {
        @Override
        public byte[] publicKey() {
            return key.publicKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            return key.sign(message);
        }
    }
}
