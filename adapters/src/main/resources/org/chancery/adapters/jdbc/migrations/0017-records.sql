-- Rooms of which the archive keeps something. room is the room's number in every table; closing
-- is set when the room's last event was seen and its leaf is due.
CREATE TABLE record_archives (
    room {position_key},
    room_id text NOT NULL UNIQUE,
    version text NOT NULL,
    opened_ts bigint NOT NULL,
    closing boolean NOT NULL
);

-- The pieces of the archive, each sealed under its own key. id is the position in the one sequence
-- times 2^20, and which one it is of those at that position. kind is 0 for signed events, 1 for
-- messages to the archive's devices, 2 for changes of members' keys. A piece that was disposed of has
-- no key, and a clear JSON object in place of its body.
CREATE TABLE record_pieces (
    id {position_key},
    room bigint NOT NULL,
    kind bigint NOT NULL,
    at_ts bigint NOT NULL,
    body bytea NOT NULL
);
CREATE INDEX record_pieces_by_room ON record_pieces (room, kind, id);

-- The wrap keys, apart from what they open: backups of this table are kept for a short time only.
CREATE TABLE record_keys (
    id {position_key},
    wrap bytea NOT NULL
);

-- What events said that lost their content before the archive had read them, for that moment only.
CREATE TABLE record_originals (
    position {position_key},
    json bytea NOT NULL
);

-- From whom something came for the archive's devices, and when: an Olm message, or that a key is
-- withheld. session_id and code tell which and why; no session stands for all of that device.
CREATE TABLE record_letters (
    id {position_key},
    room bigint NOT NULL,
    sender text NOT NULL,
    sender_device text NOT NULL,
    device_id text NOT NULL,
    at_ts bigint NOT NULL,
    withheld boolean NOT NULL,
    session_id text,
    code text
);
CREATE INDEX record_letters_by_sender
    ON record_letters (room, sender, sender_device, withheld, id);

-- The leaves of each room as they were noted for the log, and how far each reaches.
CREATE TABLE record_leaves (
    room bigint NOT NULL,
    number bigint NOT NULL,
    events_upto bigint NOT NULL,
    inbox_upto bigint NOT NULL,
    ends bytea NOT NULL,
    leaf bytea NOT NULL,
    PRIMARY KEY (room, number)
);

-- Megolm sessions and from which number on the archive is presumed to have their key: covered is
-- null where it is not, olm the message that brought it. first is the piece that began it. told
-- says that the sender was told of a gap.
CREATE TABLE record_sessions (
    room bigint NOT NULL,
    sender text NOT NULL,
    session_id text NOT NULL,
    sender_device text NOT NULL,
    first bigint NOT NULL,
    first_index bigint NOT NULL,
    first_ts bigint NOT NULL,
    covered bigint,
    olm bigint NOT NULL,
    told boolean NOT NULL,
    PRIMARY KEY (room, sender, session_id)
);
CREATE INDEX record_sessions_by_first ON record_sessions (room, first);
CREATE INDEX record_sessions_by_device ON record_sessions (room, sender, sender_device, olm);
CREATE INDEX record_sessions_untold ON record_sessions (first)
    WHERE told = false AND (covered IS NULL OR covered > first_index);

-- The digest of the keys of a member that the archive of a room has noted last; of is a device's id,
-- or empty for the user's cross-signing keys.
CREATE TABLE record_member_keys (
    room bigint NOT NULL,
    user_id text NOT NULL,
    key_of text NOT NULL,
    digest text NOT NULL,
    PRIMARY KEY (room, user_id, key_of)
);

-- Files that are, or may be, attachments of a room: linked by a client to the event at that
-- position, or inferred from it.
CREATE TABLE record_blobs (
    room bigint NOT NULL,
    media_id text NOT NULL,
    ordinal bigint NOT NULL,
    blob text NOT NULL,
    length bigint NOT NULL,
    event bigint NOT NULL,
    linked boolean NOT NULL,
    PRIMARY KEY (room, media_id)
);
CREATE INDEX record_blobs_by_ordinal ON record_blobs (room, ordinal);
CREATE INDEX media_by_time ON media (created_ts);
