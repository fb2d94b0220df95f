package org.chancery.governance.log;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Work that is done in rounds, on a thread that is there only while one is due.
///
/// Who has news asks: there is a round after that, at once, or after the one that goes on. A round
/// says when there shall be another if nobody asks; where it says nothing, the thread ends until
/// somebody does.
public final class Rounds implements AutoCloseable {
    private final Supplier<Optional<Duration>> round;
    private final ThreadFactory threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean running;
    private boolean asked;
    private volatile boolean closing;

    /// @param round in which what may fail is caught, to be tried again: a fault ends the thread
    ///     until somebody asks
    public Rounds(Supplier<Optional<Duration>> round, ThreadFactory threads) {
        this.round = round;
        this.threads = threads;
    }

    /// There is something to do. Does not wait.
    public void ask() {
        lock.lock();
        try {
            asked = true;
            if (!running && !closing) {
                running = true;
                threads.newThread(this::run).start();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Whether a round shall come to its end soon, as nobody wants it any more.
    public boolean isClosing() {
        return closing;
    }

    /// No round is begun any more.
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        boolean goesOn = true;
        while (goesOn) {
            heard();
            goesOn = waits(next());
        }
    }

    private Optional<Duration> next() {
        try {
            return round.get();
        } catch (RuntimeException | Error e) {
            lock.lock();
            try {
                running = false; // The thread ends with it; who asks again gets another.
            } finally {
                lock.unlock();
            }
            throw e;
        }
    }

    private void heard() {
        lock.lock();
        try {
            asked = false;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the next round; false when there is none, and the thread ends.
    private boolean waits(Optional<Duration> pause) {
        lock.lock();
        try {
            long left = pause.map(Duration::toNanos).orElse(0L);
            while (!asked && !closing && left > 0) {
                left = changed.awaitNanos(left);
            }
            running = !closing && (asked || pause.isPresent());
            return running;
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
