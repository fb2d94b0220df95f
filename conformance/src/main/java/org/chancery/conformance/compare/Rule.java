package org.chancery.conformance.compare;

import java.util.ArrayList;
import java.util.List;

/// One field that differs between two right answers, and why it may.
///
/// @param operation an `operationId`, or `*`
/// @param field the path to it, `/body/**/origin_server_ts`
/// @param action what becomes of it
/// @param reason why two servers may both be right
public record Rule(String operation, String field, Action action, String reason) {
    /// What a rule does to its field.
    public enum Action {
        /// Any value of the same type is alike.
        ANY,
        /// The order of the array means nothing.
        UNORDERED,
        /// The field may be there or not.
        OPTIONAL
    }

    private static final int PARTS = 4;

    /// Reads lines of `operation | field | action | reason`; `#` begins a comment.
    public static List<Rule> read(String text) {
        List<Rule> rules = new ArrayList<>();
        for (List<String> parts : Pattern.table(text, PARTS)) {
            rules.add(
                    new Rule(
                            parts.get(0),
                            parts.get(1),
                            Action.valueOf(parts.get(2)),
                            parts.get(3)));
        }
        return rules;
    }

    boolean covers(String operation, String path) {
        return Pattern.matches(this.operation, operation) && Pattern.matches(field, path);
    }
}
