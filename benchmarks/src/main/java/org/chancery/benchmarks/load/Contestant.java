package org.chancery.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.chancery.benchmarks.server.Launcher;

/// A server that is measured, and where it keeps its data.
record Contestant(String name, Launcher launcher, Path data) {
    private static final List<String> ON_ITS_CORE = List.of("taskset", "-c", "0");

    static Contestant chancery(Path distribution, Path folder, int port, boolean pinned) {
        Path data = folder.resolve("data");
        Launcher launcher = Launcher.chancery(distribution, data, port);
        return new Contestant("chancery", pinned ? launcher.behind(ON_ITS_CORE) : launcher, data);
    }

    /// @param script starts a Synapse with a PostgreSQL of its own; see there
    static Contestant synapse(Path script, Path folder, int port, boolean pinned) {
        Path data = folder.resolve("synapse");
        List<String> command =
                List.of(script.toString(), data.toString(), Integer.toString(port), "postgres");
        Launcher launcher =
                new Launcher(
                        command,
                        Map.of("OPEN_REGISTRATION", "yes"),
                        folder.resolve("synapse.log"),
                        port);
        return new Contestant("synapse", pinned ? launcher.behind(ON_ITS_CORE) : launcher, data);
    }

    /// Processes that work for the server but are not its children: its PostgreSQL.
    List<ProcessHandle> helpers() throws IOException {
        Path postmaster = data.resolve("postgres/postmaster.pid");
        if (!Files.exists(postmaster)) {
            return List.of();
        }
        long pid = Long.parseLong(Files.readAllLines(postmaster).getFirst().strip());
        return ProcessHandle.of(pid).stream().toList();
    }
}
