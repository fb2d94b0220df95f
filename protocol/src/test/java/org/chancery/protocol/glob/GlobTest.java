package org.chancery.protocol.glob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "lunc?*, lunch plans, true",
        "lunc?*, LUNCH, true",
        "lunc?*, ' lunch', false",
        "lunc?*, lunc, false",
        "'', '', true",
        "'', a, false",
        "*, '', true",
        "**, anything, true",
        "a*b*c, aXbXbXc, true",
        "a*b*c, aXc, false",
        "?, \uD83D\uDE00, true",
        "É, é, true",
        "a.c, abc, false"
    })
    void the_whole_text_must_match(String pattern, String text, boolean matches) {
        assertEquals(matches, Glob.ignoringCase(pattern).matches(text));
    }

    @ParameterizedTest
    @CsvSource({
        "ex*ple, An example event., true",
        "ex*ple, exple, true",
        "ex*ple, An exciting triple-whammy, true",
        "ex*ple, An examples event, false",
        "ex*ple, An unexample event, false",
        "cake, Cake, true",
        "cake, cheese_cake, false",
        "cake, cheesecake, false",
        "cake, cake2, false",
        "cake, (cake), true",
        "cake, cakes and cake, true",
        "cake, écake, true",
        "c?ke, a coke!, true",
        "'tea ', tea time, false",
        "'tea ', 'tea ', true"
    })
    void a_part_between_word_boundaries_must_match(String pattern, String text, boolean matches) {
        assertEquals(matches, Glob.ignoringCase(pattern).matchesWords(text));
    }

    @Test
    void case_counts_unless_it_is_ignored() {
        assertFalse(Glob.of("Abc").matches("abc"));
        assertTrue(Glob.of("A?c*").matches("Abcd"));
    }

    @Test
    void in_a_filter_only_stars_are_special() {
        assertTrue(Glob.ofStars("m.room.*").matches("m.room.member"));
        assertFalse(Glob.ofStars("m.room.*").matches("m.roomXmember"));
        assertTrue(Glob.ofStars("what?").matches("what?"));
        assertFalse(Glob.ofStars("what?").matches("whatX"));
    }

    @Test
    void in_a_literal_nothing_is_special() {
        var name = Glob.literalIgnoringCase("A*b?");

        assertTrue(name.matchesWords("hello a*B?"));
        assertFalse(name.matchesWords("hello axxbc"));
    }

    @Test
    void patterns_longer_than_a_word_of_states_match() {
        var long1 = "x".repeat(200);

        assertTrue(Glob.of(long1).matches(long1));
        assertTrue(Glob.of(long1 + "*" + long1).matches(long1 + "y" + long1));
        assertFalse(Glob.of(long1 + "*" + long1).matches(long1 + "y" + long1.substring(1)));
        assertTrue(Glob.of("?".repeat(64)).matches("a".repeat(64)));
        assertFalse(Glob.of("?".repeat(64)).matches("a".repeat(65)));
    }

    @Test
    void no_pattern_is_slow() {
        var pattern = Glob.ignoringCase("a*".repeat(100) + "b");
        var text = "a".repeat(60_000);

        assertTimeout(Duration.ofSeconds(5), () -> assertFalse(pattern.matches(text)));
        assertTimeout(Duration.ofSeconds(5), () -> assertFalse(pattern.matchesWords(text)));
    }

    @Test
    void globs_agree_with_regular_expressions() {
        var random = new SplittableRandom(1);
        for (int round = 0; round < 20_000; round++) {
            var pattern = random(random, "ab_ *?", 6);
            var text = random(random, "ab_ -", 8);
            var regex = pattern.replace("*", ".*").replace("?", ".");

            assertEquals(
                    Pattern.matches(regex, text),
                    Glob.of(pattern).matches(text),
                    pattern + "|" + text);
            assertEquals(
                    Pattern.compile("(?<![A-Za-z0-9_])" + regex + "(?![A-Za-z0-9_])")
                            .matcher(text)
                            .find(),
                    Glob.of(pattern).matchesWords(text),
                    pattern + "|" + text);
        }
    }

    private static String random(SplittableRandom random, String alphabet, int lengthMax) {
        var text = new StringBuilder();
        for (int i = random.nextInt(lengthMax + 1); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
