package org.chancery.governance.log;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.note.Ed25519Verifier;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.sequencer.Sequencer;
import org.chancery.tlog.tile.CorruptLog;
import org.chancery.tlog.tile.LogFile;
import org.chancery.tlog.tile.TileStore;
import org.chancery.tlog.tile.TiledTree;
import org.jspecify.annotations.Nullable;

/// The one thread that appends to the log. It runs from the first leaf on.
///
/// # The life of a leaf
/// It is noted in the transaction of what it speaks of, so both are there or neither is. The feeder
/// waits until that transaction is durable, reads what waits, appends it to the log, which makes it
/// durable there, and then notes the indexes. A crash between these two leaves the log longer than
/// the table says: at the next opening the indexes are read back out of the log. So a leaf is in
/// the log once, as the table has it once.
///
/// A log that is shorter than the table says, or has another leaf at its end, is not the log to
/// which this server has appended: nothing is appended to it until the server is started again,
/// when somebody has looked.
///
/// Any other fault, such as a full disk, may pass: the log is opened anew after a pause, which
/// doubles up to a bound, just as it is after a crash. That asks no more of a failed fsync than a
/// restart does: what is not known to be durable is written again, and the checkpoint always is.
final class Feeder {
    /// So many of the largest leaves are within a batch of the sequencer.
    static final int BATCH_LEAVES_MAX = 512;

    private static final long STOP_MILLIS_MAX = 10_000;
    private static final Duration PAUSE_FIRST = Duration.ofSeconds(1);
    private static final Duration PAUSE_LONGEST = Duration.ofMinutes(1);
    private static final System.Logger LOG = System.getLogger(Feeder.class.getName());

    private final LeafStore leaves;
    private final Supplier<TileStore> tiles;
    private final LogKey key;
    private final Ed25519Verifier verifier;
    private final Journal journal;
    private final ThreadFactory threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ReentrantLock writing = new ReentrantLock(); // the sequencer has one user
    private final List<Runnable> listeners = new ArrayList<>();
    private boolean asked;
    private boolean closing;
    private long batches;
    private @Nullable Thread thread;
    private Duration pause = PAUSE_FIRST;
    private volatile @Nullable String stopped; // for good
    private volatile @Nullable String fault; // for now
    private volatile @Nullable Sequencer sequencer;

    Feeder(
            LeafStore leaves,
            Supplier<TileStore> tiles,
            LogKey key,
            Ed25519Verifier verifier,
            Journal journal,
            ThreadFactory threads) {
        this.leaves = leaves;
        this.tiles = tiles;
        this.key = key;
        this.verifier = verifier;
        this.journal = journal;
        this.threads = threads;
    }

