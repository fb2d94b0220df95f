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
