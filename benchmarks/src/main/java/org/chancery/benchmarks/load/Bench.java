package org.chancery.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.chancery.benchmarks.client.World;
import org.chancery.benchmarks.server.Launcher;
import org.chancery.benchmarks.server.ServerProcess;
import org.chancery.protocol.json.JsonObject;

/// `Bench DISTRIBUTION FOLDER FIGURES w1|w2|w7|memory|peer|all SECONDS PINNED [SYNAPSE]`: measures,
/// prints each figure beside its goal, writes them to a file; ends with 1 if any request failed.
public final class Bench {
    private static final int ROOMS = 1_000;
    private static final int ROOMS_BESIDE_A_PEER = 50; // All that a slow peer can set up in time.
    private static final int PEOPLE = 64;
    private static final int POLLERS = 500;
    private static final int WARM_AGAIN_MILLIS = 3_000;
    private static final int WARM_UP_RATE = 400;
    private static final int WARM_UP_SECONDS = 60;
    private static final int STARTS = 5;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String DURABLE = "D2: on the disk (fsync) before the answer";

    private final Path distribution;
    private final Path folder;
    private final int seconds;
    private final boolean pinned;
    private final int port;
    private final Figures figures = new Figures();

    private Bench(Path distribution, Path folder, int seconds, boolean pinned) throws IOException {
        this.distribution = distribution;
        this.folder = folder;
        this.seconds = seconds;
        this.pinned = pinned;
        this.port = Launcher.freePort(new SplittableRandom(System.nanoTime()));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[1]).toAbsolutePath();
        Files.createDirectories(folder);
        Bench bench =
                new Bench(
                        Path.of(args[0]).toAbsolutePath(),
                        folder,
                        Integer.parseInt(args[4]),
                        Boolean.parseBoolean(args[5]));
        Optional<Path> synapse = Arrays.stream(args).skip(6).findFirst().map(Path::of);
        bench.run(args[3], synapse.map(Path::toAbsolutePath));
        Files.write(Path.of(args[2]), bench.figures.json().bytes());
        if (bench.figures.errors() > 0) {
            System.out.println("requests failed: the figures are void");
            System.exit(1);
        }
    }

    private void run(String scenario, Optional<Path> synapse)
            throws IOException, InterruptedException {
        boolean all = scenario.equals("all");
        figures.put("durability", DURABLE);
        figures.put("cores", pinned ? "server on one, generator on another" : "not pinned");
        figures.put("load_average_before", loadAverage());
        if (all || scenario.equals("w7")) {
            startTimes();
        }
        if (all || scenario.equals("memory")) {
            memory();
        }
        if (all || scenario.equals("w1")) {
            throughput();
        }
        if (all || scenario.equals("w2")) {
            latency();
        }
        if (synapse.isPresent()) {
            besideSynapse(synapse.get());
        }
        figures.put("load_average_after", loadAverage());
    }

    private static String loadAverage() throws IOException {
        String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
        return fields[0] + " " + fields[1];
    }

    private Contestant chancery(String name) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        return Contestant.chancery(distribution, own, port, pinned);
    }

    private void startTimes() throws IOException {
        long[] millis = new long[STARTS];
        for (int i = 0; i < STARTS; i++) {
            try (ServerProcess server = chancery("start-" + i).launcher().start()) {
                millis[i] = TimeUnit.NANOSECONDS.toMillis(server.awaitReady());
            }
        }
        Arrays.sort(millis);
        figures.put(
                "w7_start",
                "median_ms <= 800",
                JsonObject.builder()
                        .put("median_ms", millis[STARTS / 2])
                        .put("best_ms", millis[0])
                        .put("worst_ms", millis[STARTS - 1])
                        .put("starts", STARTS)
                        .build());
    }

    private void memory() throws IOException {
        Contestant contestant = chancery("memory");
        try (ServerProcess server = contestant.launcher().start()) {
            server.awaitReady();
            long end = System.nanoTime() + IDLE_NANOS;
            for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
                LockSupport.parkNanos(end - now);
            }
            long kib = server.residentKib(contestant.helpers());
            figures.put(
                    "memory_empty",
                    "resident_mb <= 220",
                    JsonObject.builder().put("resident_mb", kib * 1_024 / 1_000_000).build());
        }
    }

    private void throughput() throws IOException, InterruptedException {
        Contestant contestant = chancery("w1");
        try (ServerProcess server = contestant.launcher().start()) {
            server.awaitReady();
            Town town = new Town(port, "w1");
            List<World.Person> people = town.people(PEOPLE);
            List<World.Seat> seats = town.pairs(people, ROOMS);
            new SendLoad(port, seats).run(16, seconds * 1_000L); // Warms the server up.
            String goal = "per_second >= 5000, cpu_us_per_event <= 200";
            figures.put("w1_256_senders", goal, sends(contestant, server, seats, 256));
            figures.put("w1_16_senders", "reported", sends(contestant, server, seats, 16));
            figures.put("w1_1_sender", "reported", sends(contestant, server, seats, 1));
            List<World.Seat> hall = town.hall(people);
            figures.put(
                    "w1_hot_room_256_senders",
                    "per_second >= 2000",
                    sends(contestant, server, hall, 256));
        }
    }

    private JsonObject sends(
            Contestant contestant, ServerProcess server, List<World.Seat> seats, int senders)
            throws IOException, InterruptedException {
        SendLoad load = new SendLoad(port, seats);
        load.run(senders, WARM_AGAIN_MILLIS);
        double before = server.cpuSeconds(contestant.helpers());
        SendLoad.Result result = load.run(senders, seconds * 1_000L);
        double cpu = server.cpuSeconds(contestant.helpers()) - before;
        JsonObject.Builder sent =
                JsonObject.builder()
                        .put("per_second", Math.round(result.perSecond()))
                        .put("cpu_us_per_event", Math.round(cpu * 1e6 / Math.max(1, result.sent())))
                        .put("cpu_percent", Math.round(cpu * 100 / seconds))
                        .put("sent", result.sent())
                        .put("errors", result.errors());
        return Figures.percentiles(sent, result.latency()).build();
    }

    private void latency() throws IOException, InterruptedException {
        Contestant contestant = chancery("w2");
        try (ServerProcess server = contestant.launcher().start()) {
            server.awaitReady();
            Town town = new Town(port, "w2");
            List<World.Seat> seats = town.pairs(town.people(POLLERS), POLLERS / 2);
            try (SyncLoad load = new SyncLoad(port, seats)) {
                load.start();
                load.run("warm", WARM_UP_RATE, WARM_UP_SECONDS); // What is compiled is discarded.
                for (int rate : List.of(20, 200)) {
                    double before = server.cpuSeconds(contestant.helpers());
                    SyncLoad.Result result = load.run("r" + rate, rate, seconds);
                    double cpu = server.cpuSeconds(contestant.helpers()) - before;
                    JsonObject.Builder seen =
                            JsonObject.builder()
                                    .put("sent", result.sent())
                                    .put(
                                            "cpu_us_per_event",
                                            Math.round(cpu * 1e6 / Math.max(1, result.sent())))
                                    .put("errors", result.errors() + result.missing());
                    figures.put(
                            "w2_" + rate + "_per_second",
                            rate == 200 ? "p50_us <= 2000, p99_us <= 5000" : "reported",
                            Figures.percentiles(seen, result.latency()).build());
                }
            }
        }
    }

    /// The same sends to both, one after the other, in the same run.
    private void besideSynapse(Path script) throws IOException, InterruptedException {
        Contestant ours = chancery("peer");
        Path own = Files.createDirectories(folder.resolve("peer-synapse"));
        List<JsonObject> mine = peerSends(ours);
        List<JsonObject> theirs = peerSends(Contestant.synapse(script, own, port, pinned));
        ratio("synapse_w1_16_senders", "cpu_ratio >= 100", mine.getFirst(), theirs.getFirst());
        ratio("synapse_hot_room_64_senders", "cpu_ratio >= 30", mine.getLast(), theirs.getLast());
    }

    private List<JsonObject> peerSends(Contestant contestant)
            throws IOException, InterruptedException {
        ServerProcess server = contestant.launcher().start();
        try {
            server.awaitReady();
            Town town = new Town(port, "peer");
            List<World.Person> people = town.people(PEOPLE);
            List<World.Seat> seats = town.pairs(people, ROOMS_BESIDE_A_PEER);
            new SendLoad(port, seats).run(16, seconds * 1_000L);
            JsonObject many = sends(contestant, server, seats, 16);
            JsonObject hot = sends(contestant, server, town.hall(people), PEOPLE);
            figures.put(contestant.name() + "_peer_w1_16", "reported", many);
            figures.put(contestant.name() + "_peer_hot_64", "reported", hot);
            return List.of(many, hot);
        } finally {
            server.stop(); // Not a kill: Synapse takes its PostgreSQL along.
        }
    }

    private void ratio(String name, String goal, JsonObject mine, JsonObject theirs) {
        long ours = Math.max(1, mine.integer("cpu_us_per_event").orElseThrow());
        long other = theirs.integer("cpu_us_per_event").orElseThrow();
        figures.put(
                name,
                goal,
                JsonObject.builder().put("cpu_ratio", Math.round(other / (double) ours)).build());
    }
}
