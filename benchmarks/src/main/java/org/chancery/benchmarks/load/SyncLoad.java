package org.chancery.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;
import org.chancery.benchmarks.client.Connection;
import org.chancery.benchmarks.client.World;

/// W2: everybody long-polls, messages are due at fixed times whatever the server does, and what is
/// measured is the time from when a message was due until the other user of the room holds it.
final class SyncLoad implements AutoCloseable {
    private static final int SENDERS = 64;
    private static final int POLL_MILLIS = 30_000;
    private static final long LAST_ARRIVALS_SECONDS_MAX = 10;
    private static final String NEXT_BATCH = "\"next_batch\":\"";

    private final int port;
    private final List<World.Seat> seats;
    private final List<Connection> polls = new ArrayList<>();
    private final AtomicInteger errors = new AtomicInteger();
    private volatile boolean closed;
    private volatile Round round = new Round("none", 0, 1, 0);

    /// What was measured at one rate.
    ///
    /// @param latency in microseconds
    record Result(long sent, long missing, long errors, Histogram latency) {}

    /// Messages due at a fixed rate.
    private static final class Round {
        final String mark;
        final long begin;
        final long interval;
        final int count;
        final Histogram latency = new SynchronizedHistogram(60_000_000, 3);

        Round(String name, long begin, long interval, int count) {
            this.mark = "\"" + name + ".";
            this.begin = begin;
            this.interval = interval;
            this.count = count;
        }

        long due(int number) {
            return begin + number * interval;
        }
    }

    /// @param seats those of one room follow one another, two by two, each user has one
    SyncLoad(int port, List<World.Seat> seats) {
        this.port = port;
        this.seats = List.copyOf(seats);
    }

    /// Returns when everybody is polling.
    void start() throws IOException, InterruptedException {
        CountDownLatch polling = new CountDownLatch(seats.size());
        for (int i = 0; i < seats.size(); i++) {
            int number = i;
            Connection connection = new Connection(port);
            polls.add(connection);
            Thread.ofVirtual().start(() -> poll(connection, number, polling));
        }
        polling.await();
    }

    private void poll(Connection connection, int number, CountDownLatch polling) {
        String token = seats.get(number).token();
        try {
            String since = nextBatch(sync(connection, token, "timeout=0"));
            polling.countDown();
            while (!closed) {
                String answer =
                        sync(connection, token, "timeout=" + POLL_MILLIS + "&since=" + since);
                arrived(answer, number, System.nanoTime());
                since = nextBatch(answer);
            }
        } catch (IOException e) {
            polling.countDown();
            if (!closed) {
                errors.incrementAndGet();
            }
        }
    }

    private static String sync(Connection connection, String token, String query)
            throws IOException {
        Connection.Answer answer = connection.get(World.CLIENT + "/sync?" + query, token);
        if (answer.status() != 200) {
            throw new IOException("sync answered " + answer.status());
        }
        return answer.text();
    }

    private static String nextBatch(String answer) {
        int begin = answer.indexOf(NEXT_BATCH) + NEXT_BATCH.length();
        return World.encoded(answer.substring(begin, answer.indexOf('"', begin)));
    }

    /// Found by its mark, as reading the whole answer would make the generator the slower part.
    private void arrived(String answer, int number, long now) {
        Round current = round;
        for (int at = answer.indexOf(current.mark);
                at >= 0;
                at = answer.indexOf(current.mark, at + 1)) {
            int from = at + current.mark.length();
            int dot = answer.indexOf('.', from);
            int message = Integer.parseInt(answer, from, dot, 10);
            if (sender(message) != number) {
                current.latency.recordValue(Math.max(0, now - current.due(message)) / 1_000);
            }
        }
    }

    private int sender(int message) {
        return message % seats.size();
    }

    Result run(String name, int perSecond, int seconds) throws InterruptedException {
        int before = errors.get();
        Round next =
                new Round(
                        name,
                        System.nanoTime() + TimeUnit.SECONDS.toNanos(1),
                        TimeUnit.SECONDS.toNanos(1) / perSecond,
                        perSecond * seconds);
        round = next;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int first = i;
            threads.add(Thread.ofPlatform().start(() -> send(next, name, first)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_ARRIVALS_SECONDS_MAX);
        while (next.latency.getTotalCount() < next.count && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        long missing = next.count - next.latency.getTotalCount();
        return new Result(next.count, missing, errors.get() - before, next.latency);
    }

    private void send(Round current, String name, int first) {
        try (Connection connection = new Connection(port)) {
            for (int i = first; i < current.count; i += SENDERS) {
                for (long now = System.nanoTime(); now < current.due(i); now = System.nanoTime()) {
                    LockSupport.parkNanos(current.due(i) - now);
                }
                World.Seat seat = seats.get(sender(i));
                String text = name + "." + i + ".";
                String body =
                        "{\"msgtype\":\"m.text\",\"body\":\""
                                + text
                                + "x".repeat(100 - text.length())
                                + "\"}";
                if (connection.send("PUT", seat.sendPath() + text, seat.token(), body).status()
                        != 200) {
                    errors.incrementAndGet();
                }
            }
        } catch (IOException e) {
            errors.incrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (Connection poll : polls) {
            poll.close();
        }
    }
}
