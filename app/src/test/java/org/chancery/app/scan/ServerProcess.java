package org.chancery.app.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chancery.app.Main;

/// A server as a process of its own, of which the memory can be taken, with what it said in a file.
public final class ServerProcess implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("Chancery is at http://.*:(\\d+)");
    private static final int SECONDS_MAX = 60;

    private final Process process;
    private final Thread listener;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    /// @param said what it says is added to this file
    /// @param options of `chancery serve`
    public ServerProcess(Path said, List<String> options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "-ea:org.chancery...",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve"));
        command.addAll(options);
        this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
        this.listener = Thread.ofVirtual().start(() -> listen(said));
        try {
            port.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private void listen(Path said) {
        try (BufferedReader lines = process.inputReader(UTF_8);
                BufferedWriter out =
                        Files.newBufferedWriter(
                                said, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.write(line + "\n");
                out.flush();
                Matcher url = URL.matcher(line);
                if (url.find()) {
                    port.complete(Integer.parseInt(url.group(1)));
                }
            }
            port.completeExceptionally(new IOException("the server ended, see " + said));
        } catch (IOException e) {
            port.completeExceptionally(e);
        }
    }

    public int port() {
        return port.join();
    }

    public long pid() {
        return process.pid();
    }

    /// Asks it to end, and waits until it has.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the server does not end");
            }
            listener.join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
