package org.chancery.adapters.jdbc.people;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.chancery.adapters.jdbc.Backfill;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.accounts.UserIndex;
import org.chancery.protocol.id.UserId;

/// Table `user_words`, read. The longest word leads through the index, the others are looked up for
/// each user that it finds; so the work is bounded by the users who have that word, not by all.
public final class JdbcUserIndex implements UserIndex {
    private static final int BACKFILL_PORTION = 500;

    private final Queries queries;

    public JdbcUserIndex(Database database) {
        this.queries = database.queries();
        Backfill.run(database, "user_words", JdbcUserIndex::indexNames);
    }

    private static Optional<String> indexNames(JdbcTx tx, String after) {
        List<String> portion =
                tx.query(
                        "SELECT user_id FROM accounts WHERE user_id > ? ORDER BY user_id LIMIT ?",
                        row -> row.getString(1),
                        after,
                        BACKFILL_PORTION);
        portion.forEach(user -> UserWords.update(tx, UserId.parse(user)));
        return portion.isEmpty() ? Optional.empty() : Optional.of(portion.getLast());
    }

    @Override
    public List<UserId> find(List<String> words, int after, int limit) {
        List<String> longestFirst = new ArrayList<>(words);
        longestFirst.sort(Comparator.comparingInt(String::length).reversed());
        StringBuilder sql =
                new StringBuilder(
                        """
                        SELECT min(w.word) AS first, w.user_id FROM user_words w
                        WHERE w.word >= ? AND w.word < ?\
                        """);
        List<Object> arguments = new ArrayList<>();
        addRange(arguments, longestFirst.getFirst());
        for (String word : longestFirst.subList(1, longestFirst.size())) {
            sql.append(
                    """
                     AND EXISTS (
                        SELECT 1 FROM user_words o
                        WHERE o.user_id = w.user_id AND o.word >= ? AND o.word < ?)\
                    """);
            addRange(arguments, word);
        }
        sql.append(" GROUP BY w.user_id ORDER BY first, w.user_id LIMIT ? OFFSET ?");
        arguments.add(limit);
        arguments.add(after);
        return queries.query(
                sql.toString(), row -> UserId.parse(row.getString(2)), arguments.toArray());
    }

    private static void addRange(List<Object> arguments, String prefix) {
        arguments.add(prefix);
        arguments.add(behind(prefix));
    }

    /// The first text behind all that begin so, in the order of code points.
    private static String behind(String prefix) {
        int last = prefix.codePointBefore(prefix.length());
        int next = last + 1;
        if (next == Character.MIN_SURROGATE) {
            next = Character.MAX_SURROGATE + 1; // No text holds half of a pair.
        }
        return prefix.substring(0, prefix.length() - Character.charCount(last))
                + Character.toString(next);
    }
}
