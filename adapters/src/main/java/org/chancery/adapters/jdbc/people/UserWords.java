package org.chancery.adapters.jdbc.people;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.chancery.adapters.jdbc.Columns;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.homeserver.accounts.NameWords;
import org.chancery.protocol.id.UserId;

/// Writes table `user_words`. Whoever changes an account or a profile calls it in the same
/// transaction.
final class UserWords {
    private UserWords() {}

    private record Named(boolean active, Optional<String> displayName) {}

    /// Brings the words of a user to what account and profile now say.
    static void update(JdbcTx tx, UserId user) {
        String id = user.toString();
        Optional<Named> named =
                tx.one(
                        """
                        SELECT a.deactivated, p.displayname FROM accounts a
                        LEFT JOIN profiles p ON p.user_id = a.user_id WHERE a.user_id = ?
                        """,
                        row ->
                                new Named(
                                        !row.getBoolean(1),
                                        Optional.ofNullable(Columns.text(row, "displayname"))),
                        id);
        tx.run("DELETE FROM user_words WHERE user_id = ?", id);
        if (named.isEmpty() || !named.get().active) {
            return;
        }
        Set<String> words = new LinkedHashSet<>(NameWords.of(user.localpart()));
        named.get().displayName.ifPresent(name -> words.addAll(NameWords.of(name)));
        for (String word : words) {
            tx.run("INSERT INTO user_words (word, user_id) VALUES (?, ?)", word, id);
        }
    }
}
