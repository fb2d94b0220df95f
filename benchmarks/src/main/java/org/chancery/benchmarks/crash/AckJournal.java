package org.chancery.benchmarks.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// The client's own account of what the server has acknowledged, fsynced in groups. What is
/// verified after a crash is read back from this file.
final class AckJournal implements AutoCloseable {
    private static final int WAITING_MAX = 16_384;

    /// One acknowledgement.
    record Ack(String room, String txn, String event) {
        String line() {
            return room + '\t' + txn + '\t' + event + '\n';
        }
    }

    private record Entry(String line, @Nullable CountDownLatch written) {}

    private final Path file;
    private final FileChannel channel;
    private final ArrayBlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Thread writer;
    private volatile boolean closed;
    private volatile @Nullable IOException failure;

    AckJournal(Path file) throws IOException {
        this.file = file;
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.writer = Thread.ofPlatform().name("journal").daemon().start(this::write);
    }

    void add(Ack ack) throws InterruptedException {
        waiting.put(new Entry(ack.line(), null));
    }

    /// Everything acknowledged so far, by room and transaction id, read from the disk.
    Map<String, Map<String, String>> read() throws IOException, InterruptedException {
        flush();
        Map<String, Map<String, String>> rooms = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split("\t", -1);
            rooms.computeIfAbsent(fields[0], _ -> new TreeMap<>()).put(fields[1], fields[2]);
        }
        return rooms;
    }

    private void flush() throws IOException, InterruptedException {
        CountDownLatch written = new CountDownLatch(1);
        waiting.put(new Entry("", written));
        written.await();
        IOException broken = failure;
        if (broken != null) {
            throw new IOException("the journal of the client cannot be written", broken);
        }
    }

    private void write() {
        List<Entry> group = new ArrayList<>();
        try {
            while (!closed) {
                group.add(waiting.take());
                waiting.drainTo(group);
                append(group);
                group.forEach(AckJournal::tell);
                group.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void append(List<Entry> group) {
        StringBuilder lines = new StringBuilder();
        group.forEach(entry -> lines.append(entry.line()));
        try {
            ByteBuffer bytes = UTF_8.encode(lines.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            failure = e;
        }
    }

    private static void tell(Entry entry) {
        CountDownLatch written = entry.written();
        if (written != null) {
            written.countDown();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            waiting.put(new Entry("", null)); // Wakes the writer.
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.close();
    }
}
