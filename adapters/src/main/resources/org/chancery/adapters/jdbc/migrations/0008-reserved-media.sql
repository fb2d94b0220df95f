-- An address that a client has asked for before it uploads the file (client-server API, "Content
-- repository", asynchronous uploads).
CREATE TABLE reserved_media (
    id text PRIMARY KEY,
    owner text NOT NULL,
    expires_ts bigint NOT NULL
);

CREATE INDEX reserved_media_by_owner ON reserved_media (owner);
CREATE INDEX reserved_media_by_expiry ON reserved_media (expires_ts);
