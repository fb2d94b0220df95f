-- What the custodians made in stock for record rooms: public keys and containers, nothing that opens.
CREATE TABLE stocks (
    stock text PRIMARY KEY,
    made_ts bigint NOT NULL,
    entry bytea NOT NULL, -- the entry of the log, canonical JSON
    state text NOT NULL -- arriving, whole, sound or unsound
);

CREATE TABLE stock_identities (
    stock text NOT NULL,
    number bigint NOT NULL,
    user_id text NOT NULL UNIQUE,
    for_rooms boolean NOT NULL, -- else for rehearsals
    opened boolean NOT NULL, -- in the tenth, and discarded
    entry text NOT NULL, -- the digest of its entry of the log
    identity bytea NOT NULL, -- canonical JSON
    room_id text UNIQUE, -- bound to it, once and for good
    bound_ts bigint,
    PRIMARY KEY (stock, number)
);
