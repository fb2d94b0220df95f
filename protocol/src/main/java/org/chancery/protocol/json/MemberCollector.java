package org.chancery.protocol.json;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/// Collects the members of one object in any order, and sorts them where they did not come sorted
/// (canonical input always does).
final class MemberCollector {
    private static final int INSERTION_MAX = 24;
    private static final int CAPACITY_MIN = 4;
    private static final Comparator<JsonObject.Member> BY_NAME =
            Comparator.comparing(JsonObject.Member::name, CodePointOrder.INSTANCE);

    private String[] names;
    private JsonValue[] values;
    private int size;
    private boolean sorted = true;

    MemberCollector(int capacity) {
        names = new String[capacity];
        values = new JsonValue[capacity];
    }

    void add(String name, JsonValue value) {
        if (size == names.length) {
            int capacity = Math.max(CAPACITY_MIN, size * 2);
            names = Arrays.copyOf(names, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        if (size > 0 && sorted) {
            sorted = CodePointOrder.INSTANCE.compare(names[size - 1], name) < 0;
        }
        names[size] = name;
        values[size] = value;
        size++;
    }

    /// The object; empty where a name came twice.
    Optional<JsonObject> unique() {
        return sort() ? Optional.empty() : Optional.of(object());
    }

    /// The object; of a name that came twice, the last value.
    JsonObject lastOfEach() {
        if (sort()) {
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (i + 1 < size && names[i].equals(names[i + 1])) {
                    continue;
                }
                names[kept] = names[i];
                values[kept] = values[i];
                kept++;
            }
            size = kept;
        }
        return object();
    }

    private JsonObject object() {
        if (size == 0) {
            return JsonObject.EMPTY;
        }
        return new JsonObject(Arrays.copyOf(names, size), Arrays.copyOf(values, size));
    }

    /// Sorts by name, keeping the order of equal names. Answers whether some are equal.
    private boolean sort() {
        if (sorted) {
            return false;
        }
        if (size <= INSERTION_MAX) {
            sortByInsertion();
        } else {
            sortByMerging();
        }
        for (int i = 1; i < size; i++) {
            if (names[i - 1].equals(names[i])) {
                return true;
            }
        }
        return false;
    }

    private void sortByInsertion() {
        for (int i = 1; i < size; i++) {
            var name = names[i];
            var value = values[i];
            int at = i;
            while (at > 0 && CodePointOrder.INSTANCE.compare(names[at - 1], name) > 0) {
                names[at] = names[at - 1];
                values[at] = values[at - 1];
                at--;
            }
            names[at] = name;
            values[at] = value;
        }
    }

    private void sortByMerging() {
        var members = new JsonObject.Member[size];
        for (int i = 0; i < size; i++) {
            members[i] = new JsonObject.Member(names[i], values[i]);
        }
        Arrays.sort(members, BY_NAME);
        for (int i = 0; i < size; i++) {
            names[i] = members[i].name();
            values[i] = members[i].value();
        }
    }
}
