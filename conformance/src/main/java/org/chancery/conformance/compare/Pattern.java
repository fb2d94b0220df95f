package org.chancery.conformance.compare;

import java.util.ArrayList;
import java.util.List;

/// Patterns and tables as the lists of this room are written in.
final class Pattern {
    private Pattern() {}

    /// `*` stands for any text.
    static boolean matches(String pattern, String text) {
        StringBuilder regex = new StringBuilder();
        for (String literal : pattern.split("\\*+", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*")
                    .append(java.util.regex.Pattern.quote(literal));
        }
        return java.util.regex.Pattern.compile(regex.toString(), java.util.regex.Pattern.DOTALL)
                .matcher(text)
                .matches();
    }

    /// Rows of so many columns, divided by bars; a row that begins with a blank goes on the last.
    static List<List<String>> table(String text, int columns) {
        List<String> rows = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith(" ")) {
                rows.add(rows.removeLast() + " " + line.strip());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                rows.add(line);
            }
        }
        List<List<String>> table = new ArrayList<>();
        for (String row : rows) {
            List<String> parts = List.of(row.split("\\|", -1)).stream().map(String::strip).toList();
            if (parts.size() != columns || parts.stream().anyMatch(String::isEmpty)) {
                throw new IllegalArgumentException(columns + " columns are due: " + row);
            }
            table.add(parts);
        }
        return table;
    }
}
