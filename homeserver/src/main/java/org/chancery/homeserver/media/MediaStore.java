package org.chancery.homeserver.media;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;

/// The tables of uploaded files, of their thumbnails, and of addresses whose file is still to come.
public interface MediaStore {

    void insert(Tx tx, MediaFile file);

    Optional<MediaFile> find(String id);

    /// The newest files of all uploaders that came within `[from, upTo]`, in milliseconds.
    List<MediaFile> createdWithin(long from, long upTo, int limit);

    Optional<Thumbnail> thumbnail(String id, ThumbnailSize size);

    /// Keeps the thumbnail of a file, unless there is one in that size.
    void insert(Tx tx, String id, ThumbnailSize size, Thumbnail thumbnail);

    void insert(Tx tx, Reservation reservation);

    Optional<Reservation> reservation(String id);

    /// How many reservations a user has.
    long countReservations(Tx tx, UserId owner);

    /// Takes a reservation away.
    ///
    /// @return whether there was one
    boolean deleteReservation(Tx tx, String id);

    /// Takes away those that are over.
    void deleteReservationsUntil(Tx tx, long nowTs);
}
