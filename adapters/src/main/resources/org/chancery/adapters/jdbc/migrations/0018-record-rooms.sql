-- Rooms whose talk is kept as a record, sealed, and the identity of the stock that each has.
CREATE TABLE record_rooms (
    room_id text PRIMARY KEY,
    class text NOT NULL,
    archive_user text NOT NULL UNIQUE,
    stock text NOT NULL,
    number bigint NOT NULL,
    ends text NOT NULL, -- the last quarter for which the identity has a device
    asker text NOT NULL,
    made_ts bigint NOT NULL,
    replaces text -- a room that is still to be closed, as this one has taken its place
);
CREATE INDEX record_rooms_closing ON record_rooms (room_id) WHERE replaces IS NOT NULL;

-- The devices of archive users that were published, each for one term; of each user one is now.
CREATE TABLE archive_devices (
    archive_user text NOT NULL,
    device_id text NOT NULL,
    slot text NOT NULL, -- what it was made for: a quarter, or a spare
    period text NOT NULL, -- the quarter for which it was published
    cause text NOT NULL, -- making, period, opening or exposure
    position bigint NOT NULL,
    from_ts bigint NOT NULL,
    until_ts bigint,
    PRIMARY KEY (archive_user, device_id)
);
CREATE UNIQUE INDEX archive_devices_published ON archive_devices (archive_user)
    WHERE until_ts IS NULL;
