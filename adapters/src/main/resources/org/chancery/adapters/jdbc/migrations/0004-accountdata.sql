-- The last value of each type of account data. room_id is empty for what belongs to no room.
CREATE TABLE account_data (
    user_id text NOT NULL,
    room_id text NOT NULL,
    type text NOT NULL,
    position bigint NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (user_id, room_id, type)
);
CREATE INDEX account_data_by_position ON account_data (user_id, position);

-- Filters that clients stored; the identifier is made of the content and never changes meaning.
CREATE TABLE filters (
    user_id text NOT NULL,
    filter_id text NOT NULL,
    definition bytea NOT NULL,
    PRIMARY KEY (user_id, filter_id)
);
