package org.chancery.homeserver.media;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.chancery.homeserver.accounts.Secrets;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.StoreFailure;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;

/// Uploads and downloads (client-server API, "Content repository"). The bytes are durable before
/// the upload is acknowledged; the address may be told before, to whom asks for it.
public final class Media implements AutoCloseable {
    /// How many addresses one user may hold without uploading.
    static final int RESERVATIONS_MAX = 50;

    /// How long an address waits for its file.
    static final Duration RESERVATION_LIFE = Duration.ofHours(24);

    /// How long a download waits at most for a file that is still to come.
    public static final Duration WAIT_MAX = Duration.ofSeconds(20);

    private static final int TEXT_LENGTH_MAX = 255;
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final MediaStore store;
    private final BlobStore blobs;
    private final Journal journal;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Arrivals arrivals = new Arrivals();

    public Media(
            MediaStore store,
            BlobStore blobs,
            Journal journal,
            Secrets secrets,
            InstantSource clock) {
        this.store = store;
        this.blobs = blobs;
        this.journal = journal;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// Keeps a file.
    ///
    /// @param bytes bounded by who gives it
    /// @throws org.chancery.protocol.error.MatrixException `M_INVALID_PARAM` for a type or name
    ///     that is too long or holds control characters
    public MediaFile upload(
            UserId uploader, String contentType, Optional<String> fileName, InputStream bytes)
            throws IOException {
        MediaFile file = kept(secrets.token(), uploader, contentType, fileName, bytes);
        journal.commit(
                Changes.of(
                        tx -> {
                            store.insert(tx, file);
                            return true;
                        }));
        return file;
    }

    private MediaFile kept(
            String id,
            UserId uploader,
            String contentType,
            Optional<String> fileName,
            InputStream bytes)
            throws IOException {
        requirePlain(contentType, "The content type");
        fileName.ifPresent(name -> requirePlain(name, "The file name"));
        BlobStore.Blob blob = blobs.keep(bytes);
        return new MediaFile(id, blob, contentType, fileName, uploader, clock.millis());
    }

    /// Gives an address to a file that its owner uploads later.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_LIMIT_EXCEEDED` if the user holds
    ///     too many
    public Reservation reserve(UserId owner) {
        long now = clock.millis();
        Reservation reservation =
                new Reservation(secrets.token(), owner, now + RESERVATION_LIFE.toMillis());
        return journal.commit(
                Changes.of(
                        tx -> {
                            store.deleteReservationsUntil(tx, now);
                            if (store.countReservations(tx, owner) >= RESERVATIONS_MAX) {
                                throw new MatrixError.LimitExceeded(RETRY_AFTER).asException();
                            }
                            store.insert(tx, reservation);
                            return reservation;
                        }));
    }

    /// Keeps the file of an address that was reserved.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_NOT_FOUND` if it was not, or is over;
    ///     `M_FORBIDDEN` if it is another's; `M_CANNOT_OVERWRITE_MEDIA` if it has its file already
    public void uploadTo(
            String id,
            UserId uploader,
            String contentType,
            Optional<String> fileName,
            InputStream bytes)
            throws IOException {
        if (store.find(id).isPresent()) {
            throw new MatrixError.CannotOverwriteMedia().asException();
        }
        Reservation reservation = reservation(id).orElseThrow(Media::unknown);
        if (!reservation.owner().equals(uploader)) {
            throw new MatrixError.Forbidden("This address is another user's").asException();
        }
        MediaFile file = kept(id, uploader, contentType, fileName, bytes);
        journal.commit(
                Changes.of(
                        tx -> {
                            if (!store.deleteReservation(tx, id)) { // A second upload was faster.
                                throw new MatrixError.CannotOverwriteMedia().asException();
                            }
                            store.insert(tx, file);
                            return true;
                        }));
        arrivals.arrived(id);
    }

    private Optional<Reservation> reservation(String id) {
        long now = clock.millis();
        return store.reservation(id).filter(it -> it.expiresTs() > now);
    }

    private static RuntimeException unknown() {
        return new MatrixError.NotFound("No such file").asException();
    }

    /// The file of that id; if it is still to come, waits for it.
    ///
    /// @param patience how long at most, never longer than [#WAIT_MAX]
    /// @throws org.chancery.protocol.error.MatrixException `M_NOT_FOUND`, or `M_NOT_YET_UPLOADED`
    ///     if it did not come in time
    public MediaFile await(String id, Duration patience) {
        try (Arrivals.Waiter waiter = arrivals.waiter(id)) {
            Optional<MediaFile> file = store.find(id);
            if (file.isPresent()) {
                return file.get();
            }
            if (reservation(id).isPresent()) {
                waiter.await(patience.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : patience);
            }
            return store.find(id)
                    .orElseThrow(
                            () ->
                                    reservation(id).isPresent()
                                            ? new MatrixError.NotYetUploaded().asException()
                                            : unknown());
        }
    }

    /// Sends away who waits for a file; nobody waits any more.
    @Override
    public void close() {
        arrivals.close();
    }

    /// Opens a file for reading.
    public InputStream open(MediaFile file) {
        try {
            return blobs.open(file.blob().name());
        } catch (IOException e) {
            throw new StoreFailure("the bytes of a file are gone", e);
        }
    }

    private static void requirePlain(String text, String what) {
        boolean plain = text.chars().allMatch(c -> c >= 0x20 && c != 0x7f);
        if (!plain || text.length() > TEXT_LENGTH_MAX) {
            throw new MatrixError.InvalidParam(what + " is too long or not plain text")
                    .asException();
        }
    }
}
