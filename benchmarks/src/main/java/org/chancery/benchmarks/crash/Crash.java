package org.chancery.benchmarks.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.chancery.benchmarks.server.Launcher;
import org.chancery.protocol.json.JsonObject;

/// `Crash DISTRIBUTION FOLDER CYCLES FIGURES [SEED]`: kills the server so often, then takes away
/// its
/// disk; writes the figures to a file and ends with 1 if anything acknowledged was lost.
public final class Crash {
    private static final long SEED = 20_261_122;

    private Crash() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path distribution = Path.of(args[0]).toAbsolutePath();
        Path folder = Path.of(args[1]).toAbsolutePath();
        int cycles = Integer.parseInt(args[2]);
        long seed = args.length > 5 ? Long.parseLong(args[5]) : SEED;
        Files.createDirectories(folder);
        SplittableRandom random = new SplittableRandom(seed);
        int port = Launcher.freePort(random);
        Score score = new Score();
        JsonObject.Builder figures = JsonObject.builder().put("seed", seed);
        if (cycles > 0) {
            Launcher launcher = Launcher.chancery(distribution, folder.resolve("data"), port);
            Kills kills = new Kills(launcher, folder, random);
            kills.run(cycles, score);
            figures.put("kills", kills.figures());
        }
        Faults faults = new Faults(distribution, folder, Path.of(args[3]).toAbsolutePath(), port);
        faults.fullDisk(score);
        faults.failingFsync(score);
        figures.put("faults", faults.figures());
        Files.write(Path.of(args[4]), figures.build().bytes());
        System.out.println(score);
        if (!score.isGood()) {
            System.exit(1);
        }
    }
}
