package org.chancery.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.chancery.benchmarks.client.Connection;

/// A running server, seen from outside.
public final class ServerProcess implements AutoCloseable {
    private static final long READY_NANOS_MAX = TimeUnit.SECONDS.toNanos(300);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long STOP_SECONDS_MAX = 60;
    private static final long TICKS_PER_SECOND = 100; // The kernel's USER_HZ.

    private final Process process;
    private final int port;
    private final long begin;

    ServerProcess(Process process, int port, long begin) {
        this.process = process;
        this.port = port;
        this.begin = begin;
    }

    /// Waits for the first 200 on `/versions`.
    ///
    /// @return nanoseconds since the process was asked for
    public long awaitReady() throws IOException {
        while (System.nanoTime() - begin < READY_NANOS_MAX) {
            if (!process.isAlive()) {
                throw new IOException("the server ended with " + process.exitValue());
            }
            if (answers()) {
                return System.nanoTime() - begin;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        throw new IOException("the server does not answer");
    }

    private boolean answers() {
        try (Connection connection = new Connection(port)) {
            return connection.get("/_matrix/client/versions", "").status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// SIGKILL: nothing of the program runs any more.
    public void kill() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd();
    }

    /// SIGTERM, and SIGKILL if that is not heard.
    public void stop() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    private void awaitEnd() throws IOException {
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IOException("the server does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// User and system time of the server, its helpers and those that have ended.
    ///
    /// @param helpers processes that belong to it but were not started by it
    public double cpuSeconds(List<ProcessHandle> helpers) throws IOException {
        long ticks = 0;
        for (ProcessHandle each : all(helpers)) {
            Path stat = Path.of("/proc/" + each.pid() + "/stat");
            if (Files.exists(stat)) {
                String text = Files.readString(stat);
                String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
                for (int i = 11; i <= 14; i++) { // utime, stime and those of ended children
                    ticks += Long.parseLong(fields[i]);
                }
            }
        }
        return ticks / (double) TICKS_PER_SECOND;
    }

    /// Resident memory in KiB, shared pages counted once for each process.
    public long residentKib(List<ProcessHandle> helpers) throws IOException {
        long kib = 0;
        for (ProcessHandle each : all(helpers)) {
            Path status = Path.of("/proc/" + each.pid() + "/status");
            if (Files.exists(status)) {
                kib +=
                        Files.readAllLines(status).stream()
                                .filter(line -> line.startsWith("VmRSS:"))
                                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                                .sum();
            }
        }
        return kib;
    }

    private List<ProcessHandle> all(List<ProcessHandle> helpers) {
        Stream<ProcessHandle> roots =
                Stream.concat(Stream.of(process.toHandle()), helpers.stream());
        return roots.flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .distinct()
                .toList();
    }

    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            kill();
        }
    }
}
