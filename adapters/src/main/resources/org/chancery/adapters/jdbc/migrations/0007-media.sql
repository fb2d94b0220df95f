-- An uploaded file: id is its address, blob the SHA-256 of its bytes.
CREATE TABLE media (
    id text PRIMARY KEY,
    blob text NOT NULL,
    length bigint NOT NULL,
    content_type text NOT NULL,
    file_name text,
    uploader text NOT NULL,
    created_ts bigint NOT NULL
);