    /// To be told of each checkpoint, on the thread of the feeder; before the first leaf only.
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    /// Something may wait. Does not wait itself.
    void ask() {
        lock.lock();
        try {
            asked = true;
            if (thread == null && !closing && stopped == null) {
                thread = threads.newThread(this::run);
                thread.start();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Optional<String> trouble() {
        String forGood = stopped;
        return Optional.ofNullable(forGood == null ? fault : forGood);
    }

    /// Nothing is appended from now on, until the server is started again.
    void stop(String reason) {
        lock.lock();
        try {
            if (stopped == null) {
                stopped = reason;
                LOG.log(Level.ERROR, "the log takes no more leaves: " + reason);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Appends what was noted until then, and ends.
    void close() {
        Thread running;
        lock.lock();
        try {
            closing = true;
            running = thread;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (running != null) {
            try {
                running.join(STOP_MILLIS_MAX);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Keeps a checkpoint that witnesses have signed.
    ///
    /// @throws LogStopped where it cannot be kept now
    void witnessed(SignedCheckpoint cosigned) {
        writing.lock();
        try {
            Sequencer open = sequencer;
            if (open == null) {
                throw new LogStopped(trouble().orElse("it is being opened"));
            }
            open.witnessed(cosigned);
        } finally {
            writing.unlock();
        }
    }

    /// How many batches there were; to be taken before looking for what a batch brings.
    long batches() {
        lock.lock();
        try {
            return batches;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a batch after so many.
    ///
    /// @return how much of the time is left
    /// @throws LogStopped where none will come, or not soon
    long await(long seen, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (batches == seen && left > 0) {
                Optional<String> why = trouble();
                if (why.isPresent()) {
                    throw new LogStopped(why.get());
                }
                if (closing) {
                    throw new LogStopped("the server is stopping");
                }
                left = changed.awaitNanos(left);
            }
            return left;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        boolean again = true;
        while (again) {
            try {
                append();
                again = false;
            } catch (CorruptLog e) {
                LOG.log(Level.DEBUG, "the log is corrupt", e);
                stop("it is corrupt, and not appended to before a restart: " + e.getMessage());
                again = false;
            } catch (RuntimeException e) {
                again = rests(e);
            }
        }
    }

    /// Appends what waits, and what will, until the server ends.
    private void append() {
        Sequencer open = open();
        while (isAsked()) {
            journal.barrier(); // Who asked may have done so out of a transaction.
            for (List<byte[]> batch = next(); !batch.isEmpty(); batch = next()) {
                feed(open, batch);
            }
            fault = null;
            pause = PAUSE_FIRST;
        }
    }

    private List<byte[]> next() {
        return stopped == null ? leaves.waiting(BATCH_LEAVES_MAX) : List.of();
    }

    /// Waits until it is time to try again after a fault; false when there is nothing to try.
    private boolean rests(RuntimeException e) {
        LOG.log(Level.WARNING, "the log cannot be written: " + e.getMessage());
        writing.lock();
        try {
            sequencer = null;
        } finally {
            writing.unlock();
        }
        lock.lock();
        try {
            fault = "it cannot be written, and is tried again: " + e.getMessage();
            changed.signalAll();
            long left = pause.toNanos();
            while (left > 0 && !closing && stopped == null && journal.running()) {
                left = changed.awaitNanos(left);
            }
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(PAUSE_LONGEST) < 0 ? doubled : PAUSE_LONGEST;
            asked = true;
            return !closing && stopped == null && journal.running();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until there is something to do; false when there never will be.
    private boolean isAsked() {
        lock.lock();
        try {
            while (!asked && !closing && stopped == null) {
                changed.await();
            }
            boolean answer = asked && stopped == null;
            asked = false;
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void feed(Sequencer open, List<byte[]> batch) {
        List<Hash> hashes = batch.stream().map(Hash::leaf).toList();
        long first;
        writing.lock();
        try {
            first = open.latest().checkpoint().size();
            open.append(batch);
        } finally {
            writing.unlock();
        }
        logged(first, hashes);
    }

    private void logged(long first, List<Hash> hashes) {
        journal.commit(
                Changes.of(
                        tx -> {
                            leaves.logged(tx, first, hashes);
                            return true;
                        }));
        lock.lock();
        try {
            batches++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    private Sequencer open() {
        TileStore store = tiles.get();
        Sequencer open = Sequencer.open(store, key.origin(), key, verifier);
        long size = open.latest().checkpoint().size();
        long known = leaves.size();
        TiledTree tree = new TiledTree(store, size);
        if (known > size) {
            throw new CorruptLog("it has " + size + " leaves and was known to have " + known);
        }
        if (known > 0
                && !leaves.leaf(known - 1).filter(tree.node(0, known - 1)::equals).isPresent()) {
            throw new CorruptLog("another leaf is at " + (known - 1) + " than was logged there");
        }
        for (long first = known; first < size; first += LogFile.WIDTH_MAX) {
            List<Hash> found = new ArrayList<>();
            for (long i = first; i < Math.min(size, first + LogFile.WIDTH_MAX); i++) {
                found.add(tree.node(0, i));
            }
            logged(first, found);
        }
        sequencer = open;
        listeners.forEach(Runnable::run); // There may be a checkpoint that nobody has witnessed.
        return open;
    }
}
