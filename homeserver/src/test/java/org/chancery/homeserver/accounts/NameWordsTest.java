package org.chancery.homeserver.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NameWordsTest {
    @Test
    void words_have_neither_case_nor_accents() {
        assertEquals(List.of("angstrom", "k"), NameWords.of("Ångström, K."));
        assertEquals(
                List.of("strasse", "lodz", "aeroskobing"), NameWords.of("STRAßE Łódź Ærøskøbing"));
        assertEquals(List.of("istanbul"), NameWords.of("İstanbul istanbul"));
        assertEquals(List.of("田中"), NameWords.of("田中"));
    }

    @Test
    void what_is_no_letter_and_no_digit_parts_words() {
        assertEquals(List.of("jan", "jansen", "2"), NameWords.of("jan.jansen_2"));
        assertEquals(List.of(), NameWords.of(" -- !"));
    }

    @Test
    void words_are_bounded_in_number_and_length() {
        assertEquals(
                NameWords.WORDS_MAX, NameWords.of("a b c d e f g h i j k l m n o p q r").size());
        assertEquals(64, NameWords.of("x".repeat(500)).getFirst().length());
        assertEquals(63, NameWords.of("x".repeat(63) + "𐐷").getFirst().length());
    }
}
