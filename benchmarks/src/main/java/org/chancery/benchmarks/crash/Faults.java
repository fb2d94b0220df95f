package org.chancery.benchmarks.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chancery.benchmarks.server.Launcher;
import org.chancery.protocol.json.JsonObject;

/// The faults made under the process. Each needs something of the system, and is left out with a
/// word where that is not to be had.
final class Faults {
    private static final String DISK_SIZE = "64m";

    private final Path distribution;
    private final Path folder;
    private final Path source;
    private final int port;
    private final JsonObject.Builder figures = JsonObject.builder();

    /// @param source the C text of the library that makes fsync fail
    Faults(Path distribution, Path folder, Path source, int port) {
        this.distribution = distribution;
        this.folder = folder;
        this.source = source;
        this.port = port;
    }

    void fullDisk(Score score) throws IOException, InterruptedException {
        Path disk = Files.createDirectories(folder.resolve("small-disk"));
        String name = "full disk";
        if (!Tool.works("mount", "-t", "tmpfs", "-o", "size=" + DISK_SIZE, "tmpfs", "" + disk)) {
            score.skip(name, "may not mount a tmpfs here (needs root)");
            figures.put("full_disk", "skipped");
            return;
        }
        try {
            Launcher launcher = Launcher.chancery(distribution, disk.resolve("data"), port);
            note(score, name, "full_disk", new FaultRun(launcher, new FullDisk(disk)).run());
        } finally {
            Tool.works("umount", disk.toString());
        }
    }

    void failingFsync(Score score) throws IOException, InterruptedException {
        Path library = folder.resolve("failing_fsync.so");
        String name = "failing fsync";
        if (!Tool.works("gcc", "-shared", "-fPIC", "-O2", "-o", "" + library, "" + source)) {
            score.skip(name, "no C compiler here (apt-get install gcc libc6-dev)");
            figures.put("failing_fsync", "skipped");
            return;
        }
        Path data = folder.resolve("fsync-data");
        FailingFsync fault = new FailingFsync(library, folder.resolve("armed"), data);
        Launcher launcher = Launcher.chancery(distribution, data, port).with(fault.environment());
        note(score, name, "failing_fsync", new FaultRun(launcher, fault).run());
    }

    private void note(Score score, String name, String figure, List<String> wrong) {
        score.note(name, wrong.isEmpty(), wrong.isEmpty() ? "" : wrong.toString());
        figures.put(figure, wrong.isEmpty() ? "held" : "failed");
    }

    JsonObject figures() {
        return figures.build();
    }
}
