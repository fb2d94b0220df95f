package org.chancery.conformance.play;

import java.util.List;

/// A short play: people who are new to the server, and their lines.
///
/// @param name `rooms/topic`
/// @param people each registered before the first line; `admin` as an administrator
public record Scenario(String name, List<String> people, List<Line> lines) {
    public Scenario {
        people = List.copyOf(people);
        lines = List.copyOf(lines);
    }
}
