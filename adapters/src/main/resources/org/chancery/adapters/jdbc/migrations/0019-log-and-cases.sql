-- Leaves of the server's log, in the order in which they were noted: what waits, and where the rest is.
CREATE TABLE log_leaves (
    number bigint PRIMARY KEY,
    hash bytea NOT NULL UNIQUE,
    leaf bytea, -- while it waits; afterwards the log has it
    leaf_index bigint UNIQUE -- in the log; null while it waits
);
CREATE INDEX log_leaves_waiting ON log_leaves (number) WHERE leaf_index IS NULL;

-- The last checkpoint of each neighbour's log that this server has cosigned.
CREATE TABLE cosigned_logs (
    origin text PRIMARY KEY,
    size bigint NOT NULL,
    checkpoint bytea NOT NULL
);

-- Cases: why records shall be opened, who asks and who approves.
CREATE TABLE cases (
    id text PRIMARY KEY,
    number bigint NOT NULL UNIQUE,
    state text NOT NULL, -- drafted, requested, approved or refused
    entry bytea NOT NULL, -- canonical JSON, with the signatures that it has
    changed_ts bigint NOT NULL,
    refusal text,
    prepared boolean NOT NULL, -- the devices that it concerns are out of use
    notice_ts bigint NOT NULL, -- when its rooms are to be told
    noticed_ts bigint -- when all of them were
);
CREATE INDEX cases_unnoticed ON cases (notice_ts) WHERE state = 'approved' AND noticed_ts IS NULL;

CREATE TABLE case_rooms (
    room_id text NOT NULL,
    case_id text NOT NULL,
    told_ts bigint, -- when the room was told
    PRIMARY KEY (room_id, case_id)
);
CREATE INDEX case_rooms_of_case ON case_rooms (case_id);

-- What custodians reported of a stock after its ceremony.
CREATE TABLE stock_reports (
    digest text PRIMARY KEY,
    stock text NOT NULL,
    made_ts bigint NOT NULL,
    report bytea NOT NULL -- the entry of the log, canonical JSON
);
CREATE INDEX stock_reports_of_stock ON stock_reports (stock, made_ts);
