package org.chancery.app;

import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.chancery.adapters.images.JdkThumbnailer;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.media.Media;
import org.chancery.homeserver.media.Thumbnails;

/// Files, and small pictures of them.
///
/// @param workers on threads of their own, as a reader of pictures holds its thread to the end
record Pictures(Media media, Thumbnails thumbnails, ThreadPoolExecutor workers)
        implements AutoCloseable {
    private static final int WAITING_MAX = 64;
    private static final long IDLE_SECONDS = 10;

    static Pictures of(Stores stores, Media media, Journal journal, InstantSource clock) {
        int count = Math.max(1, Runtime.getRuntime().availableProcessors() / 4);
        ThreadPoolExecutor workers =
                new ThreadPoolExecutor(
                        count,
                        count,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING_MAX),
                        Thread.ofPlatform().daemon().name("pictures-", 1).factory());
        workers.allowCoreThreadTimeOut(true);
        return new Pictures(
                media,
                new Thumbnails(
                        stores.media(),
                        stores.blobs(),
                        journal,
                        new JdkThumbnailer(clock),
                        workers),
                workers);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
