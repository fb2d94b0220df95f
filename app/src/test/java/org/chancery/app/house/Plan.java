package org.chancery.app.house;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// `architecture/rooms.txt`, read: which room may import which. The reader refuses a line
/// that names a room further down, so a plan that was read has no circle.
record Plan(Map<String, Set<String>> allowed) {
    private static final String ARROW = "<-";
    private static final String EVERYTHING = "everything";

    static Plan read(List<String> lines) {
        Map<String, Set<String>> rooms = new LinkedHashMap<>();
        Set<String> free = new TreeSet<>();
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                readLine(line, rooms, free);
            }
        }
        return new Plan(rooms);
    }

    private static void readLine(String line, Map<String, Set<String>> rooms, Set<String> free) {
        int arrow = line.indexOf(ARROW);
        if (arrow < 0) {
            throw new IllegalArgumentException("no arrow in: " + line);
        }
        List<String> left = words(line.substring(0, arrow));
        List<String> right = words(line.substring(arrow + ARROW.length()));
        String room = left.getFirst();
        Set<String> allowed = new TreeSet<>(free);
        allowed.addAll(right.equals(List.of(EVERYTHING)) ? rooms.keySet() : right);
        for (String below : allowed) {
            if (!rooms.containsKey(below)) {
                throw new IllegalArgumentException(room + " names " + below + ", not above it");
            }
        }
        if (rooms.put(room, allowed) != null) {
            throw new IllegalArgumentException(room + " stands twice");
        }
        if (left.contains("*")) {
            free.add(room);
        }
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>(List.of(text.strip().split(" +")));
        words.removeIf(String::isEmpty);
        return words;
    }

    /// The room of a package: `api.http` for `org.chancery.api.http`, and a package inside it is a
    /// room of its own. The whole of `app` is one room.
    static String roomOf(String packageName) {
        String[] names = packageName.split("\\.", -1);
        return names[2].equals("app")
                ? names[2]
                : String.join(".", List.of(names).subList(2, names.length));
    }
}
