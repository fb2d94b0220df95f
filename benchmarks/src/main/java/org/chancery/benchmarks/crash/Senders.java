package org.chancery.benchmarks.crash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.chancery.benchmarks.client.Connection;
import org.chancery.benchmarks.client.Connection.Answer;
import org.chancery.benchmarks.client.World;

/// The load of one cycle: senders in a closed loop, until the server is gone. Each journals what
/// was acknowledged, and remembers its last acknowledged and its unanswered transaction.
final class Senders {
    private static final int COUNT = 32;

    private record Attempt(World.Seat seat, String txn, String event) {}

    private final int port;
    private final Stage stage;
    private final AckJournal journal;
    private final String prefix;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReferenceArray<Attempt> acknowledged = new AtomicReferenceArray<>(COUNT);
    private final AtomicReferenceArray<Attempt> unanswered = new AtomicReferenceArray<>(COUNT);
    private final AtomicInteger acks = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    /// @param prefix begins every transaction id of this load
    Senders(int port, Stage stage, AckJournal journal, String prefix) {
        this.port = port;
        this.stage = stage;
        this.journal = journal;
        this.prefix = prefix;
    }

    void start() {
        for (int i = 0; i < COUNT; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> loop(number)));
        }
    }

    void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    int acknowledged() {
        return acks.get();
    }

    private void loop(int number) {
        List<World.Seat> seats = stage.seats();
        try (Connection connection = new Connection(port)) {
            for (int n = 0; ; n++) {
                World.Seat seat = seats.get((number + n * COUNT) % seats.size());
                String txn = prefix + number + "." + n;
                unanswered.set(number, new Attempt(seat, txn, ""));
                Answer answer = Client.send(connection, seat, txn);
                if (answer.status() != 200) {
                    refused.incrementAndGet();
                    return;
                }
                acknowledge(number, seat, txn, answer);
            }
        } catch (IOException killed) {
            broken.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acknowledge(int number, World.Seat seat, String txn, Answer answer)
            throws InterruptedException {
        String event = answer.json().string("event_id").orElse("");
        journal.add(new AckJournal.Ack(seat.room(), txn, event));
        acknowledged.set(number, new Attempt(seat, txn, event));
        acks.incrementAndGet();
    }

    /// After the restart: what was acknowledged gets the same event id again, and what was not
    /// answered is sent once more, as clients do.
    void repeat(Connection connection, Findings findings) throws IOException, InterruptedException {
        if (refused.get() > 0) {
            findings.add(Findings.Kind.REFUSED, refused + " senders");
        }
        for (int i = 0; i < COUNT; i++) {
            Attempt before = acknowledged.get(i);
            if (before != null) {
                String event = event(connection, before);
                if (!event.equals(before.event())) {
                    findings.add(Findings.Kind.CHANGED, before + " is now " + event);
                }
            }
            Attempt open = unanswered.get(i);
            if (open != null) {
                String event = event(connection, open);
                journal.add(new AckJournal.Ack(open.seat().room(), open.txn(), event));
            }
        }
    }

    private static String event(Connection connection, Attempt attempt) throws IOException {
        Answer answer = Client.send(connection, attempt.seat(), attempt.txn());
        return Client.ok(answer).string("event_id").orElse("");
    }
}
