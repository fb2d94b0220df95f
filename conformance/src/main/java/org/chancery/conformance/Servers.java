package org.chancery.conformance;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.chancery.benchmarks.server.Launcher;
import org.chancery.benchmarks.server.ServerProcess;
import org.chancery.conformance.play.Stage;

/// The two servers, each a process of its own on fresh data.
final class Servers {
    private static final String SECRET = "the conformance run lets people in by this";

    private Servers() {}

    /// A running server and the stage on it.
    record Running(ServerProcess process, Stage stage) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            process.stop();
        }
    }

    static Running chancery(Path distribution, Path folder, HttpClient http) throws IOException {
        int port = freePort();
        Launcher plain = Launcher.chancery(distribution, folder.resolve("data"), port);
        List<String> command = new ArrayList<>(plain.command());
        command.addAll(List.of("--registration-shared-secret", SECRET));
        command.addAll(List.of("--public-url", "http://127.0.0.1:" + port));
        return started(new Launcher(command, Map.of(), plain.log(), port), SECRET, http);
    }

    /// @return empty if the peer does not come up, for instance as it cannot be installed
    static Optional<Running> synapse(Path script, Path folder, HttpClient http) throws IOException {
        int port = freePort();
        Path data = folder.resolve("synapse");
        Files.createDirectories(data);
        Path secret = data.resolve("registration-shared-secret");
        Files.writeString(secret, SECRET);
        List<String> command =
                List.of(script.toString(), data.toString(), Integer.toString(port), "sqlite");
        Map<String, String> environment = Map.of("OPEN_REGISTRATION", "yes", "BCRYPT_ROUNDS", "4");
        Launcher launcher = new Launcher(command, environment, folder.resolve("synapse.log"), port);
        try {
            return Optional.of(started(launcher, SECRET, http));
        } catch (IOException e) {
            System.out.println("Synapse does not come up (" + launcher.log() + "): " + e);
            return Optional.empty();
        }
    }

    private static Running started(Launcher launcher, String secret, HttpClient http)
            throws IOException {
        ServerProcess process = launcher.start();
        try {
            process.awaitReady();
        } catch (IOException e) {
            process.close();
            throw e;
        }
        return new Running(process, new Stage("http://127.0.0.1:" + launcher.port(), secret, http));
    }

    private static int freePort() throws IOException {
        return Launcher.freePort(new SplittableRandom(System.nanoTime()));
    }
}
