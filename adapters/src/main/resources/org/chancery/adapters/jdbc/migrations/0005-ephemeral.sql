-- How far a user has read: the last receipt of each type and thread. thread is empty where the
-- receipt is for the whole room. event_ordinal is the place of the event in its room.
CREATE TABLE receipts (
    room bigint NOT NULL,
    user_id text NOT NULL,
    type text NOT NULL,
    thread text NOT NULL,
    event_id text NOT NULL,
    event_ordinal bigint NOT NULL,
    ts bigint NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (room, user_id, type, thread)
);
CREATE INDEX receipts_by_position ON receipts (room, position);
