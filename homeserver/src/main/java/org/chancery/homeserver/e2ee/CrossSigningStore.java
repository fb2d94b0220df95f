package org.chancery.homeserver.e2ee;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.KeyId;

/// The durable cross-signing keys, and the signatures by which users and devices vouch for keys.
public interface CrossSigningStore {
    Map<CrossSigningUsage, JsonObject> keys(Tx tx, UserId user);

    /// The keys of these users; a user without any is left out.
    Map<UserId, Map<CrossSigningUsage, JsonObject>> keys(Collection<UserId> users);

    void putKey(Tx tx, UserId user, CrossSigningUsage usage, JsonObject key);

    void deleteKey(Tx tx, UserId user, CrossSigningUsage usage);

    /// Adds a signature, in place of one by the same key.
    ///
    /// @return whether it was not there yet
    boolean putSignature(Tx tx, KeySignature signature);

    void deleteSignaturesOn(Tx tx, UserId target, String targetId);

    void deleteSignaturesBy(Tx tx, UserId signer, KeyId key);

    /// Deletes the keys of the user, and the signatures on them and by them.
    void deleteAll(Tx tx, UserId user);

    /// The signatures on keys of these users that `viewer` may see: each user's own, and the
    /// viewer's.
    List<KeySignature> signatures(Collection<UserId> targets, UserId viewer);
}
