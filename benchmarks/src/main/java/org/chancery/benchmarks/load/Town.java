package org.chancery.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.chancery.benchmarks.client.Connection;
import org.chancery.benchmarks.client.World;

/// Builds people and rooms, several at a time.
final class Town {
    private static final int BUILDERS = 8;

    private final int port;
    private final String name;

    /// @param name keeps towns on the same server apart
    Town(int port, String name) {
        this.port = port;
        this.name = name;
    }

    private interface Work<T> {
        T with(World world, int number) throws IOException;
    }

    List<World.Person> people(int count) throws IOException, InterruptedException {
        return each(count, (world, number) -> world.person("p" + number + "-"));
    }

    /// Rooms of two: the seats of each room follow one another, the maker's first.
    List<World.Seat> pairs(List<World.Person> people, int rooms)
            throws IOException, InterruptedException {
        int count = people.size();
        return each(
                        rooms,
                        (world, number) ->
                                world.room(
                                        people.get(2 * number % count),
                                        List.of(people.get((2 * number + 1) % count))))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /// One room of all.
    List<World.Seat> hall(List<World.Person> people) throws IOException {
        try (Connection connection = new Connection(port)) {
            World world = new World(connection, name);
            return world.room(people.getFirst(), people.subList(1, people.size()));
        }
    }

    private <T> List<T> each(int count, Work<T> work) throws IOException, InterruptedException {
        try (ExecutorService builders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<T>>> shares = new ArrayList<>();
            for (int i = 0; i < BUILDERS; i++) {
                int first = i;
                shares.add(() -> share(first, count, work));
            }
            List<Future<List<T>>> done = builders.invokeAll(shares);
            List<T> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(done.get(i % BUILDERS).get().get(i / BUILDERS));
            }
            return all;
        } catch (ExecutionException e) {
            throw new IOException("the rooms of the measurement cannot be made", e);
        }
    }

    private <T> List<T> share(int first, int count, Work<T> work) throws IOException {
        try (Connection connection = new Connection(port)) {
            World world = new World(connection, name);
            List<T> made = new ArrayList<>();
            for (int i = first; i < count; i += BUILDERS) {
                made.add(work.with(world, i));
            }
            return made;
        }
    }
}
