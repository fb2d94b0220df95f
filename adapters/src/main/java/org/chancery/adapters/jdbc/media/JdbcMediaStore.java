package org.chancery.adapters.jdbc.media;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.media.BlobStore;
import org.chancery.homeserver.media.MediaFile;
import org.chancery.homeserver.media.MediaStore;
import org.chancery.homeserver.media.Reservation;
import org.chancery.homeserver.media.Thumbnail;
import org.chancery.homeserver.media.ThumbnailSize;
import org.chancery.protocol.id.UserId;

/// Tables `media`, `thumbnails` and `reserved_media`.
public final class JdbcMediaStore implements MediaStore {
    private final Queries queries;

    public JdbcMediaStore(Database database) {
        this.queries = database.queries();
    }

    @Override
    public void insert(Tx tx, MediaFile file) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO media
                            (id, blob, length, content_type, file_name, uploader, created_ts)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """,
                        file.id(),
                        file.blob().name(),
                        file.blob().length(),
                        file.contentType(),
                        file.fileName().orElse(null),
                        file.uploader().toString(),
                        file.createdTs());
    }

    @Override
    public Optional<MediaFile> find(String id) {
        return queries.one(
                """
                SELECT id, blob, length, content_type, file_name, uploader, created_ts
                FROM media WHERE id = ?
                """,
                JdbcMediaStore::file,
                id);
    }

    @Override
    public List<MediaFile> createdWithin(long from, long upTo, int limit) {
        return queries.query(
                """
                SELECT id, blob, length, content_type, file_name, uploader, created_ts
                FROM media WHERE created_ts >= ? AND created_ts <= ?
                ORDER BY created_ts DESC LIMIT ?
                """,
                JdbcMediaStore::file,
                from,
                upTo,
                limit);
    }

    private static MediaFile file(ResultSet row) throws SQLException {
        return new MediaFile(
                row.getString(1),
                new BlobStore.Blob(row.getString(2), row.getLong(3)),
                row.getString(4),
                Optional.ofNullable(row.getString(5)),
                UserId.parse(row.getString(6)),
                row.getLong(7));
    }

    @Override
    public Optional<Thumbnail> thumbnail(String id, ThumbnailSize size) {
        return queries.one(
                """
                SELECT content_type, blob, length FROM thumbnails
                WHERE media_id = ? AND width = ? AND height = ? AND method = ?
                """,
                row ->
                        new Thumbnail(
                                row.getString(1),
                                new BlobStore.Blob(row.getString(2), row.getLong(3))),
                id,
                (long) size.width(),
                (long) size.height(),
                size.method().text());
    }

    @Override
    public void insert(Tx tx, String id, ThumbnailSize size, Thumbnail thumbnail) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO thumbnails
                            (media_id, width, height, method, content_type, blob, length)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (media_id, width, height, method) DO NOTHING
                        """,
                        id,
                        (long) size.width(),
                        (long) size.height(),
                        size.method().text(),
                        thumbnail.contentType(),
                        thumbnail.blob().name(),
                        thumbnail.blob().length());
    }

    @Override
    public void insert(Tx tx, Reservation reservation) {
        JdbcTx.of(tx)
                .run(
                        "INSERT INTO reserved_media (id, owner, expires_ts) VALUES (?, ?, ?)",
                        reservation.id(),
                        reservation.owner().toString(),
                        reservation.expiresTs());
    }

    @Override
    public Optional<Reservation> reservation(String id) {
        return queries.one(
                "SELECT id, owner, expires_ts FROM reserved_media WHERE id = ?",
                row ->
                        new Reservation(
                                row.getString(1), UserId.parse(row.getString(2)), row.getLong(3)),
                id);
    }

    @Override
    public long countReservations(Tx tx, UserId owner) {
        return JdbcTx.of(tx)
                .query(
                        "SELECT count(*) FROM reserved_media WHERE owner = ?",
                        row -> row.getLong(1),
                        owner.toString())
                .getFirst();
    }

    @Override
    public boolean deleteReservation(Tx tx, String id) {
        return JdbcTx.of(tx).run("DELETE FROM reserved_media WHERE id = ?", id) > 0;
    }

    @Override
    public void deleteReservationsUntil(Tx tx, long nowTs) {
        JdbcTx.of(tx).run("DELETE FROM reserved_media WHERE expires_ts <= ?", nowTs);
    }
}
