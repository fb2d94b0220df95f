-- The public identity keys of a device, as it signed them, without unsigned.
CREATE TABLE device_keys (
    user_id text NOT NULL,
    device_id text NOT NULL,
    keys bytea NOT NULL,
    PRIMARY KEY (user_id, device_id)
);

-- One-time keys. ordinal is the order of arrival within the device. A claimed key is kept for a
-- while, so that a repeated upload does not bring it back.
CREATE TABLE one_time_keys (
    user_id text NOT NULL,
    device_id text NOT NULL,
    algorithm text NOT NULL,
    key_id text NOT NULL,
    ordinal bigint NOT NULL,
    claimed boolean NOT NULL,
    key bytea NOT NULL,
    PRIMARY KEY (user_id, device_id, algorithm, key_id)
);
CREATE INDEX one_time_keys_unclaimed ON one_time_keys (user_id, device_id, algorithm, ordinal)
    WHERE claimed = false;
CREATE INDEX one_time_keys_by_arrival ON one_time_keys (user_id, device_id, ordinal);

-- The key of each algorithm that is given out when no one-time key is left.
CREATE TABLE fallback_keys (
    user_id text NOT NULL,
    device_id text NOT NULL,
    algorithm text NOT NULL,
    key_id text NOT NULL,
    used boolean NOT NULL,
    key bytea NOT NULL,
    PRIMARY KEY (user_id, device_id, algorithm)
);

-- usage is master, self_signing or user_signing.
CREATE TABLE cross_signing_keys (
    user_id text NOT NULL,
    usage text NOT NULL,
    key bytea NOT NULL,
    PRIMARY KEY (user_id, usage)
);

-- Signatures added to a key after it was uploaded. target_id is a device ID or a master key;
-- signer_key is a key identifier with its algorithm.
CREATE TABLE key_signatures (
    target_user text NOT NULL,
    target_id text NOT NULL,
    signer_user text NOT NULL,
    signer_key text NOT NULL,
    signature text NOT NULL,
    PRIMARY KEY (target_user, target_id, signer_user, signer_key)
);
CREATE INDEX key_signatures_by_signer ON key_signatures (signer_user, signer_key);

-- Whose keys changed when, for ever. seen_by is empty where the change is for all, else the one
-- user to whom it shows.
CREATE TABLE device_list_changes (
    position bigint NOT NULL,
    user_id text NOT NULL,
    seen_by text NOT NULL,
    PRIMARY KEY (seen_by, position, user_id)
);

-- Messages that wait for a device; at most one for each device at a position.
CREATE TABLE to_device (
    user_id text NOT NULL,
    device_id text NOT NULL,
    position bigint NOT NULL,
    sender text NOT NULL,
    type text NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (user_id, device_id, position)
);

-- What a device has sent lately, so that a repeated request sends nothing.
CREATE TABLE to_device_transactions (
    user_id text NOT NULL,
    device_id text NOT NULL,
    type text NOT NULL,
    transaction_id text NOT NULL,
    sent_at bigint NOT NULL,
    PRIMARY KEY (user_id, device_id, type, transaction_id)
);
CREATE INDEX to_device_transactions_by_age ON to_device_transactions (sent_at);

-- Versions of the backup of room keys; a deleted one keeps its row, so that its number stays spent.
-- etag counts the changes, key_count the keys.
CREATE TABLE key_backups (
    user_id text NOT NULL,
    version bigint NOT NULL,
    algorithm text NOT NULL,
    auth_data bytea NOT NULL,
    etag bigint NOT NULL,
    key_count bigint NOT NULL,
    deleted boolean NOT NULL,
    PRIMARY KEY (user_id, version)
);

-- The backed-up room keys. session_data is encrypted for the user.
CREATE TABLE backed_up_keys (
    user_id text NOT NULL,
    version bigint NOT NULL,
    room_id text NOT NULL,
    session_id text NOT NULL,
    first_message_index bigint NOT NULL,
    forwarded_count bigint NOT NULL,
    is_verified boolean NOT NULL,
    session_data bytea NOT NULL,
    PRIMARY KEY (user_id, version, room_id, session_id)
);
