-- The one sequence of durable changes. Its row is the last thing a batch locks in spirit and the
-- first in time: positions are commit-ordered and free of gaps.
CREATE TABLE positions (
    id bigint NOT NULL,
    last bigint NOT NULL
);
INSERT INTO positions (id, last) VALUES (1, 0);

-- What the server is, fixed at the first start: its name, its keys' identifiers.
CREATE TABLE server_facts (
    name text PRIMARY KEY,
    value text NOT NULL
);

-- number is the position of the first event known of the room.
CREATE TABLE rooms (
    number {position_key},
    room_id text NOT NULL UNIQUE,
    version text NOT NULL
);

-- An event, once. event_key is the 32-byte reference hash (room versions 1 and 2: the id's bytes);
-- key_hash is its start, or a hash of it, as an index of 64-bit numbers is a third of the size.
-- ordinal orders a room for reading: position * 2^20 for what arrives at the present, so that up
-- to a million events of late-found history fit between any two.
-- flags: 1 outlier, 2 rejected, 4 soft-failed, 8 partial state, 16 history behind the present.
-- state_before is the snapshot before the event. json is the client format without unsigned,
-- envelope what it takes to rebuild the signed PDU byte for byte.
CREATE TABLE events (
    position {position_key},
    room bigint NOT NULL,
    ordinal bigint NOT NULL,
    event_key bytea NOT NULL,
    key_hash bigint NOT NULL,
    flags bigint NOT NULL,
    state_before bigint,
    redacted_by bigint,
    txn text,
    json bytea NOT NULL,
    envelope bytea NOT NULL
);
CREATE INDEX events_by_key ON events (key_hash);
CREATE UNIQUE INDEX events_by_room ON events (room, ordinal);

-- The transactions of the latest sends, by a hash of their name: written in order and looked up in
-- memory, as an index would cost each event a page of its own.
CREATE TABLE sent_transactions (
    position {position_key},
    hash bigint NOT NULL
);

-- Forward extremities, only of rooms where they are not simply the latest event.
CREATE TABLE forward_extremities (
    room bigint NOT NULL,
    event_position bigint NOT NULL,
    PRIMARY KEY (room, event_position)
);

-- State as differences: a snapshot is its parent with its entries laid over. A full copy (parent
-- null) is written when the chain has grown as long as the state, so that a change costs a bounded
-- number of bytes whatever the size of the room.
CREATE TABLE state_snapshots (
    snapshot {position_key},
    room bigint NOT NULL,
    parent bigint,
    chain_length bigint NOT NULL
);
CREATE INDEX state_snapshots_by_room ON state_snapshots (room, snapshot);
CREATE TABLE state_entries (
    snapshot bigint NOT NULL,
    type text NOT NULL,
    state_key text NOT NULL,
    event_position bigint NOT NULL,
    PRIMARY KEY (snapshot, type, state_key)
);

-- The state now. membership is filled for m.room.member.
CREATE TABLE current_state (
    room bigint NOT NULL,
    type text NOT NULL,
    state_key text NOT NULL,
    event_position bigint NOT NULL,
    membership text,
    PRIMARY KEY (room, type, state_key)
);
CREATE INDEX current_state_by_user ON current_state (state_key, room)
    WHERE type = 'm.room.member';

-- Every change of the current state, for ever: what /sync calls state_after is a range of this.
-- event_position is null where resolution took the entry away.
CREATE TABLE state_changes (
    room bigint NOT NULL,
    position bigint NOT NULL,
    type text NOT NULL,
    state_key text NOT NULL,
    event_position bigint,
    replaced_position bigint,
    membership text,
    PRIMARY KEY (room, position, type, state_key)
);
CREATE INDEX state_changes_by_key ON state_changes (room, type, state_key, position);
CREATE INDEX state_changes_by_user ON state_changes (state_key, position)
    WHERE type = 'm.room.member';

-- Rooms that a user has asked to forget; a later join takes the row away.
CREATE TABLE forgotten_rooms (
    user_id text NOT NULL,
    room bigint NOT NULL,
    PRIMARY KEY (user_id, room)
);

-- The auth-chain index: each state event has a place in a chain; a chain's later events reach its
-- earlier ones, and a link says what else a place reaches.
CREATE TABLE auth_chains (
    event_position {position_key},
    chain bigint NOT NULL,
    sequence bigint NOT NULL
);
CREATE UNIQUE INDEX auth_chains_by_chain ON auth_chains (chain, sequence);
CREATE TABLE auth_chain_links (
    chain bigint NOT NULL,
    sequence bigint NOT NULL,
    target_chain bigint NOT NULL,
    target_sequence bigint NOT NULL,
    PRIMARY KEY (chain, sequence, target_chain)
);
