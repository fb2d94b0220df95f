package org.chancery.homeserver.events;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.protocol.event.Pdu;

/// The signed events of the rooms that somebody keeps, for the one reader who follows them.
///
/// What was appended lately waits here as it was signed, until the reader has gone past it: to read
/// it from the tables again would take a search for each event that it refers to, and parsing. Who
/// starts, or has fallen behind by more than fits, reads the tables.
///
/// The committer adds what a batch wrote when it is on the disk and before its position is
/// published; so up to [org.chancery.homeserver.kernel.Journal#durable] the events that wait are
/// whole from their beginning on.
public final class SignedLog implements LogFeed<SignedEvent> {
    static final int EVENTS_MAX = 4_096;
    static final long BYTES_MAX = 4L * 1024 * 1024;
    private static final long NOWHERE = Long.MAX_VALUE;

    private final EventStore events;
    private final Keeper keeper;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private long bytes;

    /// Behind this position all of the keeper's rooms waits here.
    private long after = NOWHERE;

    /// @param bytes about what it takes of the memory
    private record Waiting(SignedEvent event, int bytes) {}

    SignedLog(EventStore events, Keeper keeper) {
        this.events = events;
        this.keeper = keeper;
    }

    /// Of rooms that nobody keeps it gives nothing.
    @Override
    public Portion<SignedEvent> read(long after, long upTo, int limit) {
        return recent(after, upTo, limit).orElseGet(() -> stored(after, upTo, limit));
    }

    /// A run has become durable; told by the committer, in the order of positions.
    void appended(Append append) {
        boolean kept = keeper.keeps(append.room());
        lock.lock();
        try {
            if (after == NOWHERE) {
                after = append.steps().getFirst().event().event().position() - 1;
            }
            if (kept) {
                append.steps().forEach(step -> add(step.event()));
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(NewEvent event) {
        long position = event.event().position();
        int size = event.shown().length;
        waiting.add(new Waiting(new SignedEvent(position, event.room(), event.pdu()), size));
        bytes += size;
        while (waiting.size() > EVENTS_MAX || bytes > BYTES_MAX) {
            after = forget();
        }
    }

    private long forget() {
        Waiting first = waiting.remove();
        bytes -= first.bytes;
        return first.event.position();
    }

    /// The reader comes back to no position at which it has been, but after a fault, when it reads
    /// the tables.
    private Optional<Portion<SignedEvent>> recent(long from, long upTo, int limit) {
        lock.lock();
        try {
            if (from < after) {
                return Optional.empty();
            }
            while (!waiting.isEmpty() && waiting.peek().event.position() <= from) {
                after = forget();
            }
            List<SignedEvent> read = new ArrayList<>(Math.min(limit, waiting.size()));
            for (Waiting each : waiting) {
                if (each.event.position() > upTo || read.size() == limit) {
                    break;
                }
                read.add(each.event);
            }
            long end = read.size() < limit ? upTo : read.getLast().position();
            return Optional.of(new Portion<>(read, end));
        } finally {
            lock.unlock();
        }
    }

    private Portion<SignedEvent> stored(long from, long upTo, int limit) {
        Portion<StoredEvent> read = LogFeed.of(events::log).read(from, upTo, limit);
        List<StoredEvent> kept =
                read.entries().stream().filter(it -> keeper.keeps(it.room())).toList();
        List<Pdu> pdus = events.pdus(kept.stream().map(StoredEvent::position).toList());
        List<SignedEvent> signed = new ArrayList<>(kept.size());
        for (int i = 0; i < kept.size(); i++) {
            StoredEvent event = kept.get(i);
            signed.add(new SignedEvent(event.position(), event.room(), pdus.get(i)));
        }
        return new Portion<>(signed, read.upTo());
    }
}
