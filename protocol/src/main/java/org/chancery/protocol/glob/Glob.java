package org.chancery.protocol.glob;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// A glob pattern: `*` stands for any characters, `?` for exactly one (Appendices, "Glob-style
/// matching").
///
/// The pattern is an automaton with a state before each of its characters and one at the end, kept
/// as bits; before a star stands a state that may stay where it is. One pass over the text moves
/// all states at once, so that no pattern can make a match slow: nothing is ever tried again.
public final class Glob {
    private static final int ANY = -1;
    private static final int STAR = -2;

    private final IntUnaryOperator fold;

    /// The characters of a pattern without wildcards, which is merely compared.
    private final int @Nullable [] plain;

    /// The different characters of the pattern, sorted.
    private final int[] alphabet;

    /// For each of them the states that it moves on, `words` longs each.
    private final long[] moves;

    /// The states that every character moves on.
    private final long[] movesAny;

    /// The states that may stay.
    private final long[] stays;

    /// How many longs hold the states.
    private final int words;

    /// The state in which the pattern has matched.
    private final int end;

    private Glob(int[] tokens, IntUnaryOperator fold) {
        this.fold = fold;
        this.plain = Arrays.stream(tokens).allMatch(token -> token >= 0) ? tokens : null;
        this.end = (int) Arrays.stream(tokens).filter(token -> token != STAR).count();
        this.words = end / Long.SIZE + 1;
        this.alphabet =
                Arrays.stream(tokens).filter(token -> token >= 0).sorted().distinct().toArray();
        this.moves = new long[alphabet.length * words];
        this.movesAny = new long[words];
        this.stays = new long[words];
        int state = 0;
        for (int token : tokens) {
            switch (token) {
                case STAR -> set(stays, 0, state);
                case ANY -> set(movesAny, 0, state++);
                default -> set(moves, Arrays.binarySearch(alphabet, token) * words, state++);
            }
        }
    }

    /// Letters count as they are.
    public static Glob of(String pattern) {
        return new Glob(pattern.codePoints().map(c -> wildcard(c, c)).toArray(), c -> c);
    }

    /// Upper and lower case count as the same.
    public static Glob ignoringCase(String pattern) {
        var tokens = pattern.codePoints().map(c -> wildcard(c, foldCase(c))).toArray();
        return new Glob(tokens, Glob::foldCase);
    }

    /// Only `*` is special, as in the types of a filter.
    public static Glob ofStars(String pattern) {
        return new Glob(pattern.codePoints().map(c -> c == '*' ? STAR : c).toArray(), c -> c);
    }

    /// Nothing is special; upper and lower case count as the same.
    public static Glob literalIgnoringCase(String text) {
        return new Glob(text.codePoints().map(Glob::foldCase).toArray(), Glob::foldCase);
    }

    /// Whether the whole text matches.
    public boolean matches(String text) {
        if (plain != null) {
            return isPlain(plain, text);
        }
        var now = new long[words];
        now[0] = 1;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            if (!step(now, c)) {
                return false;
            }
            at += Character.charCount(c);
        }
        return hasMatched(now);
    }

    /// Whether some part of the text matches that starts and ends at a word boundary: at an end of
    /// the text, or beside a character other than `A-Z`, `a-z`, `0-9` and `_` (Client-Server API,
    /// "Push Rules", `event_match`).
    public boolean matchesWords(String text) {
        var now = new long[words];
        boolean boundary = true;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            if (boundary) {
                now[0] |= 1;
            }
            boundary = !isOfWord(c);
            if (boundary && hasMatched(now)) {
                return true;
            }
            step(now, c);
            at += Character.charCount(c);
        }
        return hasMatched(now) || (boundary && end == 0);
    }

    private boolean isPlain(int[] characters, String text) {
        int count = 0;
        for (int at = 0; at < text.length(); count++) {
            int c = text.codePointAt(at);
            if (count == characters.length || fold.applyAsInt(c) != characters[count]) {
                return false;
            }
            at += Character.charCount(c);
        }
        return count == characters.length;
    }

    /// Moves all states over one character, in place. Answers whether any is left.
    private boolean step(long[] now, int c) {
        int at = Arrays.binarySearch(alphabet, fold.applyAsInt(c));
        long carry = 0;
        long left = 0;
        for (int i = 0; i < words; i++) {
            long moving = now[i] & (at < 0 ? movesAny[i] : movesAny[i] | moves[at * words + i]);
            now[i] = (now[i] & stays[i]) | (moving << 1) | carry;
            carry = moving >>> (Long.SIZE - 1);
            left |= now[i];
        }
        return left != 0;
    }

    private boolean hasMatched(long[] now) {
        return (now[end / Long.SIZE] & (1L << end)) != 0;
    }

    private static void set(long[] bits, int from, int state) {
        bits[from + state / Long.SIZE] |= 1L << state;
    }

    private static int wildcard(int c, int otherwise) {
        return switch (c) {
            case '*' -> STAR;
            case '?' -> ANY;
            default -> otherwise;
        };
    }

    private static int foldCase(int c) {
        return c < 0x80
                ? (c >= 'A' && c <= 'Z' ? c + 32 : c)
                : Character.toLowerCase(Character.toUpperCase(c));
    }

    private static boolean isOfWord(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_';
    }
}
