package org.chancery.ledger.leaf;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chancery.protocol.id.EventId;

/// What of a room is told by name in a leaf, so that a leaf fits whatever the room holds. Who
/// writes leaves and who checks them go by the same rule.
public final class LeafLimits {
    /// Under which all types are counted that are not counted by name.
    public static final String OTHERS = "*";

    /// Most ends of a room's graph that a leaf names.
    public static final int EXTREMITIES_MAX = 512;

    private static final int NAMED_MAX = 200;
    private static final int NAME_LENGTH_MAX = 100;

    private LeafLimits() {}

    /// The counts as a leaf tells them: plain names of up to 100 characters, the first 200 of them,
    /// and all others as one. To fold a part and add the rest gives the same as to fold the whole.
    public static SortedMap<String, Long> types(Map<String, Long> counts) {
        var named = new TreeMap<String, Long>();
        long others = 0;
        for (var each : counts.entrySet()) {
            if (isPlain(each.getKey())) {
                named.put(each.getKey(), each.getValue());
            } else {
                others += each.getValue();
            }
        }
        while (named.size() > NAMED_MAX) {
            others += named.pollLastEntry().getValue();
        }
        if (others > 0) {
            named.put(OTHERS, others);
        }
        return named;
    }

    private static boolean isPlain(String type) {
        return !type.isEmpty()
                && type.length() <= NAME_LENGTH_MAX
                && type.chars().allMatch(LeafLimits::isPlain);
    }

    private static boolean isPlain(int c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    }

    /// The ends as a leaf tells them: in order, of too many the first.
    public static List<EventId> extremities(Collection<EventId> all) {
        return all.stream()
                .sorted(Comparator.comparing(EventId::value))
                .limit(EXTREMITIES_MAX)
                .toList();
    }
}
