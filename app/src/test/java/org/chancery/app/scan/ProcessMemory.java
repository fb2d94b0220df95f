package org.chancery.app.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The memory of a running process of Linux, as root takes it: by `gcore` where it is installed,
/// else out of `/proc`. The process stands still meanwhile and goes on afterwards.
public final class ProcessMemory {
    private static final int MINUTES_MAX = 5;
    private static final int PIECE = 1 << 16;
    private static final byte[] NOTHING = new byte[PIECE];

    private ProcessMemory() {}

    /// How it is taken.
    public enum Way {
        GCORE,
        PROC
    }

    /// How the memory of that process can be taken; empty if this user may not.
    public static Optional<Way> way(long pid) {
        try (RandomAccessFile memory = new RandomAccessFile("/proc/" + pid + "/mem", "r")) {
            String first = Files.readAllLines(maps(pid), ISO_8859_1).getFirst();
            memory.seek(Long.parseUnsignedLong(first.substring(0, first.indexOf('-')), 16));
            memory.readByte();
        } catch (IOException e) {
            return Optional.empty();
        }
        boolean gcore =
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                        .map(folder -> Path.of(folder, "gcore"))
                        .anyMatch(Files::isExecutable);
        return Optional.of(gcore ? Way.GCORE : Way.PROC);
    }

    /// Writes it to a file.
    public static void take(Way way, long pid, Path file) throws IOException, InterruptedException {
        switch (way) {
            case GCORE -> {
                run(List.of("gcore", "-o", file.toString(), Long.toString(pid)));
                Files.move(Path.of(file + "." + pid), file);
            }
            case PROC -> {
                run(List.of("kill", "-STOP", Long.toString(pid)));
                try {
                    copy(pid, file);
                } finally {
                    run(List.of("kill", "-CONT", Long.toString(pid)));
                }
            }
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(command + " did not do it");
        }
    }

    private static Path maps(long pid) {
        return Path.of("/proc/" + pid + "/maps");
    }

    /// Every part that can be read, less what was never written.
    private static void copy(long pid, Path file) throws IOException {
        try (RandomAccessFile memory = new RandomAccessFile("/proc/" + pid + "/mem", "r");
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (String line : Files.readAllLines(maps(pid), ISO_8859_1)) {
                String[] words = line.split(" +", 6);
                boolean ofKernel = line.endsWith("[vvar]") || line.endsWith("[vsyscall]");
                if (words[1].startsWith("r") && !ofKernel && !line.endsWith("[vvar_vclock]")) {
                    String[] ends = words[0].split("-", 2);
                    copy(
                            memory,
                            Long.parseUnsignedLong(ends[0], 16),
                            Long.parseUnsignedLong(ends[1], 16),
                            out);
                }
            }
        }
    }

    private static void copy(RandomAccessFile memory, long from, long until, OutputStream out)
            throws IOException {
        byte[] piece = new byte[PIECE];
        for (long at = from; at < until; at += PIECE) {
            int length = (int) Math.min(PIECE, until - at);
            memory.seek(at);
            try {
                memory.readFully(piece, 0, length);
            } catch (EOFException e) {
                return; // Past the end of a file that was mapped.
            } catch (IOException e) {
                if (isFileLeft(e)) {
                    return;
                }
                throw e;
            }
            if (!Arrays.equals(piece, 0, length, NOTHING, 0, length)) {
                out.write(piece, 0, length);
            }
        }
    }

    /// A mapped file that is shorter than its map answers so.
    private static boolean isFileLeft(IOException e) {
        return String.valueOf(e.getMessage()).contains("Input/output error");
    }
}
