-- What people reported: a room, an event of a room with its sender, or a user.
CREATE TABLE reports (
    number {position_key},
    ts bigint NOT NULL,
    reporter text NOT NULL,
    room_id text,
    event_id text,
    user_id text,
    reason text NOT NULL
);
