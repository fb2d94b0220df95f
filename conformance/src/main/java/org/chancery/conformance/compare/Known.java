package org.chancery.conformance.compare;

import java.util.ArrayList;
import java.util.List;

/// A difference that stays, as the specification decides it so. `*` stands for any text in the
/// first
/// four.
///
/// @param section where the specification decides
/// @param reason what it decides
public record Known(
        String exchange, String path, String ours, String theirs, String section, String reason) {
    private static final int PARTS = 6;

    /// Reads lines of `exchange | path | Chancery | Synapse | section | reason`.
    public static List<Known> read(String text) {
        List<Known> known = new ArrayList<>();
        for (List<String> parts : Pattern.table(text, PARTS)) {
            known.add(
                    new Known(
                            parts.get(0),
                            parts.get(1),
                            parts.get(2),
                            parts.get(3),
                            parts.get(4),
                            parts.get(5)));
        }
        return known;
    }

    boolean explains(Difference difference) {
        return Pattern.matches(exchange, difference.exchange())
                && Pattern.matches(path, difference.path())
                && Pattern.matches(ours, difference.ours())
                && Pattern.matches(theirs, difference.theirs());
    }
}
