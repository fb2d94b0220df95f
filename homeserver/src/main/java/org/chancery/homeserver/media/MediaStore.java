package org.chancery.homeserver.media;

import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;

/// The table of uploaded files.
public interface MediaStore {

    void insert(Tx tx, MediaFile file);

    Optional<MediaFile> find(String id);
}
