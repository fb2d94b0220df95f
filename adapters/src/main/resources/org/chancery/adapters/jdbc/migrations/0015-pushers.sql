-- Where a user wants to be told of events; goes with the session that made it. Nothing at or before
-- after_position is told. token activates a pusher that has not shown yet that it reaches its user;
-- it is tried again at retry_ts after so many failures in a row.
CREATE TABLE pushers (
    id text PRIMARY KEY,
    user_id text NOT NULL,
    device_id text NOT NULL,
    kind text NOT NULL,
    app_id text NOT NULL,
    pushkey text NOT NULL,
    app_name text NOT NULL,
    device_name text NOT NULL,
    profile_tag text,
    lang text NOT NULL,
    data bytea NOT NULL,
    set_ts bigint NOT NULL,
    after_position bigint NOT NULL,
    activated boolean NOT NULL,
    token text,
    token_expires_ts bigint NOT NULL DEFAULT 0,
    failures bigint NOT NULL DEFAULT 0,
    retry_ts bigint NOT NULL DEFAULT 0
);

CREATE UNIQUE INDEX pushers_by_user ON pushers (user_id, app_id, pushkey);
CREATE INDEX pushers_by_key ON pushers (app_id, pushkey);
CREATE INDEX pushers_by_retry ON pushers (retry_ts);

-- What a pusher is still to be told: of the event at a position, or at 0 the token.
CREATE TABLE push_notices (
    pusher_id text NOT NULL,
    position bigint NOT NULL,
    tweaks bytea NOT NULL,
    created_ts bigint NOT NULL,
    PRIMARY KEY (pusher_id, position)
);
