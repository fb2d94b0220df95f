package org.chancery.homeserver.accounts;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;

/// The table of registration tokens.
public interface InvitationStore {

    Optional<Invitation> find(String tokenHash);

    Optional<Invitation> find(Tx tx, String tokenHash);

    /// Invitations in the order of their ids, after `after` (the empty text: from the first),
    /// without the one for the first administrator.
    List<Invitation> page(String after, int limit);

    /// How many invitations are kept, valid or not.
    long count(Tx tx);

    /// How many of them can still be used.
    long countValid(Tx tx, long nowTs);

    void insert(Tx tx, String tokenHash, Invitation invitation);

    /// Counts one more use.
    void used(Tx tx, String tokenHash);

    /// @return whether there was one
    boolean delete(Tx tx, String id);

    /// Takes back every token that would make an administrator.
    void deleteAdminMaking(Tx tx);

    /// Takes away what can no longer be used.
    void deleteInvalid(Tx tx, long nowTs);
}
