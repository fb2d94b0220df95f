-- The words in localpart and display name of each account that was not given up, without case and
-- accents, in the order of code points. Kept in the transactions that change account or profile.
CREATE TABLE user_words (
    word text {bytewise} NOT NULL,
    user_id text NOT NULL,
    PRIMARY KEY (word, user_id)
);
CREATE INDEX user_words_by_user ON user_words (user_id, word);
