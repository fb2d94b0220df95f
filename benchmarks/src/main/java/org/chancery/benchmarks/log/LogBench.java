package org.chancery.benchmarks.log;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.tiles.DiskTiles;
import org.chancery.protocol.json.JsonObject;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.merkle.Proofs;
import org.chancery.tlog.note.Ed25519Signer;
import org.chancery.tlog.note.Ed25519Verifier;
import org.chancery.tlog.note.VerifierKey;
import org.chancery.tlog.sequencer.Fsck;
import org.chancery.tlog.sequencer.PublishedLog;
import org.chancery.tlog.sequencer.Sequencer;
import org.chancery.tlog.tile.TileStore;
import org.chancery.tlog.verify.Policy;
import org.chancery.tlog.verify.TlogProof;

/// `LogBench FOLDER FIGURES LEAVES`: fills a log on disk, proves leaves of it, opens it again and
/// checks it whole; prints each figure beside its goal and writes them to a file. Ends with 1 where
/// a proof was refused or the check found a fault.
public final class LogBench {
    private static final int BATCH = 1_000;
    private static final int LEAF_BYTES = 256; // Of the order of a room's leaf for an hour.
    private static final int PROOFS = 5_000;
    private static final String ORIGIN = "log.bench.example";
    private static final Ed25519Verifier VERIFIER = BouncyEd25519.verifier()::verify;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Key key = new Key(BouncyEd25519.generate("1", new SecureRandom()));
    private final VerifierKey pinned =
            new VerifierKey(ORIGIN, VerifierKey.Use.NOTE, key.publicKey());
    private final JsonObject.Builder figures = JsonObject.builder();
    private final SplittableRandom random = new SplittableRandom(42);
    private long wrong;

    private LogBench() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]).toAbsolutePath();
        Files.createDirectories(folder);
        int leaves = Integer.parseInt(args[2]);
        LogBench bench = new LogBench();
        bench.run(folder, leaves);
        Files.write(Path.of(args[1]), bench.figures.build().bytes());
        if (bench.wrong > 0) {
            System.out.println("the log is wrong: the figures are void");
            System.exit(1);
        }
    }

    private void run(Path folder, int leaves) throws IOException {
        try (DiskTiles tiles = new DiskTiles(folder)) {
            append(Sequencer.open(tiles, ORIGIN, key, VERIFIER), leaves);
        }
        try (DiskTiles tiles = new DiskTiles(folder)) {
            long start = System.nanoTime();
            Sequencer.open(tiles, ORIGIN, key, VERIFIER);
            put("open_again", "reported", JsonObject.builder().put("ms", millis(start)));
            prove(tiles);
            check(tiles, leaves);
        }
        put("disk", "reported", JsonObject.builder().put("bytes_per_leaf", bytes(folder) / leaves));
    }

    private void append(Sequencer log, int leaves) {
        Histogram batches = new Histogram(3);
        long start = System.nanoTime();
        for (int size = 0; size < leaves; size += BATCH) {
            List<byte[]> batch = new ArrayList<>();
            for (int i = size; i < Math.min(size + BATCH, leaves); i++) {
                byte[] leaf = new byte[LEAF_BYTES];
                random.nextBytes(leaf);
                batch.add(leaf);
            }
            long began = System.nanoTime();
            log.append(batch);
            batches.recordValue(micros(began));
        }
        long nanos = System.nanoTime() - start;
        put(
                "append",
                "per_second >= 5000",
                percentiles(batches)
                        .put("leaves", leaves)
                        .put("batch", BATCH)
                        .put("per_second", leaves * TimeUnit.SECONDS.toNanos(1) / nanos)
                        .put("durability", "every batch on the disk (fsync) before the answer"));
    }

    /// Each proof is made from the disk, written, read and judged as a client does; the time is
    /// that
    /// of making it.
    private void prove(TileStore tiles) {
        PublishedLog log = new PublishedLog(tiles);
        var latest = log.latest().orElseThrow();
        Policy policy = Policy.of(pinned, 0, Map.of());
        Histogram inclusion = new Histogram(3);
        Histogram growth = new Histogram(3);
        long size = latest.checkpoint().size();
        long refused = 0;
        long cpu = 0;
        for (int i = 0; i < PROOFS; i++) {
            long index = random.nextLong(size);
            long busy = THREADS.getCurrentThreadCpuTime();
            long began = System.nanoTime();
            TlogProof proof = log.prove(latest, index);
            inclusion.recordValue(micros(began));
            cpu += THREADS.getCurrentThreadCpuTime() - busy;
            Hash leaf = Hash.leaf(log.entry(latest.checkpoint(), index));
            var verdict = policy.judge(TlogProof.parse(proof.bytes()), leaf, VERIFIER);
            refused += verdict instanceof Policy.Trusted ? 0 : 1;

            long old = 1 + random.nextLong(size);
            began = System.nanoTime();
            Proofs.consistency(log.tree(latest.checkpoint()), old, size);
            growth.recordValue(micros(began));
        }
        wrong += refused;
        put(
                "inclusion_proof",
                "p99_us <= 5000",
                percentiles(inclusion)
                        .put("cpu_us_per_proof", TimeUnit.NANOSECONDS.toMicros(cpu / PROOFS))
                        .put("proofs", PROOFS)
                        .put("refused", refused));
        put("consistency_proof", "reported", percentiles(growth));
    }

    private void check(TileStore tiles, long leaves) {
        long start = System.nanoTime();
        Fsck.Report report = Fsck.check(tiles, pinned, VERIFIER);
        wrong += report.faults().size() + (report.entries() == leaves ? 0 : 1);
        put(
                "fsck",
                "reported",
                JsonObject.builder()
                        .put("ms", millis(start))
                        .put("entries", report.entries())
                        .put("faults", report.faults().size()));
    }

    private void put(String name, String goal, JsonObject.Builder values) {
        JsonObject figure = values.build();
        System.out.printf("%-18s %s%n%-18s goal: %s%n", name, figure, "", goal);
        figures.put(name, figure.toBuilder().put("goal", goal).build());
    }

    private static JsonObject.Builder percentiles(Histogram micros) {
        return JsonObject.builder()
                .put("p50_us", micros.getValueAtPercentile(50))
                .put("p99_us", micros.getValueAtPercentile(99))
                .put("max_us", micros.getMaxValue());
    }

    private static long bytes(Path folder) throws IOException {
        long sum = 0;
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }

    private static long millis(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static long micros(long start) {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
    }

    private record Key(BouncyEd25519 key) implements Ed25519Signer {
        @Override
        public byte[] publicKey() {
            return key.publicKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            return key.sign(message);
        }
    }
}
