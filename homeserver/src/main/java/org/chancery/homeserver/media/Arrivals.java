package org.chancery.homeserver.media;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Who waits for a file that has an address already. Nobody waits without being one of the bounded
/// number of requests at work.
final class Arrivals {
    private final ConcurrentHashMap<String, Waiting> byId = new ConcurrentHashMap<>();
    private volatile boolean closing;

    private static final class Waiting {
        final CountDownLatch arrived = new CountDownLatch(1);
        int waiters; // Changed inside the map's own lock only.
    }

    /// One who waits. Made *before* looking whether the file is there, so that it cannot come
    /// unnoticed in between.
    final class Waiter implements AutoCloseable {
        private final String id;
        private final Waiting waiting;

        private Waiter(String id, Waiting waiting) {
            this.id = id;
            this.waiting = waiting;
        }

        /// Sleeps until the file has come, the time is over or the server stops.
        void await(Duration atMost) {
            if (closing) {
                return;
            }
            try {
                boolean _ = waiting.arrived.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            byId.computeIfPresent(id, (_, them) -> --them.waiters == 0 ? null : them);
        }
    }

    Waiter waiter(String id) {
        Waiting waiting =
                byId.compute(
                        id,
                        (_, them) -> {
                            Waiting all = them == null ? new Waiting() : them;
                            all.waiters++;
                            return all;
                        });
        return new Waiter(id, waiting);
    }

    /// The file can be read now.
    void arrived(String id) {
        Waiting waiting = byId.get(id);
        if (waiting != null) {
            waiting.arrived.countDown();
        }
    }

    /// Sends everybody away.
    void close() {
        closing = true;
        byId.values().forEach(waiting -> waiting.arrived.countDown());
    }
}
