package org.chancery.homeserver.media;

/// A small picture of a file, or the file itself where that is small enough.
///
/// @param contentType what the bytes are, whatever the uploader says
public record Thumbnail(String contentType, BlobStore.Blob blob) {}
