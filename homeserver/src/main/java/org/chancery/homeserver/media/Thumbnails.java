package org.chancery.homeserver.media;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.StoreFailure;
import org.chancery.homeserver.media.Thumbnailer.Picture;
import org.chancery.homeserver.media.Thumbnailer.Unreadable;
import org.chancery.protocol.error.MatrixError;

/// Small pictures of large ones (client-server API, "Thumbnails"). Each is made once, by few
/// workers that stand behind everything else, and kept as a file; a file that makes trouble is
/// remembered and not tried again.
public final class Thumbnails {
    /// Larger files are not looked at.
    public static final int ORIGINAL_BYTES_MAX = 20 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BUSY = Duration.ofSeconds(2);
    private static final int UNREADABLE_MAX = 10_000;

    private final MediaStore store;
    private final BlobStore blobs;
    private final Journal journal;
    private final Thumbnailer thumbnailer;
    private final Executor workers;
    private final Cache<String, Unreadable> unreadable =
            Caffeine.newBuilder().maximumSize(UNREADABLE_MAX).build();

    /// @param workers refuses what it has no room for
    public Thumbnails(
            MediaStore store,
            BlobStore blobs,
            Journal journal,
            Thumbnailer thumbnailer,
            Executor workers) {
        this.store = store;
        this.blobs = blobs;
        this.journal = journal;
        this.thumbnailer = thumbnailer;
        this.workers = workers;
    }

    /// The file itself, if it is a picture.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_UNKNOWN` if it is none
    public Thumbnail original(MediaFile file) {
        try (InputStream in = blobs.open(file.blob().name())) {
            byte[] beginning = in.readNBytes(Thumbnailer.TELLING_BYTES);
            return thumbnailer
                    .typeOf(beginning)
                    .map(type -> new Thumbnail(type, file.blob()))
                    .orElseThrow(() -> refusal(Unreadable.broken("no picture")));
        } catch (IOException e) {
            throw gone(e);
        }
    }

    /// The thumbnail of a file in a size.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_UNKNOWN` if it is no picture that can
    ///     be read, `M_TOO_LARGE`, or `M_LIMIT_EXCEEDED` when too many ask at once
    public Thumbnail of(MediaFile file, ThumbnailSize size) {
        Optional<Thumbnail> known = store.thumbnail(file.id(), size);
        if (known.isPresent()) {
            return known.get();
        }
        Unreadable before = unreadable.getIfPresent(file.id());
        if (before != null) {
            throw refusal(before);
        }
        if (file.blob().length() > ORIGINAL_BYTES_MAX) {
            throw refusal(Unreadable.tooLarge("more bytes than are looked at"));
        }
        FutureTask<Thumbnail> work = new FutureTask<>(() -> make(file, size));
        try {
            workers.execute(work);
        } catch (RejectedExecutionException e) {
            throw busy();
        }
        return result(work, file);
    }

    private Thumbnail result(FutureTask<Thumbnail> work, MediaFile file) {
        try {
            return work.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            work.cancel(false);
            throw busy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Unreadable fault) {
                unreadable.put(file.id(), fault);
                throw refusal(fault);
            }
            throw new IllegalStateException("no thumbnail could be made", e.getCause());
        }
    }

    private Thumbnail make(MediaFile file, ThumbnailSize size) {
        Optional<Thumbnail> known = store.thumbnail(file.id(), size);
        if (known.isPresent()) { // Somebody else asked for it just before.
            return known.get();
        }
        Thumbnail made =
                thumbnailer
                        .shrink(bytes(file), size)
                        .map(this::kept)
                        .orElseGet(() -> original(file));
        journal.commit(
                Changes.of(
                        tx -> {
                            store.insert(tx, file.id(), size, made);
                            return true;
                        }));
        return made;
    }

    private Thumbnail kept(Picture picture) {
        try {
            return new Thumbnail(
                    picture.contentType(), blobs.keep(new ByteArrayInputStream(picture.bytes())));
        } catch (IOException e) {
            throw new StoreFailure("a thumbnail could not be kept", e);
        }
    }

    private byte[] bytes(MediaFile file) {
        try (InputStream in = blobs.open(file.blob().name())) {
            return in.readNBytes(ORIGINAL_BYTES_MAX);
        } catch (IOException e) {
            throw gone(e);
        }
    }

    /// Opens a thumbnail for reading.
    public InputStream open(Thumbnail thumbnail) {
        try {
            return blobs.open(thumbnail.blob().name());
        } catch (IOException e) {
            throw gone(e);
        }
    }

    private static StoreFailure gone(IOException e) {
        return new StoreFailure("the bytes of a file are gone", e);
    }

    private static RuntimeException busy() {
        return new MatrixError.LimitExceeded(BUSY).asException();
    }

    private static RuntimeException refusal(Unreadable fault) {
        return fault.isTooLarge()
                ? new MatrixError.TooLarge("This is too large to make a thumbnail of").asException()
                : new MatrixError.Unknown("No thumbnail can be made of this").asException();
    }
}
