-- How far each follower of the log has come. Moved in the transaction that writes what it derived.
CREATE TABLE followers (
    name text PRIMARY KEY,
    position bigint NOT NULL
);

-- The state of all rooms is followed in the order of positions.
CREATE INDEX state_changes_by_position ON state_changes (position);

-- How many are joined to each room, by its number; kept by the follower of that name.
CREATE TABLE member_counts (
    room {position_key},
    joined bigint NOT NULL
);
