package org.chancery.homeserver.media;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Optional;
import org.chancery.homeserver.accounts.Secrets;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.StoreFailure;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;

/// Uploads and downloads (client-server API, "Content repository"). The bytes are durable before
/// the
/// address is told.
public final class Media {
    private static final int TEXT_LENGTH_MAX = 255;

    private final MediaStore store;
    private final BlobStore blobs;
    private final Journal journal;
    private final Secrets secrets;
    private final InstantSource clock;

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
    /// that
    ///     is too long or holds control characters
    public MediaFile upload(
            UserId uploader, String contentType, Optional<String> fileName, InputStream bytes)
            throws IOException {
        requirePlain(contentType, "The content type");
        fileName.ifPresent(name -> requirePlain(name, "The file name"));
        BlobStore.Blob blob = blobs.keep(bytes);
        MediaFile file =
                new MediaFile(
                        secrets.token(), blob, contentType, fileName, uploader, clock.millis());
        journal.commit(
                Changes.of(
                        tx -> {
                            store.insert(tx, file);
                            return true;
                        }));
        return file;
    }

    /// The file of that id.
    public Optional<MediaFile> find(String id) {
        return store.find(id);
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
