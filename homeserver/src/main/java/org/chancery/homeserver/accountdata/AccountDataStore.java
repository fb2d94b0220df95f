package org.chancery.homeserver.accountdata;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// The durable account data.
public interface AccountDataStore {
    void put(Tx tx, UserId user, AccountDatum datum);

    Optional<JsonObject> get(Tx tx, UserId user, Optional<RoomId> room, String type);

    /// How many values the user has.
    long count(Tx tx, UserId user);

    Optional<JsonObject> get(UserId user, Optional<RoomId> room, String type);

    /// What was last written within `(after, upTo]`, in that order.
    List<AccountDatum> changed(UserId user, long after, long upTo);

    /// What one value is called.
    record Name(Optional<RoomId> room, String type) {}

    /// Deletes all account data of the user.
    ///
    /// @return what there was
    List<Name> deleteAll(Tx tx, UserId user);
}
