package org.chancery.adapters.jdbc;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL of the tests' own, in a folder that goes with it. All tests of a run share it, each
/// in databases of its own; it ends with the run. It refuses to run as root, so root starts it as
/// the user `postgres`, whom the package makes.
///
/// It writes without fsync: that is PostgreSQL's promise, not ours, and no test takes its power
/// away.
public final class PostgresServer implements AutoCloseable {
    private static final Object SHARING = new Object();
    private static @Nullable PostgresServer shared;

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String USER = "chancery";
    private static final int WAIT_SECONDS_MAX = 60;

    private final Path bin;
    private final Path folder;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(Path bin, Path folder, int port) {
        this.bin = bin;
        this.folder = folder;
        this.port = port;
    }

    /// The server of this run, which the first who asks starts.
    public static PostgresServer start() throws IOException, InterruptedException {
        synchronized (SHARING) {
            PostgresServer running = shared;
            if (running == null) {
                running = started();
                Runtime.getRuntime().addShutdownHook(new Thread(running::stop, "postgres-stop"));
                shared = running;
            }
            return running;
        }
    }

    private static PostgresServer started() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("chancery-pg");
        PostgresServer server = new PostgresServer(newest(), folder, freePort());
        if (isRoot()) {
            server.run(List.of("chown", "postgres", folder.toString()));
        }
        server.run(
                server.asUser(
                        "initdb", "-D", server.data(), "-U", USER, "-A", "trust", "-E", "UTF8"));
        server.run(
                server.asUser(
                        "pg_ctl",
                        "-D",
                        server.data(),
                        "-l",
                        folder.resolve("log").toString(),
                        "-o",
                        ("-p %d -k %s -c listen_addresses=127.0.0.1"
                                        + " -c max_connections=300 -c fsync=off")
                                .formatted(server.port, folder),
                        "-w",
                        "start"));
        return server;
    }

    public String user() {
        return USER;
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String newDatabase() {
        String name = "test" + databases.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Gives it back; the others go on with it.
    @Override
    public void close() {}

    private void stop() {
        try {
            run(asUser("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop"));
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private List<String> asUser(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid", "postgres", "--regid", "postgres"));
            command.add("--clear-groups");
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("chancery-pg", ".out");
        Process process =
                new ProcessBuilder(command)
                        .directory(new File("/"))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        boolean ended = process.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        String said = Files.readString(output);
        Files.delete(output);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed: " + said);
        }
    }

    private static Path newest() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            throw new IOException("PostgreSQL is not installed: apt-get install postgresql");
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.max(Comparator.comparing(Path::getFileName))
                    .orElseThrow()
                    .resolve("bin");
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
