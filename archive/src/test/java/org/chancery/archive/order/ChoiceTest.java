package org.chancery.archive.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.chancery.archive.entry.Sample;
import org.chancery.archive.stock.Digest;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    @Test
    void a_tenth_is_chosen_and_at_least_one() {
        assertEquals(1, Choice.size(1));
        assertEquals(1, Choice.size(10));
        assertEquals(2, Choice.size(11));
        assertEquals(100, Choice.size(1_000));
        assertEquals(100, Choice.of(Sample.digest(1), 1_000).size());
    }

    @Test
    void the_choice_is_a_rising_row_of_numbers_that_exist_and_comes_back() {
        for (int chance = 0; chance < 50; chance++) {
            List<Integer> chosen = Choice.of(Sample.digest(chance), 95);

            assertEquals(10, chosen.size());
            assertTrue(chosen.getFirst() >= 1 && chosen.getLast() <= 95);
            assertTrue(IntStream.range(1, 10).allMatch(i -> chosen.get(i - 1) < chosen.get(i)));
            assertEquals(chosen, Choice.of(Sample.digest(chance), 95));
        }
    }

    @Test
    void every_identity_is_chosen_about_as_often() {
        int[] times = new int[20];
        for (int i = 0; i < 10_000; i++) {
            Digest chance = Digest.of("chance", String.valueOf(i).getBytes(UTF_8));
            Choice.of(chance, 20).forEach(number -> times[number - 1]++);
        }

        for (int count : times) {
            assertEquals(1_000, count, 150, "about 1,000 times each");
        }
    }

    @Test
    void the_chance_to_be_caught_is_that_of_counting() {
        assertEquals(10, Choice.percentCaught(100, 1), 1e-9);
        assertEquals(100, Choice.percentCaught(100, 100), 1e-9);
        assertEquals(100, Choice.percentCaught(20, 19), 1e-9);
        // 2 of 20 are opened, 2 are bad: 1 - (18/20)(17/19).
        assertEquals(100 * (1 - 18.0 / 20 * 17 / 19), Choice.percentCaught(20, 2), 1e-9);
    }
}
