-- What data of an earlier version lack of a derived table, and how far it has come; done when they
-- are first opened.
CREATE TABLE backfills (
    name text PRIMARY KEY,
    after text NOT NULL
);
INSERT INTO backfills (name, after) SELECT 'event_relations', '0' FROM positions WHERE last > 0;
INSERT INTO backfills (name, after)
    SELECT 'user_words', '' WHERE EXISTS (SELECT 1 FROM accounts);
