package org.chancery.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `load PORT PID SCENARIO SENDERS SECONDS [ROOMS]`: prints one line of figures.
public final class Load {
    private static final int TICKS_PER_SECOND = 100; // The kernel's USER_HZ.
    private static final long WARM_UP_MILLIS = 5_000;

    private Load() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int port = Integer.parseInt(args[0]);
        long pid = Long.parseLong(args[1]);
        String scenario = args[2];
        int senders = Integer.parseInt(args[3]);
        long millis = Long.parseLong(args[4]) * 1_000;
        int rooms = args.length > 5 ? Integer.parseInt(args[5]) : 1_000;
        List<World.Seat> seats = seats(port, scenario, senders, rooms);
        SendLoad load = new SendLoad(port, seats);
        load.run(senders, 0, WARM_UP_MILLIS);
        double before = cpuSeconds(pid);
        SendLoad.Result result = load.run(senders, 0, millis);
        double cpu = cpuSeconds(pid) - before;
        System.out.printf(
                "%s senders=%d sent=%d errors=%d per_second=%.0f cpu_us_per_event=%.1f"
                        + " p50_us=%d p99_us=%d max_us=%d%n",
                scenario,
                senders,
                result.sent(),
                result.errors(),
                result.perSecond(),
                cpu * 1e6 / result.sent(),
                result.latency().getValueAtPercentile(50),
                result.latency().getValueAtPercentile(99),
                result.latency().getMaxValue());
    }

    private static List<World.Seat> seats(int port, String scenario, int senders, int rooms)
            throws IOException {
        try (Connection connection = new Connection(port)) {
            World world = new World(connection, Long.toString(System.nanoTime(), 36));
            List<World.Person> people = new ArrayList<>();
            int count = Math.min(senders, 64);
            for (int i = 0; i < Math.max(2, count); i++) {
                people.add(world.person("p" + i + "-"));
            }
            if (scenario.equals("hot")) {
                return world.room(people.getFirst(), people.subList(1, people.size()));
            }
            List<World.Seat> seats = new ArrayList<>();
            for (int i = 0; i < rooms; i++) {
                World.Person maker = people.get(i % people.size());
                World.Person other = people.get((i + 1) % people.size());
                seats.addAll(world.room(maker, List.of(other)));
            }
            return seats;
        }
    }

    /// User and system time of the process, from the kernel's own count.
    static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12]))
                / (double) TICKS_PER_SECOND;
    }
}
