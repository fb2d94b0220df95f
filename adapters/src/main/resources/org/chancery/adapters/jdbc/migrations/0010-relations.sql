-- Which events relate to which: position is the child, parent the key_hash of the event that it
-- names, which may not be known here yet. ordinal, type, sender and ts are the child's; annotation
-- is the key of an m.annotation. Written with the child, gone with its redaction.
CREATE TABLE event_relations (
    position {position_key},
    room bigint NOT NULL,
    parent bigint NOT NULL,
    rel_type text NOT NULL,
    ordinal bigint NOT NULL,
    type text NOT NULL,
    sender text NOT NULL,
    ts bigint NOT NULL,
    annotation text
);
CREATE INDEX event_relations_by_parent
    ON event_relations (room, parent, rel_type, ordinal, sender);

-- The threads of a room, each by its root's key_hash; latest is the position of its last event.
CREATE TABLE threads (
    room bigint NOT NULL,
    root bigint NOT NULL,
    latest bigint NOT NULL,
    PRIMARY KEY (room, root)
);
CREATE INDEX threads_by_latest ON threads (room, latest);
