package org.chancery.homeserver.accounts;

import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;

/// The table of links by which users set new passwords, by the hashes of their tokens.
public interface PasswordResetStore {

    /// Whose password the token may set.
    Optional<UserId> find(Tx tx, String tokenHash, long nowTs);

    /// As [#find(Tx, String, long)], of committed data.
    Optional<UserId> find(String tokenHash, long nowTs);

    /// Keeps a token; the user's older ones end.
    void replace(Tx tx, String tokenHash, UserId user, UserId createdBy, long expiresTs);

    /// Ends every token of the user.
    void deleteAll(Tx tx, UserId user);
}
