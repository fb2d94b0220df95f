package org.chancery.benchmarks.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;
import org.chancery.benchmarks.client.Connection;
import org.chancery.benchmarks.server.Launcher;
import org.chancery.benchmarks.server.ServerProcess;
import org.chancery.protocol.json.JsonObject;

/// SIGKILL at random moments under load, again and again on the same data.
final class Kills {
    private static final long LOAD_MILLIS_MIN = 100;
    private static final long LOAD_MILLIS_MAX = 4_000;
    private static final long RATE_WANTED = 1_000; // Events a second.
    private static final long LOOK_MILLIS = 100;
    private static final long WARM_UP_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);
    private static final int CYCLES_A_STAGE = 10; // Each reads all of its stage again.
    private static final long RECOVERY_MILLIS_MAX = 300_000;

    private record Act(Stage stage, AckJournal journal) {}

    private final Launcher launcher;
    private final Path folder;
    private final RandomGenerator random;
    private final Findings all = new Findings();
    private final Histogram recovery = new Histogram(RECOVERY_MILLIS_MAX, 3);
    private final List<Act> acts = new ArrayList<>();
    private long acknowledged;
    private long loadAcknowledged;
    private long loadMillis;
    private int fullSpeed;
    private int cycles;
    private int syncs;

    Kills(Launcher launcher, Path folder, RandomGenerator random) {
        this.launcher = launcher;
        this.folder = folder;
        this.random = random;
    }

    void run(int wanted, Score score) throws IOException, InterruptedException {
        ServerProcess server = launcher.start();
        try {
            server.awaitReady();
            for (int i = 0; i < wanted; i++) {
                if (i % CYCLES_A_STAGE == 0) {
                    acts.add(nextAct());
                }
                Findings findings = new Findings();
                server = cycle(server, "c" + i + ".", findings);
                cycles++;
                all.addAll(findings);
                score.note("cycle " + i, findings.isEmpty(), progress() + problem(findings));
            }
            Findings findings = new Findings();
            for (Act act : acts) {
                verifyHistory(act, findings);
            }
            all.addAll(findings);
            score.note("all rooms read again", findings.isEmpty(), problem(findings));
        } finally {
            server.close();
            for (Act act : acts) {
                act.journal().close();
            }
        }
    }

    private Act nextAct() throws IOException {
        String name = "act" + acts.size();
        try (Connection connection = new Connection(launcher.port())) {
            return new Act(
                    Stage.build(connection, name),
                    new AckJournal(folder.resolve(name + ".journal")));
        }
    }

    private ServerProcess cycle(ServerProcess server, String prefix, Findings findings)
            throws IOException, InterruptedException {
        Act act = acts.getLast();
        int port = launcher.port();
        Senders senders = new Senders(port, act.stage(), act.journal(), prefix);
        Watcher watcher = new Watcher(port, act.stage(), prefix);
        try (Connection connection = new Connection(port)) {
            watcher.start(connection);
        }
        senders.start();
        gatherSpeed(senders);
        long before = senders.acknowledged();
        long millis = random.nextLong(LOAD_MILLIS_MIN, LOAD_MILLIS_MAX);
        pause(millis);
        long during = senders.acknowledged() - before;
        server.kill();
        senders.join();
        watcher.join();
        loadMillis += millis;
        loadAcknowledged += during;
        acknowledged += senders.acknowledged();
        if (during * 1_000 >= millis * RATE_WANTED) {
            fullSpeed++;
        }
        ServerProcess next = launcher.start();
        try {
            recovery.recordValue(TimeUnit.NANOSECONDS.toMillis(next.awaitReady()));
            try (Connection connection = new Connection(port)) {
                senders.repeat(connection, findings);
                verifyHistory(act, findings);
                verifySync(connection, act, prefix, watcher.resume(connection), findings);
                syncs++;
            }
        } catch (IOException e) {
            next.close();
            throw e;
        }
        return next;
    }

    /// The moment of the kill is drawn from when the load is what it should be; on a machine that
    /// is too slow for that, from when it has had the time.
    private static void gatherSpeed(Senders senders) {
        long end = System.nanoTime() + WARM_UP_NANOS_MAX;
        long before = 0;
        long now = senders.acknowledged();
        while (now - before < RATE_WANTED * LOOK_MILLIS / 1_000 && System.nanoTime() < end) {
            pause(LOOK_MILLIS);
            before = now;
            now = senders.acknowledged();
        }
    }

    private static void pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            LockSupport.parkNanos(end - now);
        }
    }

    private void verifyHistory(Act act, Findings findings)
            throws IOException, InterruptedException {
        Verification verification = new Verification(findings);
        Map<String, Map<String, String>> acks = act.journal().read();
        String token = act.stage().watcher().token();
        try (Connection connection = new Connection(launcher.port())) {
            for (String room : act.stage().rooms()) {
                verification.history(
                        room,
                        Client.history(connection, token, room),
                        acks.getOrDefault(room, Map.of()));
            }
        }
    }

    private void verifySync(
            Connection connection,
            Act act,
            String prefix,
            Map<String, List<Message>> seen,
            Findings findings)
            throws IOException {
        Verification verification = new Verification(findings);
        String token = act.stage().watcher().token();
        for (String room : act.stage().rooms()) {
            List<Message> shown =
                    Client.history(connection, token, room).stream()
                            .filter(message -> message.txn().startsWith(prefix))
                            .toList();
            verification.sync(room, shown, seen.getOrDefault(room, List.of()));
        }
    }

    private String progress() {
        return "%d acknowledged, %d a second, back in %d ms at most "
                .formatted(acknowledged, perSecond(), recovery.getMaxValue());
    }

    private static String problem(Findings findings) {
        return findings.isEmpty() ? "" : findings.toString();
    }

    long perSecond() {
        return loadMillis == 0 ? 0 : loadAcknowledged * 1_000 / loadMillis;
    }

    JsonObject figures() {
        JsonObject.Builder figures =
                JsonObject.builder()
                        .put("cycles", cycles)
                        .put("syncs_resumed", syncs)
                        .put("acknowledged", acknowledged)
                        .put("per_second_when_killed", perSecond())
                        .put("cycles_at_1000_per_second", fullSpeed)
                        .put("recovery_p50_ms", recovery.getValueAtPercentile(50))
                        .put("recovery_p99_ms", recovery.getValueAtPercentile(99))
                        .put("recovery_max_ms", recovery.getMaxValue());
        for (Findings.Kind kind : Findings.Kind.values()) {
            figures.put(kind.label(), all.count(kind));
        }
        return figures.build();
    }
}
