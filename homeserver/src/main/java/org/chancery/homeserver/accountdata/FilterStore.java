package org.chancery.homeserver.accountdata;

import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// The durable filters.
public interface FilterStore {
    /// Writes a filter, unless it is there.
    void put(Tx tx, UserId user, String id, JsonObject definition);

    /// How many filters the user has.
    long count(Tx tx, UserId user);

    Optional<JsonObject> get(UserId user, String id);

    /// Deletes all filters of the user.
    void deleteAll(Tx tx, UserId user);
}
