package org.chancery.homeserver.accounts;

import java.util.Optional;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Profiles of users of other servers (server-server API, "Querying for information").
@FunctionalInterface
public interface RemoteProfiles {

    /// For a server without federation.
    RemoteProfiles NONE = (_, _) -> Optional.empty();

    /// Asks the user's server.
    ///
    /// @param field the one field wanted; empty for all
    Optional<JsonObject> query(UserId user, Optional<String> field);
}
