package org.chancery.conformance.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/// Which item of one array belongs to which of another.
///
/// Arrays of the same length are laid item by item, so that another order is seen. Of two lengths,
/// what one has more is set apart, so that one more item is one difference and not a shift of all.
final class Alignment {
    private static final List<String> MARKS = List.of("type", "state_key", "sender", "rule_id");

    private Alignment() {}

    /// One of them is missing where the other array has nothing that belongs to it.
    record Pair(JsonNode ours, JsonNode theirs) {}

    static List<Pair> of(JsonNode ours, JsonNode theirs) {
        return ours.size() == theirs.size() ? inStep(ours, theirs) : common(ours, theirs);
    }

    private static List<Pair> inStep(JsonNode ours, JsonNode theirs) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            pairs.add(new Pair(ours.path(i), theirs.path(i)));
        }
        return pairs;
    }

    /// The longest row of items that belong together, found from the end.
    private static List<Pair> common(JsonNode ours, JsonNode theirs) {
        int[][] longest = new int[ours.size() + 1][theirs.size() + 1];
        for (int i = ours.size() - 1; i >= 0; i--) {
            for (int j = theirs.size() - 1; j >= 0; j--) {
                longest[i][j] =
                        likeness(ours.path(i), theirs.path(j)) > 0
                                ? longest[i + 1][j + 1] + likeness(ours.path(i), theirs.path(j))
                                : 0;
                longest[i][j] =
                        Math.max(longest[i][j], Math.max(longest[i + 1][j], longest[i][j + 1]));
            }
        }
        List<Pair> pairs = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < ours.size() || j < theirs.size()) {
            JsonNode left = ours.path(i);
            JsonNode right = theirs.path(j);
            int like = i < ours.size() && j < theirs.size() ? likeness(left, right) : 0;
            if (like > 0 && longest[i][j] == longest[i + 1][j + 1] + like) {
                pairs.add(new Pair(left, right));
                i++;
                j++;
            } else if (j == theirs.size()
                    || (i < ours.size() && longest[i][j] == longest[i + 1][j])) {
                pairs.add(new Pair(left, MissingNode.getInstance()));
                i++;
            } else {
                pairs.add(new Pair(MissingNode.getInstance(), right));
                j++;
            }
        }
        return pairs;
    }

    /// 2 for the same, 1 for two of one kind (an event of the same type, key and sender), 0 else.
    private static int likeness(JsonNode ours, JsonNode theirs) {
        if (ours.equals(theirs)) {
            return 2;
        }
        boolean kind = ours.has(MARKS.getFirst()) || ours.has(MARKS.getLast());
        return kind && MARKS.stream().allMatch(it -> ours.path(it).equals(theirs.path(it))) ? 1 : 0;
    }
}
