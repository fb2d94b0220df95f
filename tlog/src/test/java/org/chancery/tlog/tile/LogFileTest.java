package org.chancery.tlog.tile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.chancery.tlog.Mutations;
import org.junit.jupiter.api.Test;

class LogFileTest {
    @Test
    void names_are_those_of_the_specification() {
        assertEquals("tile/0/x001/x234/067", new LogFile.Tile(0, 1_234_067, 256).path());
        assertEquals("tile/3/x001/000.p/7", new LogFile.Tile(3, 1_000, 7).path());
        assertEquals("tile/entries/000", new LogFile.Bundle(0, 256).path());
        assertEquals("tile/entries/x999/999.p/255", new LogFile.Bundle(999_999, 255).path());
    }

    @Test
    void a_tree_of_70000_has_the_tiles_that_the_specification_counts() {
        assertEquals(256, LogFile.Tile.in(70_000, 0, 272).width());
        assertEquals(112, LogFile.Tile.in(70_000, 0, 273).width());
        assertEquals(256, LogFile.Tile.in(70_000, 1, 0).width());
        assertEquals(17, LogFile.Tile.in(70_000, 1, 1).width());
        assertEquals(1, LogFile.Tile.in(70_000, 2, 0).width());
        assertThrows(IllegalArgumentException.class, () -> LogFile.Tile.in(70_000, 3, 0));
        assertThrows(IllegalArgumentException.class, () -> LogFile.Tile.in(70_000, 0, 274));
    }

    @Test
    void a_tree_of_256_has_a_full_tile_and_one_hash_above_it() {
        assertFalse(LogFile.Tile.in(256, 0, 0).isPartial());
        assertEquals(1, LogFile.Tile.in(256, 1, 0).width());
        assertThrows(IllegalArgumentException.class, () -> LogFile.Bundle.in(256, 1));
    }

    @Test
    void each_name_is_read_as_what_it_names() {
        var random = new SplittableRandom(1);
        for (int round = 0; round < 5_000; round++) {
            long index = random.nextLong(Long.MAX_VALUE / 256) >> random.nextInt(55);
            int width = 1 + random.nextInt(256);
            LogFile tile = new LogFile.Tile(random.nextInt(8), index, width);
            LogFile bundle = new LogFile.Bundle(index, width);

            assertEquals(Optional.of(tile), LogFile.parse(tile.path()));
            assertEquals(Optional.of(bundle), LogFile.parse(bundle.path()));
        }
    }

    @Test
    void names_that_are_almost_right_name_nothing() {
        for (String wrong :
                List.of(
                        "",
                        "tile/8/000",
                        "tile/-1/000",
                        "tile/00/000",
                        "tile/0/00",
                        "tile/0/0000",
                        "tile/0/x000/000",
                        "tile/0/x001/x000",
                        "tile/0/001/000",
                        "tile/0/000.p/0",
                        "tile/0/000.p/256",
                        "tile/0/000.p/01",
                        "tile/0/000.p/",
                        "tile/0/000/",
                        "/tile/0/000",
                        "tile/0/../000",
                        "tile/entries/x9/000",
                        "tile/0/" + "x999/".repeat(6) + "999",
                        "tile/0/" + "x999/".repeat(60) + "999")) {
            assertEquals(Optional.empty(), LogFile.parse(wrong), wrong);
        }
    }

    @Test
    void a_tree_has_the_files_that_its_size_needs_and_those_that_came_before() {
        assertTrue(new LogFile.Tile(0, 273, 112).isIn(70_000));
        assertTrue(new LogFile.Tile(0, 273, 3).isIn(70_000));
        assertTrue(new LogFile.Bundle(272, 256).isIn(70_000));
        assertTrue(new LogFile.Tile(2, 0, 1).isIn(70_000));
        assertFalse(new LogFile.Tile(0, 273, 113).isIn(70_000));
        assertFalse(new LogFile.Tile(2, 0, 2).isIn(70_000));
        assertFalse(new LogFile.Tile(3, 0, 1).isIn(70_000));
        assertFalse(new LogFile.Tile(0, Long.MAX_VALUE / 256, 256).isIn(70_000));
        assertFalse(new LogFile.Bundle(0, 1).isIn(0));
    }

    @FuzzTest
    void parse(byte[] bytes) {
        sameOrNothing(new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void texts_that_are_almost_names_are_read_back_as_themselves() {
        Mutations.of(
                List.of("tile/0/x001/x234/067.p/8", "tile/entries/000.p/255"),
                50_000,
                bytes -> sameOrNothing(new String(bytes, StandardCharsets.UTF_8)));
    }

    private static void sameOrNothing(String text) {
        LogFile.parse(text).ifPresent(file -> assertEquals(text, file.path()));
    }
}
