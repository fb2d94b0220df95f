-- Which cases name somebody as requester or approver: what they are shown of all cases.
CREATE TABLE case_officers (
    user_id text NOT NULL,
    number bigint NOT NULL, -- of the case
    PRIMARY KEY (user_id, number)
);
INSERT INTO backfills (name, after) SELECT 'case_officers', '0' WHERE EXISTS (SELECT 1 FROM cases);

-- Whether somebody has said to which room a file belongs; asked for each that is inferred.
CREATE INDEX record_blobs_by_media ON record_blobs (media_id);
