package org.chancery.homeserver.accounts;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Names as they are looked for: in words, whatever their case and accents. `Ångström, K.` has the
/// words `angstrom` and `k`.
public final class NameWords {
    /// The most words of a name that are kept or looked for.
    public static final int WORDS_MAX = 16;

    private static final int WORD_LENGTH_MAX = 64;
    private static final int NAME_LENGTH_MAX = 1_024;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern GAPS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /// Letters that Unicode does not take apart.
    private static final Map<Character, String> FOLDED =
            Map.of(
                    'ø', "o", 'æ', "ae", 'œ', "oe", 'ł', "l", 'đ', "d", 'ð', "d", 'þ', "th", 'ı',
                    "i", 'ß', "ss");

    private NameWords() {}

    /// The words of a name or of what somebody looks for, each once.
    public static List<String> of(String text) {
        String start = text.substring(0, Math.min(text.length(), NAME_LENGTH_MAX));
        Set<String> words = new LinkedHashSet<>();
        for (String word : all(start)) {
            if (words.size() < WORDS_MAX) {
                words.add(bounded(word));
            }
        }
        return List.copyOf(words);
    }

    /// All words of a text, in order.
    public static List<String> all(String text) {
        List<String> words = new ArrayList<>();
        for (String word : GAPS.split(folded(text), -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    private static String folded(String text) {
        String apart =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        StringBuilder folded = new StringBuilder(apart.length());
        for (char letter : apart.toLowerCase(Locale.ROOT).toCharArray()) {
            folded.append(FOLDED.getOrDefault(letter, String.valueOf(letter)));
        }
        return MARKS.matcher(folded).replaceAll("");
    }

    /// Not longer than a word may be, and no half of a surrogate pair at its end.
    private static String bounded(String word) {
        if (word.length() <= WORD_LENGTH_MAX) {
            return word;
        }
        int end = Character.isHighSurrogate(word.charAt(WORD_LENGTH_MAX - 1)) ? 1 : 0;
        return word.substring(0, WORD_LENGTH_MAX - end);
    }
}
