package org.chancery.benchmarks.server;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// How a server is started, again and again, on the same data and port.
///
/// @param command what to run; it must stay in the foreground
/// @param environment added to that of this process
public record Launcher(List<String> command, Map<String, String> environment, Path log, int port) {
    private static final int PORT_LOWEST = 20_000; // Below the ports that the kernel gives out.
    private static final int PORT_HIGHEST = 32_000;
    private static final int PORT_TRIES = 100;

    public Launcher {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /// Chancery as it is packaged, with the profile for test suites, as no limit may speak here.
    public static Launcher chancery(Path distribution, Path data, int port) {
        List<String> command =
                List.of(
                        "sh",
                        distribution.resolve("bin/chancery").toString(),
                        "serve",
                        "--data",
                        data.toString(),
                        "--port",
                        Integer.toString(port),
                        "--unsafe-test-profile",
                        "true",
                        "--default-room-version",
                        "12");
        return new Launcher(command, Map.of(), data.resolveSibling("server.log"), port);
    }

    /// The same server behind another command, for instance one that pins it to a core.
    public Launcher behind(List<String> prefix) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return new Launcher(whole, environment, log, port);
    }

    public Launcher with(Map<String, String> more) {
        return new Launcher(command, more, log, port);
    }

    public ServerProcess start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        File output = log.toFile();
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output));
        long begin = System.nanoTime();
        return new ServerProcess(builder.start(), port, begin);
    }

    /// A port that nobody has now and that the kernel will not give to a client meanwhile.
    public static int freePort(RandomGenerator random) throws IOException {
        for (int i = 0; i < PORT_TRIES; i++) {
            int port = random.nextInt(PORT_LOWEST, PORT_HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() == port;
        } catch (IOException taken) {
            return false;
        }
    }
}
