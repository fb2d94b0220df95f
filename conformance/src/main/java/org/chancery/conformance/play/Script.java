package org.chancery.conformance.play;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads scenarios from text:
///
/// ```
/// == rooms/topic: alice bob
/// alice POST /createRoom {"preset":"public_chat"} -> room=/room_id
/// bob PUT /rooms/{room}/state/m.room.topic/ {"topic":"x"} = 403 M_FORBIDDEN
/// ```
///
/// A line that begins with a blank goes on the line above; `#` begins a comment line. A path stands
/// under `/_matrix/client/v3` unless it begins with `//`. `~` before a line makes it patient. 200
/// is
/// due where nothing is said.
public final class Script {
    private static final Pattern HEAD = Pattern.compile("== ([a-z0-9/-]+):(.*)");
    private static final Pattern LINE =
            Pattern.compile(
                    "(~?)([a-z]+|-|\\?) ([A-Z]+) (\\S+)(?: ([{\\['<].*?))?"
                            + "(?: = (\\d{3})(?: (M_[A-Z_]+))?)?(?: -> (.+))?",
                    Pattern.DOTALL);
    private static final String USUAL = "/_matrix/client/v3";

    private Script() {}

    /// @throws IllegalArgumentException at a line that is none
    public static List<Scenario> read(String text) {
        List<Scenario> scenarios = new ArrayList<>();
        for (String whole : joined(text)) {
            Matcher head = HEAD.matcher(whole);
            if (head.matches()) {
                scenarios.add(new Scenario(head.group(1), words(head.group(2)), List.of()));
            } else {
                Scenario last = scenarios.removeLast();
                List<Line> lines = new ArrayList<>(last.lines());
                lines.add(line(whole));
                scenarios.add(new Scenario(last.name(), last.people(), lines));
            }
        }
        return scenarios;
    }

    private static List<String> joined(String text) {
        List<String> whole = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith(" ")) {
                whole.add(whole.removeLast() + " " + line.strip());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                whole.add(line.strip());
            }
        }
        return whole;
    }

    private static Line line(String text) {
        Matcher parts = LINE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no line of a scenario: " + text);
        }
        Map<String, String> learnt = new HashMap<>();
        for (String pair : words(or(parts.group(8), ""))) {
            int equals = pair.indexOf('=');
            learnt.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        String path = parts.group(4);
        if (!parts.group(3).equals(Line.SIGN)) {
            path = path.startsWith("//") ? path.substring(1) : USUAL + path;
        }
        return new Line(
                parts.group(2),
                parts.group(3),
                path,
                or(parts.group(5), ""),
                Integer.parseInt(or(parts.group(6), "200")),
                or(parts.group(7), ""),
                learnt,
                !parts.group(1).isEmpty());
    }

    private static String or(@org.jspecify.annotations.Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1)).stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
