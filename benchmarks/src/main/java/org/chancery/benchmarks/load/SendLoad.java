package org.chancery.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;
import org.chancery.benchmarks.client.Connection;
import org.chancery.benchmarks.client.World;

/// W1: closed-loop senders of 100-character messages, each durable before it is acknowledged.
final class SendLoad {
    private static final String BODY =
            "{\"msgtype\":\"m.text\",\"body\":\"" + "x".repeat(100) + "\"}";

    private final int port;
    private final List<World.Seat> seats;

    SendLoad(int port, List<World.Seat> seats) {
        this.port = port;
        this.seats = seats;
    }

    /// What was measured.
    ///
    /// @param seconds the measured part
    /// @param latency in microseconds
    record Result(long sent, long errors, double seconds, Histogram latency) {
        double perSecond() {
            return sent / seconds;
        }
    }

    Result run(int senders, long millis) throws InterruptedException {
        Histogram latency = new SynchronizedHistogram(60_000_000, 3);
        AtomicLong sent = new AtomicLong();
        AtomicLong errors = new AtomicLong();
        long begin = System.nanoTime();
        long end = begin + millis * 1_000_000;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
            int number = i;
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> loop(number, senders, begin, end, latency, sent, errors)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return new Result(sent.get(), errors.get(), millis / 1_000.0, latency);
    }

    private void loop(
            int number,
            int senders,
            long begin,
            long end,
            Histogram latency,
            AtomicLong sent,
            AtomicLong errors) {
        try (Connection connection = new Connection(port)) {
            int turn = number;
            for (long now = System.nanoTime(); now < end; ) {
                World.Seat seat = seats.get(turn % seats.size());
                turn += senders;
                String path = seat.sendPath() + "b" + number + "." + turn + "." + begin;
                int status = connection.send("PUT", path, seat.token(), BODY).status();
                long done = System.nanoTime();
                if (status != 200) {
                    errors.incrementAndGet();
                } else if (done < end) {
                    sent.incrementAndGet();
                    latency.recordValue((done - now) / 1_000);
                }
                now = done;
            }
        } catch (IOException e) {
            errors.incrementAndGet();
        }
    }
}
