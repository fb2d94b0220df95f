package org.chancery.homeserver.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.jspecify.annotations.Nullable;

/// The one committer. Every durable change of the server goes through it, in one sequence.
///
/// # Life of a change
/// A caller *submits* and may let go of its locks; the order of submission is the order of commit.
/// The committer drains what is waiting, takes positions, applies each change in one transaction,
/// commits (which fsyncs), publishes the new durable position, wakes who has news, and only then
/// completes the callers. So an acknowledgement means *durable*, and a reader that stays at or
/// below [#durable] sees whole batches only.
///
/// A change that throws a [MatrixException] refuses itself alone. A change that throws anything
/// else has a bug: the batch is rolled back and each of its changes tried in a transaction of its
/// own, so that the faulty one fails alone. A [StoreFailure] stops the journal for good: nothing is
/// retried after a failed fsync, later submissions are refused and reads go on.
public final class Journal implements AutoCloseable {
    static final int QUEUE_LENGTH_MAX = 16_384;
    static final int BATCH_LENGTH_MAX = 512;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final long STOP_MILLIS_MAX = 10_000;
    private static final Logger LOG = System.getLogger(Journal.class.getName());

    private static final Change<Boolean> NOTHING =
            new Change<>() {
                @Override
                public int positions() {
                    return 0;
                }

                @Override
                public Boolean apply(Tx tx, long first) {
                    return true;
                }
            };

    private record Submitted<T>(Change<T> change, Pending<T> pending) {}

    private record Done<T>(Submitted<T> submitted, T result) {}

    private final ArrayBlockingQueue<Submitted<?>> queue =
            new ArrayBlockingQueue<>(QUEUE_LENGTH_MAX);
    private final BatchStore store;
    private final Wakeups wakeups;
    private final Thread committer;
    private final AtomicLong submitted = new AtomicLong();
    private final AtomicLong settled = new AtomicLong();
    private volatile long durable;
    private volatile boolean closing;
    private volatile @Nullable StoreFailure failure;

    /// Ready but not running; see [#start].
    public Journal(BatchStore store, Wakeups wakeups, ThreadFactory threads) {
        this.store = store;
        this.wakeups = wakeups;
        this.durable = store.lastPosition();
        this.committer = threads.newThread(this::run);
    }

    /// Starts the committer.
    public void start() {
        wakeups.publish(durable);
        committer.start();
    }

    /// Hands a change over; returns at once.
    ///
    /// @throws MatrixException `M_LIMIT_EXCEEDED` when the queue is full
    /// @throws StoreFailure when the store has stopped
    public <T> Pending<T> submit(Change<T> change) {
        refuseIfStopped();
        Pending<T> pending = new Pending<>();
        submitted.incrementAndGet();
        if (!queue.offer(new Submitted<>(change, pending))) {
            settled.incrementAndGet();
            throw new MatrixError.LimitExceeded(RETRY_AFTER).asException();
        }
        if (closing || failure != null) { // The committer may have left: nobody else would answer.
            failWaiting();
        }
        return pending;
    }

    /// Submits and waits until the change is durable.
    public <T> T commit(Change<T> change) {
        return submit(change).await();
    }

    /// Waits until all that has been submitted so far is durable or refused.
    public void barrier() {
        if (settled.get() < submitted.get()) {
            commit(NOTHING);
        }
    }

    /// The position up to which everything is durable. Readers never look beyond it.
    public long durable() {
        return durable;
    }

    /// Whether writes are still possible.
    public boolean running() {
        return failure == null && !closing;
    }

    /// Commits what is waiting, then stops.
    @Override
    public void close() {
        closing = true;
        try {
            committer.join(STOP_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failWaiting();
    }

    private void run() {
        List<Submitted<?>> batch = new ArrayList<>(BATCH_LENGTH_MAX);
        while (failure == null && takeBatch(batch)) {
            commitBatch(batch);
            batch.clear();
        }
        failWaiting();
    }

    /// False when the journal is closing and nothing waits any more.
    private boolean takeBatch(List<Submitted<?>> batch) {
        try {
            Submitted<?> head = queue.poll(100, TimeUnit.MILLISECONDS);
            while (head == null) {
                if (closing) {
                    return false;
                }
                head = queue.poll(100, TimeUnit.MILLISECONDS);
            }
            batch.add(head);
            queue.drainTo(batch, BATCH_LENGTH_MAX - 1);
            return true;
        } catch (InterruptedException e) {
            closing = true;
            return false;
        }
    }

    private void commitBatch(List<Submitted<?>> batch) {
        try {
            write(batch);
        } catch (StoreFailure e) {
            stop(e, batch);
        } catch (RuntimeException bug) {
            if (batch.size() == 1) {
                LOG.log(Level.ERROR, "a change failed and was rolled back", bug);
                fail(batch.getFirst(), bug);
                return;
            }
            for (Submitted<?> submitted : List.copyOf(batch)) {
                if (failure == null) {
                    commitBatch(List.of(submitted));
                } else {
                    fail(submitted, failure);
                }
            }
        }
    }

    private void write(List<Submitted<?>> batch) {
        int positions = 0;
        for (Submitted<?> submitted : batch) {
            positions += submitted.change().positions();
        }
        List<Done<?>> done = new ArrayList<>(batch.size());
        long last =
                store.commit(
                        positions,
                        (tx, first) -> {
                            done.clear();
                            long next = first;
                            for (Submitted<?> submitted : batch) {
                                apply(submitted, tx, next, done);
                                next += submitted.change().positions();
                            }
                        });
        publish(last, done);
    }

    private <T> void apply(Submitted<T> submitted, Tx tx, long position, List<Done<?>> done) {
        try {
            done.add(new Done<>(submitted, submitted.change().apply(tx, position)));
        } catch (MatrixException refusal) {
            fail(submitted, refusal);
        }
    }

    /// The index is told before the position is published, and sleepers are woken after: who reads
    /// up to [#durable] finds every touch up to there, and who wakes finds what was touched.
    private void publish(long last, List<Done<?>> done) {
        wakeups.publishing(last);
        List<Touch> touches = new ArrayList<>(done.size());
        for (Done<?> each : done) {
            touches.addAll(touches(each));
        }
        touches.forEach(touch -> wakeups.touch(touch, last));
        durable = last;
        wakeups.publish(last);
        touches.forEach(touch -> wakeups.wake(touch.users()));
        for (Done<?> each : done) {
            complete(each);
        }
    }

    private static <T> List<Touch> touches(Done<T> done) {
        return done.submitted().change().touches(done.result());
    }

    private <T> void complete(Done<T> done) {
        settled.incrementAndGet();
        done.submitted().pending().complete(done.result());
    }

    private void fail(Submitted<?> submitted, RuntimeException cause) {
        submitted.change().refused();
        settled.incrementAndGet();
        submitted.pending().fail(cause);
    }

    private void stop(StoreFailure cause, List<Submitted<?>> batch) {
        LOG.log(Level.ERROR, "the store cannot write; writes are refused until a restart", cause);
        failure = cause;
        batch.forEach(submitted -> fail(submitted, cause));
        failWaiting();
    }

    private void failWaiting() {
        RuntimeException cause = failure == null ? closed() : failure;
        for (Submitted<?> each = queue.poll(); each != null; each = queue.poll()) {
            fail(each, cause);
        }
    }

    private void refuseIfStopped() {
        if (failure != null) {
            throw failure;
        }
        if (closing) {
            throw closed();
        }
    }

    private static StoreFailure closed() {
        return new StoreFailure(
                "the server is stopping", new IllegalStateException("journal closed"));
    }
}
