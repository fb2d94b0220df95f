package org.chancery.benchmarks.crash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.chancery.benchmarks.client.Connection;
import org.chancery.benchmarks.client.World;

/// The rooms in which some cycles play, and a user who is in all of them and only reads.
///
/// @param seats who sends where
record Stage(List<World.Seat> seats, World.Person watcher) {
    private static final int PEOPLE = 8;
    private static final int ROOMS = 32;

    Stage {
        seats = List.copyOf(seats);
    }

    static Stage build(Connection connection, String name) throws IOException {
        World world = new World(connection, name);
        World.Person watcher = world.person("watcher-");
        List<World.Person> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(world.person("sender" + i + "-"));
        }
        List<World.Seat> seats = new ArrayList<>();
        for (int i = 0; i < ROOMS; i++) {
            World.Person other = people.get((i + 1) % PEOPLE);
            seats.addAll(world.room(people.get(i % PEOPLE), List.of(other, watcher)).subList(0, 2));
        }
        return new Stage(seats, watcher);
    }

    Set<String> rooms() {
        Set<String> rooms = new LinkedHashSet<>();
        seats.forEach(seat -> rooms.add(seat.room()));
        return rooms;
    }
}
