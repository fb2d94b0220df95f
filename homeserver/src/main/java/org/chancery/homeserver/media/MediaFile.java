package org.chancery.homeserver.media;

import java.util.Optional;
import org.chancery.protocol.id.UserId;

/// A file that was uploaded.
///
/// @param id the part of its `mxc:` address after the server name
/// @param blob where its bytes lie
/// @param contentType as the uploader stated it
/// @param fileName as the uploader stated it
/// @param createdTs when it came, in milliseconds
public record MediaFile(
        String id,
        BlobStore.Blob blob,
        String contentType,
        Optional<String> fileName,
        UserId uploader,
        long createdTs) {}
