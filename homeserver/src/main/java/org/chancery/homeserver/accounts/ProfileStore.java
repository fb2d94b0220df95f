package org.chancery.homeserver.accounts;

import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// The table of the local users' profiles. A profile is one JSON object.
public interface ProfileStore {

    /// Empty where nothing was ever set.
    Optional<JsonObject> find(UserId user);

    /// As [#find(UserId)], but sees what earlier changes of the open transaction did.
    Optional<JsonObject> find(Tx tx, UserId user);

    void put(Tx tx, UserId user, JsonObject profile);

    void delete(Tx tx, UserId user);
}
