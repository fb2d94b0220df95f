-- Accounts of this server. A row stays when the account is given up: its user id is never given
-- out again. departing: given up, but still in rooms.
CREATE TABLE accounts (
    user_id text PRIMARY KEY,
    created_ts bigint NOT NULL,
    password_hash text,
    admin boolean NOT NULL,
    locked boolean NOT NULL,
    suspended boolean NOT NULL,
    deactivated boolean NOT NULL,
    erased boolean NOT NULL,
    departing boolean NOT NULL
);
CREATE INDEX accounts_departing ON accounts (user_id) WHERE departing;
CREATE INDEX accounts_admin ON accounts (user_id) WHERE admin;

-- Registration tokens, by the hash of the token. id is a short name that says nothing of it.
CREATE TABLE invitations (
    token_hash text PRIMARY KEY,
    id text NOT NULL UNIQUE,
    created_by text,
    created_ts bigint NOT NULL,
    uses_allowed bigint,
    uses bigint NOT NULL,
    expires_ts bigint,
    makes_admin boolean NOT NULL
);

-- Links by which a user sets a new password, by the hash of their token.
CREATE TABLE password_resets (
    token_hash text PRIMARY KEY,
    user_id text NOT NULL,
    created_by text NOT NULL,
    expires_ts bigint NOT NULL
);
CREATE INDEX password_resets_by_user ON password_resets (user_id);

-- Profiles. fields is a JSON object of what is neither display name nor avatar.
CREATE TABLE profiles (
    user_id text PRIMARY KEY,
    displayname text,
    avatar_url text,
    fields bytea NOT NULL
);

CREATE TABLE devices (
    user_id text NOT NULL,
    device_id text NOT NULL,
    display_name text,
    created_ts bigint NOT NULL,
    last_seen_ts bigint,
    last_seen_ip text,
    PRIMARY KEY (user_id, device_id)
);

-- Access tokens by their hash. One with a refresh token is of a pair, named by refresh_hash.
CREATE TABLE access_tokens (
    token_hash text PRIMARY KEY,
    user_id text NOT NULL,
    device_id text NOT NULL,
    expires_ts bigint,
    refresh_hash text
);
CREATE INDEX access_tokens_by_device ON access_tokens (user_id, device_id);

-- Refresh tokens by their hash. replaces is the one before, until the new pair is first used; then
-- the one before is spent, and kept to know a thief by.
CREATE TABLE refresh_tokens (
    token_hash text PRIMARY KEY,
    user_id text NOT NULL,
    device_id text NOT NULL,
    expires_ts bigint NOT NULL,
    replaces text,
    spent_ts bigint
);
CREATE INDEX refresh_tokens_by_device ON refresh_tokens (user_id, device_id);
CREATE INDEX refresh_tokens_by_replaced ON refresh_tokens (replaces) WHERE replaces IS NOT NULL;
