package org.chancery.homeserver.accounts;

import java.util.List;
import org.chancery.protocol.id.UserId;

/// The words in the names of this server's users: of the localpart and the display name of each
/// account that was not given up. The stores of accounts and profiles keep it, in the transaction
/// of
/// what they write; so nobody is found by a name that he has laid down.
public interface UserIndex {

    /// Users of whom each word is the beginning of a word. Those of whom it is a whole word come
    /// first.
    ///
    /// @param words as [NameWords] makes them, at least one
    /// @param after how many to leave out
    List<UserId> find(List<String> words, int after, int limit);
}
