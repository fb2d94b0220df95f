-- A small picture of an uploaded file, in a size: blob is the SHA-256 of its bytes, or of the file's
-- own where that is as small already.
CREATE TABLE thumbnails (
    media_id text NOT NULL,
    width bigint NOT NULL,
    height bigint NOT NULL,
    method text NOT NULL,
    content_type text NOT NULL,
    blob text NOT NULL,
    length bigint NOT NULL,
    PRIMARY KEY (media_id, width, height, method)
);
