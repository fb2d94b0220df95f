package org.chancery.benchmarks.crash;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What was wrong after a crash, counted by kind, with the first few in words.
final class Findings {
    private static final int WORDS_MAX = 5;

    /// A promise that can be broken.
    enum Kind {
        /// Acknowledged, or seen by another user, and no longer there.
        LOST,
        /// One transaction shown as two events, or one event shown twice.
        DUPLICATE,
        /// A sender's messages in another order than it sent them.
        REORDERED,
        /// A repeated transaction id that got another event id.
        CHANGED,
        /// A resumed sync that left something out, or showed it twice or in another order.
        SYNC,
        /// An answer other than 200 before the kill.
        REFUSED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final List<String> words = new ArrayList<>();

    void add(Kind kind, String detail) {
        counts.merge(kind, 1, Integer::sum);
        if (words.size() < WORDS_MAX) {
            words.add(kind.label() + ": " + detail);
        }
    }

    void addAll(Findings others) {
        others.counts.forEach((kind, count) -> counts.merge(kind, count, Integer::sum));
    }

    int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    @Override
    public String toString() {
        return counts + " " + words;
    }
}
