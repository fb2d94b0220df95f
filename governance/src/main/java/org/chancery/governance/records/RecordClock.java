package org.chancery.governance.records;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.chancery.homeserver.kernel.Journal;

/// The archive's own thread: it makes leaves at each full hour and those of closing rooms within a
/// minute, and tells of gaps as soon as it is rung.
public final class RecordClock implements AutoCloseable {
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final Duration STOP_MAX = Duration.ofSeconds(2);
    private static final Logger LOG = System.getLogger(RecordClock.class.getName());

    private final RoomLeaves leaves;
    private final Alerts alerts;
    private final Journal journal;
    private final InstantSource clock;
    private final Semaphore bell;
    private final Thread thread;
    private volatile boolean closing;

    /// Does nothing before [#start].
    ///
    /// @param bell a permit of it wakes the thread
    public RecordClock(
            RoomLeaves leaves,
            Alerts alerts,
            Journal journal,
            InstantSource clock,
            Semaphore bell,
            ThreadFactory threads) {
        this.leaves = leaves;
        this.alerts = alerts;
        this.journal = journal;
        this.clock = clock;
        this.bell = bell;
        this.thread = threads.newThread(this::run);
    }

    /// Starts; what was due while the server stood still is made at once.
    public void start() {
        thread.start();
    }

    private void run() {
        long hour = -1;
        try {
            while (journal.running() && !closing) {
                long now = clock.millis() / HOUR_MILLIS;
                if (attempt(now != hour)) {
                    hour = now;
                }
                if (bell.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    bell.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Told to stop, and does.
        }
    }

    /// What fails is tried again a minute later.
    private boolean attempt(boolean isHour) {
        try {
            journal.barrier(); // Who rang may have done so out of a transaction.
            alerts.round();
            if (isHour) {
                leaves.round();
            } else {
                leaves.close();
            }
            return true;
        } catch (RuntimeException fault) {
            if (journal.running() && !closing) {
                LOG.log(Level.ERROR, "the archive's round failed; it is tried again", fault);
            }
            return false;
        }
    }

    @Override
    public void close() {
        closing = true;
        bell.release();
        try {
            if (thread.isAlive() && !thread.join(STOP_MAX)) {
                LOG.log(Level.WARNING, "the archive's thread does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
